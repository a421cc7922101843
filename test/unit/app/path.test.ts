import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstBrokenLink } from '../../../src/main/core/audit/index.ts';
import { unlockVault } from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  administrator,
  colleague,
  letterContent,
  letterhead,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

let app: TestApp;
const initialPassphrase = 'sandi awal sekali';
const colleaguePassphrases = {
  accountPassphrase: 'sandi kolega panjang',
  signingPassphrase: 'tanda tangan kolega',
};

beforeEach(() => {
  app = testApp();
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const roles = ['drafter', 'signer'] as const;

async function addColleague(): Promise<string> {
  return (await app.ask('people.add', { person: colleague, roles, initialPassphrase })).accountId;
}

async function activateColleague(accountId: string): Promise<void> {
  await app.ask('vault.unlock', { accountId, passphrase: initialPassphrase });
  const { policyVersion } = await app.ask('app.status', {});
  await app.ask('people.activate', { policyVersion, language: 'id', ...colleaguePassphrases });
}

/** Everything under the data folder, as bytes by relative name. */
function filesOf(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files.set(name, readFileSync(path));
  }
  return files;
}

describe('first run', () => {
  it('stores nothing until the policy is acknowledged and the vault made', async () => {
    await app.ask('app.status', {});
    await app.ask('policy.read', { language: 'id' });
    await app.ask('app.setLanguage', { language: 'en' });
    expect(filesOf(app.dataDir).size).toBe(0);
  });

  it('refuses another policy version, short or equal passphrases, and leaves no vault behind', async () => {
    const { policyVersion } = await app.ask('app.status', {});
    const input = {
      language: 'id',
      policyVersion,
      person: administrator,
      letterhead,
      accountPassphrase,
      signingPassphrase,
    } as const;
    expect(await app.refused('vault.create', { ...input, policyVersion: '1999-01-01' })).toBe(
      'POLICY_NOT_ACKNOWLEDGED',
    );
    expect(await app.refused('vault.create', { ...input, accountPassphrase: 'pendek' })).toBe(
      'PASSPHRASE_WEAK',
    );
    expect(await app.refused('vault.create', { ...input, signingPassphrase: 'pendek' })).toBe(
      'PASSPHRASE_WEAK',
    );
    expect(await app.refused('vault.create', { ...input, signingPassphrase: accountPassphrase })).toBe(
      'PASSPHRASES_EQUAL',
    );
    expect((await app.ask('app.status', {})).vault).toBe('none');
    expect(filesOf(app.dataDir).size).toBe(0);
  });

  it('keeps the acknowledgement with version, language, time and person', async () => {
    const { session } = await app.firstRun();
    await app.ask('vault.seal', {});
    const { vault } = await unlockVault(
      { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() },
      session.accountId,
      accountPassphrase,
    );
    const { sql } = await import('../../../src/main/core/vault/index.ts');
    const row = vault.read.get<Record<string, string>>(sql`SELECT * FROM policy_acknowledgement`);
    expect(row).toMatchObject({
      account_id: session.accountId,
      version: (await app.ask('app.status', {})).policyVersion,
      language: 'id',
    });
    expect(Date.parse(row?.['acknowledged_at'] ?? '')).toBeGreaterThan(Date.now() - 60_000);
    vault.close();
  });

  it('answers a wrong passphrase with a code and opens with the right one after a restart', async () => {
    const { session } = await app.firstRun();
    await app.close();
    app = testApp({ dataDir: app.dataDir });
    expect(await app.ask('app.status', {})).toMatchObject({ vault: 'locked', session: null, language: 'id' });
    expect(
      await app.refused('vault.unlock', { accountId: session.accountId, passphrase: 'salah sama sekali' }),
    ).toBe('PASSPHRASE_WRONG');
    expect(await app.refused('letters.list', { folder: 'drafts' })).toBe('VAULT_LOCKED');
    expect(
      await app.ask('vault.unlock', { accountId: session.accountId, passphrase: accountPassphrase }),
    ).toMatchObject({ roles: ['administrator', 'drafter', 'signer'] });
  });
});

describe('a letter', () => {
  it('goes from draft to signed, kept, verified', async () => {
    await app.firstRun();
    const identity = await app.ask('identity.createTest', { signingPassphrase });
    const draft = await app.draft(letterContent('Laporan bulanan'));
    const signed = await app.ask('letters.sign', {
      id: draft.id,
      revision: draft.revision,
      signingPassphrase,
    });
    expect(signed.number).toMatch(/^000\.8\.3\/1\/SETDA\/\d{4}$/);
    const untrusted = await app.ask('letters.verify', { id: draft.id });
    expect(untrusted).toMatchObject({
      conclusion: 'INDETERMINATE',
      signatures: [{ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND', integrity: true, level: 'B-B' }],
    });
    await app.ask('trust.addOwn', { identityId: identity.id });
    expect(await app.ask('letters.verify', { id: draft.id })).toMatchObject({
      conclusion: 'TOTAL-PASSED',
      signatures: [{ psre: false, changesAfter: 'none' }],
    });
    const detail = await app.ask('letters.get', { id: draft.id });
    expect(detail).toMatchObject({
      state: 'signed',
      number: signed.number,
      date: signed.date,
      sha256: signed.sha256,
    });
    expect(detail.signedAt).not.toBeNull();
    expect(
      await app.refused('letters.saveDraft', {
        id: draft.id,
        revision: draft.revision,
        content: letterContent('lain'),
      }),
    ).toBe('LETTER_NOT_EDITABLE');
    expect(
      await app.refused('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase }),
    ).toBe('LETTER_NOT_EDITABLE');
  });

  it('is refused before a number is taken: unfinished, changed elsewhere, wrong passphrase, no identity', async () => {
    await app.firstRun();
    const draft = await app.draft(letterContent('Uji'));
    const sign = { id: draft.id, revision: draft.revision, signingPassphrase };
    expect(await app.refused('letters.sign', sign)).toBe('IDENTITY_MISSING');
    await app.ask('identity.createTest', { signingPassphrase });
    expect(await app.refused('letters.sign', { ...sign, signingPassphrase: accountPassphrase })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    expect(await app.refused('letters.sign', { ...sign, revision: 1 })).toBe('LETTER_CHANGED_ELSEWHERE');
    const empty = await app.draft({ ...letterContent(''), body: [] });
    expect(
      await app.refused('letters.sign', { id: empty.id, revision: empty.revision, signingPassphrase }),
    ).toBe('LETTER_INCOMPLETE');
    const glyph = await app.draft(letterContent('Rapat 😀'));
    expect((await app.ask('letters.preview', { id: glyph.id })).problems).toMatchObject([
      { code: 'GLYPH_MISSING' },
    ]);
    expect(
      await app.refused('letters.sign', { id: glyph.id, revision: glyph.revision, signingPassphrase }),
    ).toBe('GLYPH_MISSING');
    expect((await app.ask('letters.get', { id: glyph.id })).state).toBe('draft');
    expect((await app.ask('letters.sign', sign)).number).toContain('/1/');
  });

  it('is announced once, only in its addressee’s session, and its counter falls when it is read', async () => {
    const { session } = await app.firstRun();
    await app.ask('identity.createTest', { signingPassphrase });
    const receiver = await addColleague();
    const content = letterContent('Undangan rapat', receiver);
    const copy = { accountId: session.accountId, name: 'Arsip', place: '' };
    const draft = await app.draft({ ...content, copies: [copy] });
    expect(
      (await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase }))
        .delivered,
    ).toBe(1);
    const announced = () => app.events.flatMap((event) => (event.type === 'announce' ? event.notices : []));
    await app.ask('vault.lock', {});
    await app.ask('vault.unlock', { accountId: session.accountId, passphrase: accountPassphrase });
    expect(announced()).toEqual([]);

    await activateColleague(receiver);
    expect(announced()).toMatchObject([
      { kind: 'letter-arrived', subject: 'Undangan rapat', letterId: draft.id },
    ]);
    expect(await app.ask('home.counters', {})).toMatchObject({ incomingUnread: 1, copiesUnread: 0 });
    expect(app.events.findLast((event) => event.type === 'waiting')).toEqual({ type: 'waiting', count: 1 });
    await app.ask('vault.lock', {});
    await app.ask('vault.unlock', {
      accountId: receiver,
      passphrase: colleaguePassphrases.accountPassphrase,
    });
    expect(announced()).toHaveLength(1);

    expect(await app.ask('letters.list', { folder: 'incoming' })).toMatchObject([
      { id: draft.id, unread: true },
    ]);
    await app.ask('letters.markRead', { id: draft.id });
    expect(await app.ask('home.counters', {})).toMatchObject({ incomingUnread: 0 });
    expect((await app.ask('notices.list', {}))[0]?.readAt).not.toBeNull();
    // Read, and not followed up: it still waits.
    expect(app.events.findLast((event) => event.type === 'waiting')).toEqual({ type: 'waiting', count: 1 });
    const { deliveries } = await app.ask('letters.get', { id: draft.id });
    expect(deliveries[0]?.readAt).not.toBeNull();
  });

  it('is seen by nobody but its author and those it was delivered to', async () => {
    await app.firstRun();
    await app.ask('identity.createTest', { signingPassphrase });
    const mine = await app.draft(letterContent('Bukan untuk kolega'));
    await app.ask('letters.sign', { id: mine.id, revision: mine.revision, signingPassphrase });
    const other = await addColleague();
    await activateColleague(other);
    for (const folder of ['drafts', 'outgoing', 'incoming', 'discarded'] as const) {
      expect(await app.ask('letters.list', { folder })).toEqual([]);
    }
    for (const call of [
      'letters.get',
      'letters.document',
      'letters.verify',
      'letters.markRead',
      'letters.discard',
      'letters.preview',
    ] as const) {
      expect(await app.refused(call, { id: mine.id }), call).toBe('NOT_FOUND');
    }
    expect(await app.engine.app.signedPdf(mine.id, 'test')).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  it('leaves no plaintext anywhere under the data folder', async () => {
    await app.firstRun();
    await app.ask('identity.createTest', { signingPassphrase });
    const canary = 'KENARIRAHASIA7391';
    const content = letterContent(canary);
    const draft = await app.draft({
      ...content,
      body: [{ type: 'paragraph', content: [{ type: 'text', text: canary }] }],
    });
    await app.ask('letters.preview', { id: draft.id });
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
    await app.ask('letters.document', { id: draft.id });
    const secrets = [canary, accountPassphrase, signingPassphrase, 'Siti Rahmawati', 'Laporan', '%PDF'];
    for (const encoding of ['utf8', 'utf16le', 'base64'] as const) {
      for (const [name, bytes] of filesOf(app.dataDir)) {
        for (const secret of secrets) {
          const needle =
            encoding === 'base64'
              ? Buffer.from(
                  Buffer.from(secret)
                    .toString('base64')
                    .slice(0, 4 * Math.floor(secret.length / 3)),
                )
              : Buffer.from(secret, encoding);
          expect(bytes.includes(needle), `${secret} (${encoding}) in ${name}`).toBe(false);
        }
      }
    }
    expect([...filesOf(app.dataDir).keys()].some((name) => name.includes('objects/'))).toBe(true);
  });

  it('leaves a whole audit chain behind', async () => {
    const { session } = await app.firstRun();
    await app.ask('identity.createTest', { signingPassphrase });
    const draft = await app.draft(letterContent('Audit'));
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
    await app.ask('vault.seal', {});
    const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
    const { vault } = await unlockVault(options, session.accountId, accountPassphrase);
    const { sql } = await import('../../../src/main/core/vault/index.ts');
    const actions = vault.read
      .all<{ action: string }>(sql`SELECT action FROM audit ORDER BY seq`)
      .map((row) => row.action);
    expect(actions).toEqual([
      'vault.created',
      'policy.acknowledged',
      'identity.added',
      'statement.key-made',
      'letter.reserved',
      'letter.signed',
    ]);
    expect(firstBrokenLink(vault.read)).toBeNull();
    expect(() => vault.write((db) => db.run(sql`UPDATE audit SET actor_id = 'x' WHERE seq = 2`))).toThrow(
      'append-only',
    );
    vault.write((db) => db.run(sql`DROP TRIGGER audit_keeps_text`));
    vault.write((db) => db.run(sql`UPDATE audit SET entity_id = 'x' WHERE seq = 3`));
    expect(firstBrokenLink(vault.read)).toBe(3);
    vault.close();
  });
});

describe('people', () => {
  it('only an administrator adds them, and they must activate before anything else', async () => {
    await app.firstRun();
    const id = await addColleague();
    expect(await app.refused('people.add', { person: colleague, roles, initialPassphrase })).toBe(
      'USERNAME_TAKEN',
    );
    expect(
      await app.refused('people.add', {
        person: { ...colleague, username: 'x1' },
        roles: ['drafter', 'signer'],
        initialPassphrase: 'pendek',
      }),
    ).toBe('PASSPHRASE_WEAK');
    expect(await app.ask('vault.unlock', { accountId: id, passphrase: initialPassphrase })).toMatchObject({
      mustActivate: true,
    });
    expect(await app.refused('letters.list', { folder: 'drafts' })).toBe('ACTIVATION_NEEDED');
    await activateColleague(id);
    expect(
      await app.refused('people.add', { person: { ...colleague, username: 'x2' }, roles, initialPassphrase }),
    ).toBe('NOT_ALLOWED');
    expect(await app.refused('trust.remove', { fingerprint: 'a'.repeat(64) })).toBe('NOT_ALLOWED');
    await app.ask('vault.lock', {});
    expect(await app.refused('vault.unlock', { accountId: id, passphrase: initialPassphrase })).toBe(
      'PASSPHRASE_WRONG',
    );
    expect(
      await app.ask('vault.unlock', { accountId: id, passphrase: colleaguePassphrases.accountPassphrase }),
    ).toMatchObject({ mustActivate: false });
  });
});

describe('how people are printed', () => {
  it('is corrected by themselves or by an administrator, for letters to come', async () => {
    const { session } = await app.firstRun();
    const other = await addColleague();
    const { username: _username, ...official } = colleague;
    expect(
      await app.ask('people.save', { accountId: other, official: { ...official, name: 'Budi Santosa' } }),
    ).toMatchObject({ name: 'Budi Santosa', username: colleague.username });
    await activateColleague(other);
    expect(
      await app.ask('people.save', { accountId: other, official: { ...official, rank: 'Pembina' } }),
    ).toMatchObject({ rank: 'Pembina' });
    expect(await app.refused('people.save', { accountId: session.accountId, official })).toBe('NOT_ALLOWED');
  });
});

describe('drafts', () => {
  it('can be discarded and brought back, and refuse a save from an older revision', async () => {
    await app.firstRun();
    const draft = await app.draft(letterContent('Coba'));
    expect(
      await app.refused('letters.saveDraft', { id: draft.id, revision: 1, content: letterContent('tua') }),
    ).toBe('LETTER_CHANGED_ELSEWHERE');
    await app.ask('letters.discard', { id: draft.id });
    expect(await app.ask('letters.list', { folder: 'drafts' })).toEqual([]);
    await app.ask('letters.restore', { id: draft.id });
    expect(await app.ask('letters.get', { id: draft.id })).toMatchObject({
      state: 'draft',
      content: { subject: 'Coba' },
    });
  });
});
