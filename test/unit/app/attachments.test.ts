import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AttachmentList } from '../../../src/main/core/contract/attachments.ts';
import type { LetterContent, SecurityClass } from '../../../src/main/core/contract/letters.ts';
import { pages, parsePdf } from '../../../src/main/core/pdf/index.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import { startLocalEngine } from '../../../src/main/engine/local.ts';
import { landscape, pdfWith, picture } from '../../fixtures/attachments.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  resourcesDir,
  signingPassphrase,
  testApp,
  testCost,
  type TestApp,
} from '../../fixtures/engine.ts';
import { pdfaFindings } from '../../fixtures/pdfa.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

const secret = 'sangatrahasiasekali';

let app: TestApp;
let head: TestPerson;
let receiver: TestPerson;
let folders: string[];

/** A vault with two people, made once; each test works on a copy of its own. */
let prepared: string;
beforeAll(async () => {
  const first = testApp();
  prepared = first.dataDir;
  const { session } = await first.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
  receiver = await invite(first, 'penerima', ['drafter', 'signer']);
  await activate(first, receiver);
  await be(first, head);
  await first.ask('identity.createTest', { signingPassphrase });
  await first.close();
}, 60_000);
afterAll(() => removeFolder(prepared));

beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'eletter-test-'));
  cpSync(prepared, dataDir, { recursive: true });
  app = testApp({ dataDir });
  folders = [dataDir];
  await be(app, head);
}, 30_000);
afterEach(async () => {
  await app.close();
  for (const folder of folders) removeFolder(folder);
});

const content = (security: SecurityClass = 'biasa'): LetterContent => ({
  ...letterContent('Undangan rapat', receiver.accountId),
  security,
});
const list = (id: string): Promise<AttachmentList> => app.ask('attachments.list', { id });
const add = async (id: string, name: string, bytes: Uint8Array): Promise<AttachmentList> =>
  app.ask('attachments.add', { id, name, bytes, signedAnyway: false });
const titles = ({ items }: AttachmentList): string[] => items.map((one) => one.title);
const sign = (id: string, revision: number) => app.ask('letters.sign', { id, revision, signingPassphrase });
const pagesOf = async (id: string): Promise<number> => (await app.ask('letters.preview', { id })).pages;

async function draftWithTwo(security: SecurityClass = 'biasa'): Promise<{ id: string; revision: number }> {
  const { id, revision } = await app.draft(content(security));
  await add(id, 'Daftar_peserta.pdf', await pdfWith(['Peserta', 'Lanjutan'], landscape));
  await add(id, `Foto ${secret}.jpg`, await picture(300, 200, 'jpeg'));
  return { id, revision };
}

