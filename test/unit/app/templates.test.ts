import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeChanges, OfficeTemplates } from '../../../src/main/core/contract/index.ts';
import { parsePdf } from '../../../src/main/core/pdf/index.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  resourcesDir,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { pdfaFindings } from '../../fixtures/pdfa.ts';
import { drawing, shield } from '../../fixtures/pictures.ts';
import { changedKind, ownKind } from '../../fixtures/templates.ts';

/** The office's own kinds and templates, from the screen's calls to the page of a letter. */
let app: TestApp;
let accountId: string;
beforeEach(async () => {
  app = testApp();
  ({ accountId } = (await app.firstRun()).session);
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const save = async (changes: OfficeChanges, note = ''): Promise<OfficeTemplates> => {
  const { version } = await app.ask('templates.read', {});
  return app.ask('templates.save', { version, changes, note });
};
const refusal = async (changes: OfficeChanges): Promise<object> => {
  const { version } = await app.ask('templates.read', {});
  const result = await app.engine.app.call('templates.save', { version, changes, note: '' });
  if (result.ok) throw new Error('went through');
  return result.error;
};
const labelled = (label: string): OfficeChanges => ({
  kinds: { 'surat-dinas': changedKind('surat-dinas', { label }) },
});
/** The signed file itself: what the page gets to show is written anew and has no title. */
async function signedText(id: string): Promise<string> {
  const result = await app.engine.app.signedPdf(id, 'save');
  if (!result.ok) throw new Error(result.error.code);
  expect(pdfaFindings(parsePdf(result.value.pdf))).toEqual([]);
  return Buffer.from(result.value.pdf).toString('latin1');
}
const canSign = () => app.ask('identity.createTest', { signingPassphrase });
const same = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one !== null && other !== null && Buffer.from(one).equals(Buffer.from(other));

describe('templates', () => {
  it('begin as they were shipped, and change for letters from then on', async () => {
    await canSign();
    const before = await app.ask('templates.read', {});
    expect(before).toMatchObject({ version: 0, changes: {}, versions: [], draft: null });
    expect(Object.keys(before.shipped.kinds)).toHaveLength(35);
    const after = await save({ kinds: { 'surat-khas': ownKind() }, hidden: ['radiogram'] }, 'jenis baru');
    expect(after.version).toBe(1);
    expect(after.versions).toMatchObject([
      { version: 1, madeBy: 'Siti Rahmawati', note: 'jenis baru', origin: 'saved', restored: null },
    ]);
    const kinds = await app.ask('kinds.list', {});
    expect(kinds).toHaveLength(36);
    expect(kinds.filter((kind) => kind.hidden).map((kind) => kind.id)).toEqual(['radiogram']);
    expect(await app.refused('letters.create', { kind: 'radiogram' })).toBe('KIND_UNKNOWN');
    const draft = await app.draft({ ...letterContent('Khas'), kind: 'surat-khas' });
    const { id, revision } = draft;
    expect((await app.ask('letters.preview', { id })).problems).toEqual([]);
    await app.ask('letters.sign', { id, revision, signingPassphrase });
    expect(await signedText(id)).toContain('Surat Khas: Khas');
    const log = await app.ask('audit.list', { before: null });
    expect(log.lines.find((line) => line.action === 'templates.saved')).toMatchObject({
      facts: { version: 1, note: 'jenis baru' },
    });
  });

  it('that are wrong are refused with a code, and the old ones stay in force', async () => {
    await save(labelled('Surat Lama'));
    const own = (changes: Parameters<typeof ownKind>[0]): OfficeChanges => ({
      kinds: { 'surat-khas': ownKind(changes) },
    });
    expect(await refusal({ page: { margins: { left: 1 } } })).toEqual({
      code: 'PROFILE_INVALID',
      params: { field: 'page.margins.left' },
    });
    expect(await refusal(own({ register: 'khas' }))).toEqual({
      code: 'KIND_NUMBERS_COLLIDE',
      params: { kind: 'Surat Dinas' },
    });
    const foreign = { kinds: { 'surat-tugas': changedKind('surat-tugas', { label: 'Surat 漢' }) } };
    expect(await refusal(foreign)).toEqual({
      code: 'GLYPH_MISSING',
      params: { characters: '漢 (U+6F22)' },
    });
    expect(await refusal({ arms: { office: { image: '0'.repeat(64), alt: 'x' } } })).toEqual({
      code: 'PROFILE_INVALID',
      params: { field: 'arms' },
    });
    expect(await app.ask('templates.read', {})).toMatchObject({
      version: 1,
      changes: labelled('Surat Lama'),
    });
    expect((await app.ask('kinds.list', {}))[0]?.label).toBe('Surat Lama');
  });

  it('are previewed before they are saved, with every reason against them', async () => {
    const changes: OfficeChanges = { kinds: { 'surat-khas': ownKind({ label: 'Surat Coba' }) } };
    const good = await app.ask('templates.preview', { changes, kind: 'surat-khas' });
    const year = new Date().getFullYear();
    expect(good).toMatchObject({ pages: 1, problems: [], number: `000.8.3/15/SETDA/${year}` });
    const larger = { kinds: { 'surat-khas': ownKind({ page: { sizes: { body: 14 } } }) } };
    const other = await app.ask('templates.preview', { changes: larger, kind: 'surat-khas' });
    expect([other.problems, same(other.pdf, good.pdf)]).toEqual([[], false]);
    const glyph = { kinds: { 'surat-tugas': changedKind('surat-tugas', { label: 'Surat 漢' }) } };
    expect(await app.ask('templates.preview', { changes: glyph, kind: 'surat-tugas' })).toMatchObject({
      pdf: null,
      problems: [{ path: 'kinds.surat-tugas.label', reason: 'glyph', named: '漢 (U+6F22)' }],
    });
    const collides = { kinds: { 'surat-khas': ownKind({ register: 'khas' }) } };
    const both = await app.ask('templates.preview', { changes: collides, kind: 'surat-khas' });
    expect(both.problems).toMatchObject([{ reason: 'number-collides', named: 'Surat Dinas' }]);
    expect(both.pdf).not.toBeNull();
    expect(await app.ask('templates.preview', { changes, kind: 'tidak-ada' })).toMatchObject({
      problems: [{ reason: 'kind-unknown' }],
    });
    expect((await app.ask('templates.read', {})).version).toBe(0);
  });

  it('of every kind come out as a page', async () => {
    const { shipped } = await app.ask('templates.read', {});
    for (const kind of Object.keys(shipped.kinds)) {
      const { pages, problems } = await app.ask('templates.preview', { changes: {}, kind });
      expect([kind, pages > 0, problems]).toEqual([kind, true, []]);
    }
  }, 30_000);

  it('whose page Typst does not set are refused, and the page of before stays', async () => {
    await app.close();
    const resources = join(app.dataDir, 'resources');
    cpSync(resourcesDir, resources, { recursive: true });
    writeFileSync(join(resources, 'templates/title.typ'), '#let title-shape(data) = panic("rusak")');
    app = testApp({ dataDir: app.dataDir, resources });
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    const changes = { page: { sizes: { body: 11 } } };
    expect(await app.ask('templates.preview', { changes, kind: 'surat-tugas' })).toMatchObject({
      pdf: null,
      problems: [{ path: '', reason: 'template', named: 'TYPESET_FAILED' }],
    });
    expect(await refusal(changes)).toEqual({ code: 'TYPESET_FAILED' });
    expect((await app.ask('templates.read', {})).version).toBe(0);
  });

  it('that somebody else saved meanwhile are not written over', async () => {
    await save(labelled('Satu'));
    expect(await app.refused('templates.save', { version: 0, changes: labelled('Dua'), note: '' })).toBe(
      'TEMPLATES_CHANGED_ELSEWHERE',
    );
  });

  it('keep what is being typed through a lock, however wrong it is', async () => {
    const draft = { kind: 'surat-khas', version: 0, changes: { page: { font: '' } } };
    await app.ask('templates.keep', { draft });
    await app.ask('vault.seal', {});
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    expect((await app.ask('templates.read', {})).draft).toEqual(draft);
    await save(labelled('Satu'));
    expect((await app.ask('templates.read', {})).draft).toBeNull();
  });

  it('go back to an earlier version; kinds that letters have stay, hidden', async () => {
    await save(labelled('Satu'));
    await save({ ...labelled('Dua'), hidden: ['memo'] });
    await save({ kinds: { 'surat-khas': ownKind() } });
    await app.draft({ ...letterContent('Khas'), kind: 'surat-khas' });
    const removed = await refusal(labelled('Tiga'));
    expect(removed).toEqual({ code: 'KIND_IN_USE', params: { kind: 'Surat Khas' } });
    const back = await app.ask('templates.restore', { version: 2 });
    expect(back.version).toBe(4);
    expect(back.versions[0]).toMatchObject({ origin: 'restored', restored: 2 });
    expect(back.changes.hidden).toEqual(['memo', 'surat-khas']);
    expect(back.changes.kinds?.['surat-dinas']?.label).toBe('Dua');
    expect(await app.refused('templates.restore', { version: 9 })).toBe('NOT_FOUND');
    expect((await app.ask('templates.restore', { version: 0 })).changes.hidden).toEqual(['surat-khas']);
  });

  it('an own kind that no letter has can be removed', async () => {
    await save({ kinds: { 'surat-khas': ownKind() } });
    await save({});
    expect(await app.ask('kinds.list', {})).toHaveLength(35);
  });
});

describe('a letter with a number', () => {
  it('is resumed with the profile and the arms that it was frozen with', async () => {
    await canSign();
    const taken = await app.ask('templates.image', { bytes: await shield() });
    const arms = { office: { image: taken.image, alt: 'Lambang versi satu' } };
    await save({ ...labelled('Surat Versi Satu'), arms });
    await app.close();
    // A pool that kills its parent instead of typesetting: the number is taken, the page is not there.
    const killer = join(app.dataDir, 'killer.mjs');
    writeFileSync(killer, "process.on('message', () => process.kill(process.ppid, 'SIGKILL'));");
    const child = join(import.meta.dirname, '../../fixtures/signing-child.ts');
    spawnSync(process.execPath, [child, app.dataDir, accountId], {
      env: { ...process.env, POOL_ENTRY: killer },
    });

    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    const [waiting] = await app.ask('letters.list', { folder: 'drafts' });
    expect(waiting?.state).toBe('reserved');
    const id = waiting?.id ?? '';
    await save(labelled('Surat Versi Dua'));
    await app.ask('letters.sign', { id, revision: 2, signingPassphrase });
    const first = await signedText(id);
    expect(first).toContain('Surat Versi Satu');
    expect(first).toContain('Lambang versi satu');
    const next = await app.draft(letterContent('Berikut'));
    await app.ask('letters.sign', { id: next.id, revision: next.revision, signingPassphrase });
    const second = await signedText(next.id);
    expect(second).toContain('Surat Versi Dua');
    expect(second).not.toContain('Lambang versi satu');
  }, 60_000);

  it('shows the emblem of a head of the region where its kind has that kop', async () => {
    await canSign();
    const { image } = await app.ask('templates.image', { bytes: drawing('') });
    const changes: OfficeChanges = {
      kinds: { keputusan: changedKind('keputusan', { kop: 'bupati' }) },
      arms: { bupati: { image, alt: 'Lambang negara kita' } },
    };
    await save(changes);
    const head = await app.draft({
      ...letterContent('Contoh'),
      kind: 'keputusan',
      recipients: [],
      details: { menimbang: 'a', mengingat: 'b', menetapkan: 'c', diktum: 'd' },
    });
    expect((await app.ask('letters.preview', { id: head.id })).problems).toEqual([]);
    const plain = await app.draft(letterContent('Biasa'));
    const texts = [];
    for (const { id, revision } of [head, plain]) {
      await app.ask('letters.sign', { id, revision, signingPassphrase });
      texts.push(await signedText(id));
    }
    expect(texts.map((one) => one.includes('Lambang negara kita'))).toEqual([true, false]);
    // The placeholder is drawn, the office's own is a picture.
    expect(texts.map((one) => /\/Subtype ?\/Image/.test(one))).toEqual([true, false]);
    expect(texts[1]).toContain('Lambang daerah (gambar pengganti)');
  });
});

describe('a file of templates', () => {
  const problemsOf = async (text: string | Uint8Array) =>
    (await app.ask('templates.import', { bytes: typeof text === 'string' ? Buffer.from(text) : text }))
      .problems;

  it('carries everything to another office, pictures among it', async () => {
    const { image } = await app.ask('templates.image', { bytes: drawing('') });
    await save({ ...labelled('Surat Kita'), arms: { office: { image, alt: 'Lambang' } } });
    const { file, fileName } = await app.ask('templates.export', {});
    expect(fileName).toMatch(/^templat-naskah-\d{4}-\d{2}-\d{2}\.json$/);
    const { changes } = await app.ask('templates.read', {});
    await app.ask('templates.restore', { version: 0 });
    const taken = await app.ask('templates.import', { bytes: file });
    expect(taken.problems).toEqual([]);
    expect(taken.templates?.changes).toEqual(changes);
    expect(taken.templates?.versions[0]).toMatchObject({ origin: 'imported' });
  });

  it('that is wrong anywhere changes nothing, and says where', async () => {
    const file = (changes: object, images: object = {}): string =>
      JSON.stringify({ format: 'eletter-templates', version: 1, changes, images });
    expect(await problemsOf('bukan json')).toEqual([{ path: 'format', reason: 'wrong-type' }]);
    expect(await problemsOf(new Uint8Array([0xff, 0xfe]))).toEqual([
      { path: 'format', reason: 'wrong-type' },
    ]);
    expect(await problemsOf(file([]))).toEqual([{ path: 'changes', reason: 'wrong-type' }]);
    expect(await problemsOf(file({}).replace('"version":1', '"version":7'))).toEqual([
      { path: 'version', reason: 'not-one-of', named: '1' },
    ]);
    const field = { ...changedKind('surat-tugas', {}).fields[0], name: 'Dasar' };
    expect(
      await problemsOf(
        file({ page: { sizes: { body: 11 } }, kinds: { x: ownKind({ fields: [field] as never }) } }),
      ),
    ).toEqual([{ path: 'kinds.x.fields.0.name', reason: 'name-form' }]);
    const arms = { office: { image: 'a', alt: 'x' } };
    expect(await problemsOf(file({ arms }))).toEqual([
      { path: 'arms.office.image', reason: 'image-unknown' },
    ]);
    const script = Buffer.from(drawing('<script/>')).toString('base64');
    expect(await problemsOf(file({ arms }, { a: script }))).toEqual([
      { path: 'arms.office.image', reason: 'image-unknown', named: 'ARMS_UNSAFE' },
    ]);
    expect(await app.ask('templates.read', {})).toMatchObject({ version: 0, changes: {} });
  });
});
