import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LetterContent, SecurityClass } from '../../../src/main/core/contract/letters.ts';
import { sql, unlockVault, type Vault } from '../../../src/main/core/vault/index.ts';
import { keysByRecovery } from '../../../src/main/core/vault/unlock.ts';
import {
  archiveOffice,
  fileOf,
  importRetention,
  upToMinutes,
  type ArchiveOffice,
} from '../../fixtures/archive.ts';
import { pdfWith } from '../../fixtures/attachments.ts';
import { letterContent, removeFolder, signingPassphrase, testCost } from '../../fixtures/engine.ts';
import { be } from '../../fixtures/people.ts';

/** In the letters' words, their attachments, remarks, dispositions and addressees; of the sealed one in its subject too. */
const word = 'kataperkara';
const kept = 'Hal yang tetap dicatat';

let office: ArchiveOffice;
beforeEach(async () => {
  office = await archiveOffice();
}, 60_000);
afterEach(async () => {
  await office.app.close();
  removeFolder(office.app.dataDir);
});

const content = (security: SecurityClass, to: string, subject: string): LetterContent => ({
  ...letterContent(subject, to),
  security,
  recipients: [
    { accountId: to, name: `Kepala ${word}`, place: `Kota ${word}` },
    { accountId: null, name: `Camat ${word}`, place: word },
  ],
  body: [{ type: 'paragraph', content: [{ type: 'text', text: `Isi ${word}, panjang dan lebar.` }] }],
});

const options = () => ({ folder: join(office.app.dataDir, 'vault'), cost: testCost, now: office.clock.now });

async function beside<T>(work: (vault: Vault) => T): Promise<T> {
  const { app, archivist } = office;
  await app.ask('vault.seal', {});
  const { vault, accountKey } = await unlockVault(
    options(),
    archivist.accountId,
    archivist.accountPassphrase,
  );
  try {
    return work(vault);
  } finally {
    accountKey.privateKey.fill(0);
    vault.close();
  }
}

const textOf = (row: object): string =>
  Object.values(row)
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
    .join('\n');

