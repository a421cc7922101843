import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecurityClass, TypesetLetter } from '../../../src/main/core/contract/letters.ts';
import type { StatementCheck } from '../../../src/main/core/contract/statement.ts';
import { letterDigest } from '../../../src/main/core/statement/index.ts';
import { makeCard, newStatementKey, readCard, writeCard } from '../../../src/main/core/statement/index.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import { openKeyring } from '../../../src/main/core/letters/index.ts';
import {
  accountPassphrase,
  letterContent,
  letterhead,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { join } from 'node:path';

/** The office's word about its letters: made when they are frozen, checked by those who know the office. */
const described = {
  name: letterhead.office,
  certifiedBy: null,
  certified: false,
  trusted: true,
  retired: [],
  lookalike: false,
};
let app: TestApp;
let me: string;
beforeEach(async () => {
  app = testApp();
  me = (await app.firstRun()).session.accountId;
  await app.ask('identity.createTest', { signingPassphrase });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function signed(security: SecurityClass = 'biasa'): Promise<string> {
  const draft = await app.draft({ ...letterContent('Undangan rapat'), security });
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

/** What lies in the vault after the application is closed. */
async function frozen(id: string): Promise<TypesetLetter> {
  await app.close();
  const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
  const { vault, accountKey } = await unlockVault(options, me, accountPassphrase);
  try {
    const row = vault.read.get<{ frozen: string | null; sealed: Uint8Array | null }>(
      sql`SELECT frozen, sealed_frozen AS sealed FROM letter WHERE id = ${id}`,
    );
    if (row?.sealed) return openKeyring(vault.read, me, accountKey).frozen(id, row.sealed);
    return JSON.parse(row?.frozen ?? 'null') as TypesetLetter;
  } finally {
    vault.close();
  }
}

async function checked(page: TypesetLetter): Promise<StatementCheck> {
  app = testApp({ dataDir: app.dataDir });
  await app.ask('vault.unlock', { accountId: me, passphrase: accountPassphrase });
  return app.ask('statement.check', { text: page.statement ?? '' });
}

describe('a signed letter', () => {
  it('carries the statement of its office, over the words that were frozen', async () => {
    const page = await frozen(await signed());
    expect(await checked(page)).toEqual({
      outcome: 'genuine',
      office: letterhead.office,
      facts: {
        number: page.number,
        date: page.date,
        sender: letterhead.office,
        signer: page.signer.name,
        subject: 'Undangan rapat',
        digest: letterDigest(page).toString('hex'),
      },
      warnings: [],
    });
  });

  it('of a sealed class does not tell its subject', async () => {
    const page = await frozen(await signed('rahasia'));
    expect(await checked(page)).toMatchObject({ outcome: 'genuine', facts: { subject: null } });
  });

  it('has the one key of the office, whose making the log tells once', async () => {
    await signed();
    await signed();
    const { fingerprint } = await app.ask('statement.card', {});
    const { lines } = await app.ask('audit.list', { before: null });
    const made = lines.filter((one) => one.action === 'statement.key-made');
    expect(made).toHaveLength(1);
    expect(JSON.stringify(made)).toContain(fingerprint);
    expect(await app.ask('statement.offices', {})).toEqual([
      { ...described, fingerprint, own: true, addedAt: null },
    ]);
  });
});

describe('another office', () => {
  const foreign = makeCard('Dinas Pendidikan', newStatementKey(), []);

  it('is known once its fingerprint was confirmed, and no longer when it was removed', async () => {
    const { card, fingerprint } = await app.ask('statement.card', {});
    expect(readCard(card).name).toBe(letterhead.office);
    const other = { card: writeCard(foreign), fingerprint };
    expect(await app.refused('statement.addOffice', other)).toBe('OFFICE_FINGERPRINT_DIFFERS');
    const unread = { card: Buffer.from('{}'), fingerprint };
    expect(await app.refused('statement.addOffice', unread)).toBe('OFFICE_CARD_UNREADABLE');

    const spaced = fingerprint.toUpperCase().replaceAll(/(..)/g, '$1:').slice(0, -1);
    const known = await app.ask('statement.addOffice', { card, fingerprint: spaced });
    expect(known.filter((one) => !one.own)).toEqual([
      { ...described, fingerprint, own: false, addedAt: expect.any(String) },
    ]);
    const left = await app.ask('statement.removeOffice', { fingerprint });
    expect(left.map((one) => one.own)).toEqual([true]);
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.map((one) => one.action)).toEqual(
      expect.arrayContaining(['statement.office-added', 'statement.office-removed']),
    );
  });

  it('is not what a text out of nowhere comes from', async () => {
    expect(await app.refused('statement.check', { text: 'https://contoh.test' })).toBe(
      'STATEMENT_UNREADABLE',
    );
  });
});