describe('attachments of a draft', () => {
  it('are listed in their order, renamed, moved and removed, and the page follows', async () => {
    const { id } = await app.draft(content());
    expect(await list(id)).toEqual({ items: [], size: 0, pages: 0, line: '' });
    const alone = await pagesOf(id);
    const first = await add(id, 'C:\\kantor\\Daftar_peserta.pdf', await pdfWith(['Peserta', 'Lanjutan']));
    expect(first).toMatchObject({
      pages: 2,
      line: '2 lembar',
      items: [{ title: 'C: kantor Daftar peserta', type: 'application/pdf', pages: 2, leftOut: [] }],
    });
    expect(await pagesOf(id)).toBe(alone + 2);
    const both = await add(id, 'Foto.jpg', await picture(300, 200, 'jpeg'));
    expect(both).toMatchObject({ pages: 3, line: '2 berkas' });
    expect(both.size).toBe(both.items.reduce((sum, one) => sum + one.size, 0));
    const [one, two] = both.items;
    if (!one || !two) throw new Error('not two');
    const moved = await app.ask('attachments.move', { id, attachmentId: two.id, place: 0 });
    expect(titles(moved)).toEqual(['Foto', one.title]);
    const title = '  Denah   lokasi ';
    const named = await app.ask('attachments.rename', { id, attachmentId: two.id, title });
    expect(titles(named)).toEqual(['Denah lokasi', one.title]);
    expect(await app.refused('attachments.rename', { id, attachmentId: two.id, title: ' ' })).toBe(
      'BAD_REQUEST',
    );
    expect(titles(await app.ask('attachments.remove', { id, attachmentId: one.id }))).toEqual([
      'Denah lokasi',
    ]);
    expect(await app.refused('attachments.remove', { id, attachmentId: one.id })).toBe('NOT_FOUND');
    expect(await pagesOf(id)).toBe(alone + 1);
    const { lines } = await app.ask('audit.list', { before: null });
    const logged = lines.filter((line) => line.action.startsWith('letter.attachment'));
    expect(logged.map((line) => line.action)).toEqual([
      'letter.attachment-removed',
      'letter.attachment-added',
      'letter.attachment-added',
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/Foto|peserta/i);
    for (const line of logged)
      expect(line.facts).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('refuse what is no attachment, and the draft stays as it was', async () => {
    const { id } = await app.draft(content());
    const refused = (bytes: Uint8Array): Promise<string> =>
      app.refused('attachments.add', { id, name: 'x.pdf', bytes, signedAnyway: false });
    expect(await refused(Buffer.from('MZ program'))).toBe('ATTACHMENT_TYPE');
    expect(await refused(Buffer.from('%PDF-1.7 rusak'))).toBe('ATTACHMENT_BROKEN');
    expect(await list(id)).toMatchObject({ items: [] });
    const small = await picture(12, 12, 'png');
    for (let count = 1; count <= 30; count += 1) await add(id, 'x.png', small);
    expect(await refused(small)).toBe('ATTACHMENTS_FULL');
    expect(await list(id)).toMatchObject({ pages: 30, line: '30 berkas' });
  }, 60_000);

  it('are the author’s to change while it is a draft, and nobody else’s to see', async () => {
    const { id, revision } = await draftWithTwo();
    const [one] = (await list(id)).items;
    const attachmentId = one?.id ?? '';
    await be(app, receiver);
    expect(await app.refused('attachments.list', { id })).toBe('NOT_FOUND');
    expect(await app.refused('attachments.remove', { id, attachmentId })).toBe('NOT_FOUND');
    await be(app, head);
    await app.ask('letters.discard', { id });
    expect(await app.refused('attachments.remove', { id, attachmentId })).toBe('LETTER_NOT_EDITABLE');
    await app.ask('letters.restore', { id });
    expect(titles(await list(id))).toHaveLength(2);
    await sign(id, revision);
    const late = { id, name: 'x.jpg', bytes: await picture(10, 10, 'jpeg'), signedAnyway: false };
    expect(await app.refused('attachments.add', late)).toBe('LETTER_NOT_EDITABLE');
  });
});

describe('a letter with attachments', () => {
  it('is signed with them, verifies, and keeps nothing beside its PDF', async () => {
    const { id, revision } = await draftWithTwo();
    const before = await pagesOf(id);
    await sign(id, revision);
    expect(await list(id)).toMatchObject({ items: [] });
    const report = await app.ask('letters.verify', { id });
    expect(report.signatures).toMatchObject([
      { integrity: true, coversWholeFile: true, changesAfter: 'none' },
    ]);
    expect(report.revisions).toBe(1 + report.signatures.length);
    expect(before).toBe(5);
    const kept = await app.engine.app.signedPdf(id, 'test');
    if (!kept.ok) throw new Error(kept.error.code);
    const file = parsePdf(kept.value.pdf);
    expect(pages(file)).toHaveLength(5);
    expect(pdfaFindings(file)).toEqual([]);
    await app.ask('backup.run', {});
    await app.ask('vault.seal', {});
    const { vault } = await unlockVault(
      { folder: join(app.dataDir, 'vault'), cost: testCost, now: new Date() },
      head.accountId,
      accountPassphrase,
    );
    vault.collect();
    const objects = vault.read.all<{ id: string }>(sql`SELECT id FROM object`);
    const letters = vault.read.all<{ id: string }>(sql`SELECT object_id AS id FROM letter`);
    vault.close();
    expect(objects).toEqual(letters);
  });

  it('that was interrupted is typeset from the same pictures again, to the same bytes', async () => {
    const { id, revision } = await draftWithTwo();
    await app.close();
    // A pool that never answers: the number is reserved and everything frozen, and then nothing comes any more.
    const engine = startLocalEngine({
      dataDir: app.dataDir,
      resourcesDir,
      version: '0.0.0-test',
      poolEntry: join(import.meta.dirname, '../../fixtures/silent-pool.mjs'),
      kdfCost: testCost,
      onEvent: () => undefined,
    });
    const { accountId } = head;
    await engine.app.call('vault.unlock', { accountId, passphrase: accountPassphrase });
    const hanging = engine.app.call('letters.sign', { id, revision, signingPassphrase });
    const state = async (): Promise<string> => {
      const answer = await engine.app.call('letters.get', { id });
      return answer.ok ? answer.value.state : answer.error.code;
    };
    await expect.poll(state, { timeout: 10_000 }).toBe('reserved');
    const unsigned: Buffer[] = [];
    for (const copy of [`${app.dataDir}-1`, `${app.dataDir}-2`]) {
      folders.push(copy);
      cpSync(app.dataDir, copy, { recursive: true });
    }
    void hanging;
    await Promise.all([engine.close(), hanging]);
    for (const copy of folders.slice(1)) {
      app = testApp({ dataDir: copy });
      await be(app, head);
      expect((await app.ask('letters.get', { id })).state).toBe('reserved');
      expect(await app.refused('attachments.list', { id: receiver.accountId })).toBe('NOT_FOUND');
      const [one] = (await list(id)).items;
      expect(await app.refused('attachments.remove', { id, attachmentId: one?.id ?? '' })).toBe(
        'LETTER_NOT_EDITABLE',
      );
      await sign(id, revision);
      const kept = await app.engine.app.signedPdf(id, 'test');
      if (!kept.ok) throw new Error(kept.error.code);
      const pdf = Buffer.from(kept.value.pdf);
      const file = parsePdf(pdf);
      expect(pages(file)).toHaveLength(5);
      unsigned.push(pdf.subarray(0, file.revisions[0]?.end));
      if (copy !== folders.at(-1)) await app.close();
    }
    expect(unsigned[0]?.equals(unsigned[1] ?? Buffer.alloc(0))).toBe(true);
  }, 60_000);
});

describe('attachments of a sealed letter', () => {
  /** What the vault's own key shows of the draft's attachments, and whether it opens their objects. */
  async function withDataKeyAlone(): Promise<{ rows: string; opens: boolean[]; held: number }> {
    await app.ask('vault.seal', {});
    const { vault } = await unlockVault(
      { folder: join(app.dataDir, 'vault'), cost: testCost, now: new Date() },
      receiver.accountId,
      receiver.accountPassphrase,
    );
    const rows = vault.read.all<Record<string, unknown>>(sql`SELECT * FROM letter_attachment`);
    const opens = rows.map(({ object_id: id }) => {
      try {
        return vault.getObject(String(id)).length > 0;
      } catch {
        return false;
      }
    });
    const text = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)));
    vault.close();
    await be(app, head);
    return { rows: text.join('\n'), opens, held: rows.length };
  }

  it('are closed to whoever has the vault’s key alone', async () => {
    await draftWithTwo('rahasia');
    const seen = await withDataKeyAlone();
    expect(seen).toMatchObject({ opens: [false, false], held: 2 });
    expect(seen.rows).not.toContain(secret);
    expect(seen.rows).not.toContain('peserta');
  });

  it('follow the class of the draft, both ways', async () => {
    const { id, revision } = await draftWithTwo();
    expect(await withDataKeyAlone()).toMatchObject({ opens: [true, true] });
    const before = await list(id);
    const pages = await pagesOf(id);
    const save = (security: SecurityClass, from: number): Promise<{ revision: number }> =>
      app.ask('letters.saveDraft', { id, revision: from, content: content(security) });
    const sealed = await save('terbatas', revision);
    const closed = await withDataKeyAlone();
    expect(closed.opens).toEqual([false, false]);
    expect(closed.rows).not.toContain(secret);
    expect(await list(id)).toEqual(before);
    expect(await pagesOf(id)).toBe(pages);
    const open = await save('biasa', sealed.revision);
    expect(await withDataKeyAlone()).toMatchObject({ opens: [true, true] });
    expect(await list(id)).toEqual(before);
    const again = await save('sangat-rahasia', open.revision);
    await sign(id, again.revision);
    await be(app, receiver);
    expect((await app.ask('letters.verify', { id })).signatures).toMatchObject([{ integrity: true }]);
    expect(await app.ask('attachments.list', { id })).toMatchObject({ items: [] });
  }, 60_000);

  it('are in a backup, pass its check, and come back with it', async () => {
    const { id } = await draftWithTwo('rahasia');
    const before = await list(id);
    const target = join(app.dataDir, 'cadangan');
    const { path } = await app.ask('backup.writeTo', { path: target });
    expect(await app.ask('vault.check', {})).toMatchObject({ whole: true, objects: 2, damaged: [] });
    await app.ask('vault.rekey', { accountPassphrase });
    expect(await list(id)).toEqual(before);
    await app.ask('attachments.remove', { id, attachmentId: before.items[0]?.id ?? '' });
    await app.ask('vault.restore', { path });
    await be(app, head);
    expect(await list(id)).toEqual(before);
    expect(await pagesOf(id)).toBe(5);
  }, 60_000);
});