/** Every row of every table as text. */
function dump(vault: Vault): string {
  return vault.read
    .all<{ name: string }>(sql`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .flatMap(({ name }) => vault.read.all<object>({ text: `SELECT * FROM "${name}"`, values: [] }))
    .map(textOf)
    .join('\n');
}

const objectFiles = (): string[] => {
  const folder = join(office.app.dataDir, 'vault', 'objects');
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
};

/** With an attachment, a version kept on the way, and a remark. */
async function signedLetter(security: SecurityClass, subject: string): Promise<string> {
  const { app, head, panel } = office;
  await be(app, head);
  const draft = await app.draft({
    ...content(security, panel[1].accountId, subject),
    review: { hierarchy: [panel[1].accountId], coordination: [] },
  });
  const { id } = draft;
  const bytes = await pdfWith([word]);
  await app.ask('attachments.add', { id, name: `${word}.pdf`, bytes, signedAnyway: false });
  let { revision } = await app.ask('letters.get', { id });
  await app.ask('versions.keep', { id, revision, note: `Catatan ${word}` });
  ({ revision } = await app.ask('letters.get', { id }));
  await app.ask('letters.submit', { id, revision });
  await be(app, panel[1]);
  await app.ask('letters.return', { id, remark: `Perbaiki ${word}`, mark: null });
  await be(app, head);
  ({ revision } = await app.ask('letters.get', { id }));
  await app.ask('letters.submit', { id, revision });
  await be(app, panel[1]);
  await app.ask('letters.approve', { id, revision });
  await be(app, head);
  ({ revision } = await app.ask('letters.get', { id }));
  await app.ask('letters.sign', { id, revision, signingPassphrase });
  return id;
}

/** What colleagues write on it: put in as rows. */
function disposed(vault: Vault, letterId: string, sealed: boolean): void {
  const account = office.head.accountId;
  const words = sealed ? sql`NULL, ${Buffer.from(word)}` : sql`${word}, NULL`;
  vault.write((db) => {
    db.run(sql`INSERT INTO disposition (id, letter_id, giver_id, given_by, instructions, given_at, note, sealed_note)
      VALUES (${`d-${letterId}`}, ${letterId}, ${account}, ${account}, ${`["${word}"]`}, 'now', ${words})`);
    db.run(sql`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id, place,
        lead, state, given_at)
      VALUES (${`t-${letterId}`}, ${`d-${letterId}`}, ${letterId}, 1, 'biasa', ${account}, ${account}, 0, 1, 'working', 'now')`);
    db.run(sql`INSERT INTO disposition_entry (id, task_id, letter_id, kind, account_id, at, words, sealed_words)
      VALUES (${`e-${letterId}`}, ${`t-${letterId}`}, ${letterId}, 'report', ${account}, 'now', ${words})`);
    db.run(sql`INSERT INTO disposition_subtask (id, task_id, letter_id, place, words, sealed_words)
      VALUES (${`s-${letterId}`}, ${`t-${letterId}`}, ${letterId}, 0, ${words})`);
  });
}

describe('destroying a file', () => {
  it('leaves the record of its letters and not a word of them: no row, no object, no page, no log', async () => {
    const { app, clock, head, panel, archivist } = office;
    const open = await signedLetter('biasa', kept);
    const closed = await signedLetter('rahasia', `Hal ${word}`);
    await beside((vault) => {
      disposed(vault, open, false);
      disposed(vault, closed, true);
    });
    await importRetention(office);
    const file = await fileOf(office, '000.8.3', 'Naskah dinas 2020');
    await app.ask('archive.fileLetter', { id: open, fileId: file.id });
    // Sealed to others: whoever reads it puts it where it belongs.
    expect(await app.refused('archive.fileLetter', { id: closed, fileId: file.id })).toBe('NOT_FOUND');
    await be(app, head);
    await app.ask('archive.fileLetter', { id: closed, fileId: file.id });
    await be(app, archivist);
    const shown = await app.ask('archive.close', { id: file.id, date: '2020-03-02' });
    expect(shown).toMatchObject({ phase: 'active', inactiveFrom: '2022-03-02', dueFrom: '2025-03-02' });
    expect(shown.items.map((one) => [one.subject, one.opens])).toEqual([
      [kept, true],
      [null, false],
    ]);
    expect(JSON.stringify(shown)).not.toContain(word);

    clock.now = new Date('2025-06-03T03:00:00Z');
    const proposal = await upToMinutes(office, [file.id]);
    const before = objectFiles();
    const [dataKey] = await keysByRecovery(options(), office.recoveryKey);
    if (!dataKey) throw new Error('no key');
    const { rawPages } = await import('../../fixtures/raw-pages.ts');
    // The words are there before, so that not finding them afterwards says something.
    const pages = rawPages(app.dataDir, dataKey);
    expect(Buffer.concat([pages.database, pages.log]).includes(word)).toBe(true);
    await be(app, head);
    const { sha256 } = await app.ask('letters.get', { id: open });

    const wrong = { id: proposal.id, accountPassphrase: 'bukan sandi saya' };
    expect(await app.refused('archive.execute', wrong)).toBe('PASSPHRASE_WRONG');
    await app.ask('archive.execute', { id: proposal.id, accountPassphrase: head.accountPassphrase });

    // While the vault is open: freed pages and the log.
    const after = rawPages(app.dataDir, dataKey);
    expect(after.database.includes(kept)).toBe(true);
    expect(after.database.includes(word)).toBe(false);
    expect(after.log.includes(word)).toBe(false);
    // Two letters; each attachment's object went when it was signed.
    expect(objectFiles().length).toBe(before.length - 2);
    expect(objectFiles().every((path) => existsSync(path) && before.includes(path))).toBe(true);

    // The record.
    const record = await app.ask('letters.get', { id: open });
    expect(record).toMatchObject({
      subject: kept,
      number: '000.8.3/1/SETDA/2020',
      date: '2020-03-02',
      sha256,
      signature: null,
      may: [],
      destroyed: {
        minutesNumber: 'BA/1/2026',
        minutesDate: '2025-06-03',
        code: '000.8.3',
        file: 'Naskah dinas 2020',
        unit: 'SETDA',
      },
    });
    expect(record.content.body).toEqual([]);
    expect(JSON.stringify(record)).not.toContain(word);
    for (const who of [head, panel[1]]) {
      await be(app, who);
      expect(await app.ask('letters.get', { id: closed })).toMatchObject({
        subject: '',
        security: 'rahasia',
        destroyed: { code: '000.8.3' },
      });
      for (const folder of ['incoming', 'outgoing', 'notFollowedUp'] as const)
        await app.ask('letters.list', { folder });
      await app.ask('notices.list', {});
      expect(await app.ask('letters.readers', { id: closed })).toEqual([]);
      for (const id of [open, closed]) {
        expect(await app.refused('letters.document', { id })).toBe('LETTER_DESTROYED');
        expect(await app.refused('letters.verify', { id })).toBe('LETTER_DESTROYED');
        expect((await app.engine.app.signedPdf(id, 'test')).ok).toBe(false);
      }
    }
    await be(app, head);
    expect(await app.refused('letters.succeed', { id: open, kind: 'replaces' })).toBe('LETTER_DESTROYED');
    const waiting = await app.ask('home.counters', {});
    expect([waiting.notSent, waiting.dispositionsOpen, waiting.given]).toEqual([0, 0, 0]);
    expect((await app.ask('people.beforeRevoking', { accountId: panel[1].accountId })).onlyReaderOf).toBe(0);
    const found = await app.ask('statement.findLetter', {
      number: record.number ?? '',
      date: record.date ?? '',
      digest: '0'.repeat(64),
    });
    expect(found.letter).toMatchObject({ id: open, sameContent: false });
    expect(
      await app.refused('archive.execute', { ...wrong, accountPassphrase: head.accountPassphrase }),
    ).toBe('PROPOSAL_STATE');
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.filter((line) => line.action === 'letter.destroyed')).toHaveLength(2);
    expect((await app.ask('audit.check', {})).brokenLink).toBeNull();
    expect((await app.ask('vault.check', {})).whole).toBe(true);

    const rows = await beside(dump);
    expect(rows).toContain(kept);
    expect(rows).not.toContain(word);
  }, 120_000);

  it('leaves a letter that another file still keeps, and takes it with the last one', async () => {
    const { app, clock, head, archivist } = office;
    const letter = await signedLetter('biasa', kept);
    await importRetention(office);
    const mine = await fileOf(office, '000.8.3', 'Milik SETDA');
    const theirs = await fileOf(office, '000.8.4', 'Milik DINKES', 'DINKES');
    for (const file of [mine, theirs]) {
      await app.ask('archive.fileLetter', { id: letter, fileId: file.id });
      await app.ask('archive.close', { id: file.id, date: '2020-03-02' });
    }
    clock.now = new Date('2025-06-03T03:00:00Z');
    const first = await upToMinutes(office, [mine.id]);
    expect(first.list[0]?.items[0]?.alsoIn).toEqual([{ title: 'Milik DINKES', unit: 'DINKES' }]);
    await be(app, head);
    await app.ask('archive.execute', { id: first.id, accountPassphrase: head.accountPassphrase });
    expect((await app.ask('letters.document', { id: letter })).pdf.length).toBeGreaterThan(1000);

    clock.now = new Date('2030-06-03T03:00:00Z');
    await be(app, archivist);
    const anri = { number: 'B-PK/1', date: '2030-05-01' };
    const { id } = await upToMinutes(office, [theirs.id], anri);
    await be(app, head);
    await app.ask('archive.execute', { id, accountPassphrase: head.accountPassphrase });
    expect(await app.refused('letters.document', { id: letter })).toBe('LETTER_DESTROYED');
  }, 120_000);
});
