import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/main/core/vault/index.ts';
import { openSlot } from '../../../src/main/core/vault/slots.ts';
import { isCurrentSlot } from '../../../src/main/core/vault/header.ts';
import { accountPassphrase, letterContent, signingPassphrase, type TestApp } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, initialPassphrase, invite, type TestPerson } from '../../fixtures/people.ts';

/** Ways round the locks that a reading by others found, each closed. */
let app: TestApp;
let head: TestPerson;
let clerk: TestPerson;

officeForEachTest('2026-11-23T03:00:00Z', async (office) => {
  ({ app, head } = office);
  clerk = await invite(app, 'juru', ['drafter', 'signer']);
});

const headerPath = (): string => join(app.dataDir, 'vault', 'vault.json');

describe('the administrator who made an account', () => {
  it('holds no key of it once it is activated, not even in an old header', async () => {
    const old = readHeader(join(app.dataDir, 'vault'));
    const slot = old?.accounts.find((one) => one.accountId === clerk.accountId);
    if (!old || !slot || !isCurrentSlot(slot)) throw new Error('no slot');
    const before = await openSlot(old.id, slot, initialPassphrase);
    await activate(app, clerk);
    const now = readHeader(join(app.dataDir, 'vault'))?.accounts.find(
      (one) => one.accountId === clerk.accountId,
    );
    if (!now || !isCurrentSlot(now)) throw new Error('no slot');
    expect(before?.publicKey.toString('base64')).toBe(slot.publicKey);
    expect(now.publicKey).not.toBe(slot.publicKey);
  });

  it('gets no key back under a passphrase that the administrator has set', async () => {
    await activate(app, clerk);
    await be(app, head);
    await app.ask('people.resetPassphrase', {
      accountId: clerk.accountId,
      initialPassphrase: 'diatur administrator',
    });
    await app.ask('vault.unlock', { accountId: clerk.accountId, passphrase: 'diatur administrator' });
    const restore = {
      accountPassphrase: 'diatur administrator',
      nextPassphrase: 'diatur administrator',
      signingPassphrase: clerk.signingPassphrase,
    };
    expect(await app.refused('account.restoreKey', restore)).toBe('PASSPHRASE_NOT_NEW');
    // Ordinary drafts go on meanwhile.
    const draft = await app.draft(letterContent('Biasa saja'));
    const sealed = { ...letterContent('Rahasia'), security: 'rahasia' } as const;
    const save = { id: draft.id, revision: draft.revision, content: sealed };
    expect(await app.refused('letters.saveDraft', save)).toBe('LETTER_SEALED');
  });
});

describe('a passphrase', () => {
  it('is not guessed by asking whether it equals another one', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const input = { current: accountPassphrase, next: `tebakan nomor ${n} yang panjang` };
      const result = await app.engine.app.call('account.changePassphrase', input);
      codes.push(result.ok ? 'ok' : result.error.code);
      if (result.ok)
        await app.ask('vault.seal', {}).then(() => be(app, { ...head, accountPassphrase: input.next }));
    }
    expect(codes).toContain('TOO_MANY_ATTEMPTS');
    const asked = { current: 'bukan sandi tanda tangan', next: accountPassphrase };
    expect(await app.refused('account.changeSigningPassphrase', asked)).not.toBe('PASSPHRASES_EQUAL');
  });

  it('is not guessed by asking many times at once', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const guesses = Array.from({ length: 12 }, (_, n) =>
      app.engine.app.call('audit.export', { signingPassphrase: `tebakan ke-${n}` }),
    );
    const codes = (await Promise.all(guesses)).map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS').length).toBeGreaterThanOrEqual(8);
  });
});

describe('a right that has ended', () => {
  it('leaves no notice behind, and the sequence of changes names no letter', async () => {
    await activate(app, clerk);
    await be(app, head);
    await app.ask('identity.createTest', { signingPassphrase });
    const draft = await app.draft(letterContent('Dibagikan sebentar', head.accountId));
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
    await app.ask('letters.grant', { id: draft.id, accountId: clerk.accountId });
    await be(app, clerk);
    expect(await app.ask('notices.list', {})).toMatchObject([{ subject: 'Dibagikan sebentar' }]);
    await be(app, head);
    await app.ask('letters.withdraw', { id: draft.id, accountId: clerk.accountId });
    await be(app, clerk);
    expect(await app.ask('notices.list', {})).toEqual([]);
    const { entities } = await app.ask('changes.since', { seq: 0 });
    expect(entities).toContain('letter');
    expect(JSON.stringify(entities)).not.toContain(draft.id);
  });
});

describe('a lock that comes while a passphrase is tried', () => {
  it('leaves no wiped key behind', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const exporting = app.engine.app.call('audit.export', { signingPassphrase });
    await app.ask('vault.lock', {});
    await exporting;
    await be(app, head);
    const draft = await app.draft({ ...letterContent('Rahasia'), security: 'rahasia' });
    await app.ask('vault.seal', {});
    await be(app, head);
    expect(await app.ask('letters.get', { id: draft.id })).toMatchObject({ subject: 'Rahasia' });
  });
});

describe('a note about a restore that nobody vouches for', () => {
  it('puts no act in anybody’s name', async () => {
    await app.ask('vault.seal', {});
    const { id } = JSON.parse(readFileSync(headerPath(), 'utf8')) as { id: string };
    writeFileSync(
      join(app.dataDir, 'restored.json'),
      JSON.stringify({ vaultId: id, madeAt: '2026-11-01T00:00:00.000Z', by: clerk.accountId }),
    );
    await be(app, head);
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.find((line) => line.action === 'vault.restored')).toMatchObject({ actor: '' });
  });
});
