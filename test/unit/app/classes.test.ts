import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LetterContent, SecurityClass } from '../../../src/main/core/contract/letters.ts';
import { keysByRecovery } from '../../../src/main/core/vault/unlock.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, initialPassphrase, invite, type TestPerson } from '../../fixtures/people.ts';

/** Words that must be nowhere for whoever is not entitled. */
const secret = 'Pemeriksaan khusus Dinas Rahasia';
const secretWord = 'sangatrahasiasekali';

let app: TestApp;
let head: TestPerson;
let receiver: TestPerson;
let other: TestPerson;
let recoveryKey: string;

const content = (security: SecurityClass, to: string): LetterContent => ({
  ...letterContent(secret, to),
  security,
  recipients: [{ accountId: to, name: `Kepala ${secretWord}`, place: 'Sukadana' }],
  body: [{ type: 'paragraph', content: [{ type: 'text', text: `Isi ${secretWord}.` }] }],
});

beforeEach(async () => {
  app = testApp();
  const first = await app.firstRun();
  recoveryKey = first.recoveryKey;
  head = { accountId: first.session.accountId, accountPassphrase, signingPassphrase };
  receiver = await invite(app, 'penerima', ['drafter', 'signer']);
  other = await invite(app, 'lain', ['administrator', 'registrar', 'archivist', 'reviewer']);
  await activate(app, receiver);
  await activate(app, other);
  await be(app, head);
  await app.ask('identity.createTest', { signingPassphrase });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function signed(security: SecurityClass): Promise<string> {
  const draft = await app.draft(content(security, receiver.accountId));
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

describe.each(['terbatas', 'rahasia', 'sangat-rahasia'] as const)('a letter of class %s', (security) => {
  it('is there for its author and its receiver, and for nobody else, whatever their roles', async () => {
    const id = await signed(security);
    expect(await app.ask('letters.get', { id })).toMatchObject({ subject: secret, security, mine: true });
    expect(await app.ask('letters.list', { folder: 'outgoing' })).toMatchObject([{ id, subject: secret }]);
    await be(app, receiver);
    expect(await app.ask('letters.list', { folder: 'incoming' })).toMatchObject([
      { id, subject: secret, unread: true, security },
    ]);
    expect((await app.ask('letters.get', { id })).deliveries).toMatchObject([
      { name: `Kepala ${secretWord}` },
    ]);
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(1);
    expect(await app.ask('notices.list', {})).toMatchObject([{ subject: secret, security }]);
    expect((await app.ask('letters.document', { id })).pdf.length).toBeGreaterThan(1000);
    expect((await app.ask('letters.verify', { id })).signatures).toHaveLength(1);

    await be(app, other);
    for (const folder of ['incoming', 'outgoing', 'unit', 'drafts'] as const)
      expect(await app.ask('letters.list', { folder })).toEqual([]);
    expect(await app.refused('letters.get', { id })).toBe('NOT_FOUND');
    expect(await app.refused('letters.document', { id })).toBe('NOT_FOUND');
    expect(await app.refused('letters.readers', { id })).toBe('NOT_FOUND');
    const printed = await app.engine.app.signedPdf(id, 'test');
    expect(printed).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(JSON.stringify(await app.ask('notices.list', {}))).not.toContain(secret);
    expect(JSON.stringify(await app.ask('audit.list', { before: null }))).not.toContain(secret);
  });

  it('cannot be read with the data key, the recovery key and another administrator’s account key', async () => {
    const id = await signed(security);
    await app.ask('vault.seal', {});
    const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
    expect(await keysByRecovery(options, recoveryKey)).not.toEqual([]);
    const { vault, accountKey } = await unlockVault(options, other.accountId, other.accountPassphrase);
    try {
      const tables = vault.read.all<{ name: string }>(
        sql`SELECT name FROM sqlite_schema WHERE type = 'table'`,
      );
      for (const { name } of tables) {
        const rows = vault.read.all<Record<string, unknown>>({ text: `SELECT * FROM "${name}"`, values: [] });
        const text = rows
          .flatMap((row) => Object.values(row))
          .map((value) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
          )
          .join('\n');
        expect(text, name).not.toContain(secret);
        expect(text, name).not.toContain(secretWord);
      }
      const { openKeyring } = await import('../../../src/main/core/letters/index.ts');
      expect(openKeyring(vault.read, other.accountId, accountKey).letterKey(id)).toBeNull();
      // The receiver's row, with the wrong person's key.
      expect(openKeyring(vault.read, receiver.accountId, accountKey).letterKey(id)).toBeNull();
      const row = vault.read.get<{ object_id: string }>(sql`SELECT object_id FROM letter WHERE id = ${id}`);
      expect(() => vault.getObject(row?.object_id ?? '')).toThrow();
    } finally {
      vault.close();
    }
  });

  it('opens for whom its author lets in, and closes again with a new key', async () => {
    const id = await signed(security);
    const readers = await app.ask('letters.grant', { id, accountId: other.accountId });
    expect(readers.map((one) => one.how).toSorted()).toEqual(['author', 'grant', 'receiver']);
    await be(app, other);
    expect(await app.ask('letters.get', { id })).toMatchObject({ subject: secret, mine: false });
    expect((await app.ask('letters.document', { id })).pdf.length).toBeGreaterThan(1000);
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(1);
    await be(app, receiver);
    expect(await app.refused('letters.grant', { id, accountId: other.accountId })).toBe('NOT_FOUND');
    await be(app, head);
    await app.ask('letters.withdraw', { id, accountId: other.accountId });
    expect(await app.refused('letters.withdraw', { id, accountId: head.accountId })).toBe('READER_IS_PARTY');
    await be(app, other);
    expect(await app.refused('letters.get', { id })).toBe('NOT_FOUND');
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(0);
    await be(app, receiver);
    expect(await app.ask('letters.get', { id })).toMatchObject({ subject: secret });
    expect((await app.ask('letters.document', { id })).pdf.length).toBeGreaterThan(1000);
  });
});

describe('a draft', () => {
  it('is sealed as soon as its class says so, and open again when it says otherwise', async () => {
    const made = await app.draft({ ...content('biasa', receiver.accountId) });
    const save = async (revision: number, security: SecurityClass): Promise<number> =>
      (
        await app.ask('letters.saveDraft', {
          id: made.id,
          revision,
          content: content(security, receiver.accountId),
        })
      ).revision;
    let revision = await save(made.revision, 'rahasia');
    revision = await save(revision, 'terbatas');
    expect(await app.ask('letters.get', { id: made.id })).toMatchObject({
      subject: secret,
      security: 'terbatas',
      content: { security: 'terbatas' },
    });
    expect((await app.ask('letters.preview', { id: made.id })).pages).toBe(1);
    await be(app, other);
    expect(await app.refused('letters.get', { id: made.id })).toBe('NOT_FOUND');
    await be(app, head);
    await save(revision, 'biasa');
    expect(await app.ask('letters.get', { id: made.id })).toMatchObject({
      security: 'biasa',
      subject: secret,
    });
  });

  it('to somebody who has no key yet is refused before a number is taken', async () => {
    const late = await invite(app, 'baru', ['drafter']);
    const draft = await app.draft(content('rahasia', late.accountId));
    const sign = { id: draft.id, revision: draft.revision, signingPassphrase };
    expect(await app.refused('letters.sign', sign)).toBe('READER_NOT_READY');
    expect(await app.ask('letters.get', { id: draft.id })).toMatchObject({ state: 'draft', number: null });
  });
});

describe('a forgotten account passphrase', () => {
  it('costs no sealed letter: the signing passphrase brings the key back', async () => {
    const id = await signed('rahasia');
    await be(app, other);
    await app.ask('people.resetPassphrase', { accountId: receiver.accountId, initialPassphrase });
    expect(
      await app.refused('vault.unlock', {
        accountId: receiver.accountId,
        passphrase: receiver.accountPassphrase,
      }),
    ).toBe('PASSPHRASE_WRONG');
    const session = await app.ask('vault.unlock', {
      accountId: receiver.accountId,
      passphrase: initialPassphrase,
    });
    expect(session.mustRestoreKey).toBe(true);
    expect(await app.refused('letters.get', { id })).toBe('LETTER_SEALED');
    expect((await app.ask('letters.list', { folder: 'incoming' }))[0]?.subject).toBe('');
    const nextPassphrase = 'sandi baru milik penerima';
    const restore = {
      accountPassphrase: initialPassphrase,
      nextPassphrase,
      signingPassphrase: receiver.signingPassphrase,
    };
    // The administrator knows the one of now.
    expect(await app.refused('account.restoreKey', { ...restore, nextPassphrase: initialPassphrase })).toBe(
      'PASSPHRASE_NOT_NEW',
    );
    expect(await app.refused('account.restoreKey', { ...restore, signingPassphrase: 'bukan sandinya' })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    expect(await app.ask('account.restoreKey', restore)).toMatchObject({ mustRestoreKey: false });
    expect(await app.ask('letters.get', { id })).toMatchObject({ subject: secret });
    await app.ask('vault.seal', {});
    await be(app, { accountId: receiver.accountId, accountPassphrase: nextPassphrase });
    expect(await app.ask('letters.get', { id })).toMatchObject({ subject: secret });
  });
});

describe('a revoked account', () => {
  it('does not open any more, and what it alone could read is counted before', async () => {
    const id = await signed('rahasia');
    expect(await app.ask('people.beforeRevoking', { accountId: receiver.accountId })).toEqual({
      onlyReaderOf: 0,
      awaited: 0,
      tasks: 0,
      unsettled: 1,
    });
    const revoke = { accountId: receiver.accountId, accountPassphrase };
    expect(await app.refused('people.revoke', { ...revoke, accountPassphrase: 'bukan sandinya' })).toBe(
      'PASSPHRASE_WRONG',
    );
    expect(await app.ask('people.revoke', revoke)).toMatchObject({ revoked: true });
    expect(await app.ask('letters.get', { id })).toMatchObject({ subject: secret });
    expect((await app.ask('app.status', {})).accounts).toHaveLength(2);
    expect(
      await app.refused('vault.unlock', {
        accountId: receiver.accountId,
        passphrase: receiver.accountPassphrase,
      }),
    ).toBe('PASSPHRASE_WRONG');
    await be(app, other);
    expect(await app.ask('people.beforeRevoking', { accountId: head.accountId })).toEqual({
      onlyReaderOf: 1,
      awaited: 0,
      tasks: 0,
      unsettled: 0,
    });
    await app.ask('vault.seal', {});
    await be(app, head);
    expect((await app.ask('letters.document', { id })).pdf.length).toBeGreaterThan(1000);
    expect(await app.ask('vault.check', {})).toMatchObject({ whole: true });
  });
});
