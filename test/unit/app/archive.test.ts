import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fileLife,
  fileStates,
  isProposalOver,
  proposalActions,
  proposalKinds,
  proposalLife,
  proposalStart,
  proposalStates,
} from '../../../src/main/core/contract/archive-life.ts';
import {
  archiveOffice,
  fileOf,
  importRetention,
  upToMinutes,
  type ArchiveOffice,
} from '../../fixtures/archive.ts';
import { drawArchive } from '../../fixtures/draw-archive.ts';
import { letterContent, removeFolder, signingPassphrase } from '../../fixtures/engine.ts';
import { activate, be, invite } from '../../fixtures/people.ts';

let office: ArchiveOffice;
const letters: string[] = [];
const day = (date: string): void => void (office.clock.now = new Date(`${date}T03:00:00Z`));

async function signed(to: string, change: object = {}): Promise<string> {
  const { app, head } = office;
  await be(app, head);
  const draft = await app.draft({ ...letterContent('Laporan bulan ini', to), ...change });
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

beforeAll(async () => {
  office = await archiveOffice();
  for (let n = 0; n < 4; n += 1) letters.push(await signed(office.panel[1].accountId));
  await importRetention(office);
}, 60_000);
afterAll(async () => {
  await office.app.close();
  removeFolder(office.app.dataDir);
});

const letter = (n: number): string => letters[n] ?? '';

describe('the tables', () => {
  it('are drawn in the documentation', async () => {
    await expect(drawArchive()).toMatchFileSnapshot(
      join(import.meta.dirname, '../../../docs/archive-life.md'),
    );
  });

  it('lead from every state to an end, and from every open one back', () => {
    for (const kind of proposalKinds) {
      const reached = new Set([proposalStart[kind]]);
      for (let size = 0; size < reached.size;) {
        size = reached.size;
        for (const one of proposalLife) if (one.kind === kind && reached.has(one.from)) reached.add(one.to);
      }
      expect(reached.has('executed') && reached.has('withdrawn') && reached.has('rejected')).toBe(true);
      for (const state of reached) {
        const leaves = proposalLife.filter((one) => one.kind === kind && one.from === state);
        expect([state, leaves.length === 0]).toEqual([state, isProposalOver(state)]);
        if (!isProposalOver(state)) expect(leaves.map((one) => one.action)).toContain('withdraw');
      }
      // The act needs the passphrase, and comes from nowhere but a berita acara.
      const acts = proposalLife.filter((one) => one.kind === kind && one.to === 'executed');
      expect(acts.map((one) => [one.from, one.needs.includes('passphrase')])).toEqual([['recorded', true]]);
    }
    expect(proposalStates.length + proposalActions.length).toBe(14);
    for (const state of fileStates.filter((one) => one !== 'open'))
      expect(fileLife.some((one) => one.to === state)).toBe(true);
  });
});

describe('files', () => {
  it('are kept by the archivist everywhere and by a registrar in the own unit', async () => {
    const { app, registrar, archivist, head, panel } = office;
    await be(app, archivist);
    const far = await fileOf(office, '000.8.3', 'Jauh', 'DINKES');
    await be(app, registrar);
    const near = await fileOf(office, '000.8.3', 'Dekat');
    expect(await app.refused('archive.saveFile', { id: null, file: { ...far, unit: 'DINKES' } })).toBe(
      'UNIT_UNKNOWN',
    );
    for (const name of ['archive.file', 'archive.reopen'] as const)
      expect(await app.refused(name, { id: far.id })).toBe('NOT_FOUND');
    expect(await app.refused('archive.close', { id: far.id, date: '2020-03-02' })).toBe('NOT_FOUND');
    expect(
      (await app.ask('archive.files', { filter: 'all', text: '', code: '', before: 0 })).files,
    ).toHaveLength(1);
    expect(near.may).toEqual(['save', 'file', 'unfile', 'close']);
    // A drafter files what they read into the own unit's open files, and sees no file's page.
    await be(app, panel[1]);
    const filing = await app.ask('archive.filing', { id: letter(0) });
    expect(filing.choices.map((one) => one.title)).toEqual(['Jauh']);
    expect(await app.refused('archive.fileLetter', { id: letter(0), fileId: near.id })).toBe('NOT_FOUND');
    expect((await app.ask('archive.fileLetter', { id: letter(0), fileId: far.id })).filed).toMatchObject([
      { title: 'Jauh', opens: false, movable: true },
    ]);
    expect(await app.refused('archive.file', { id: far.id })).toBe('NOT_ALLOWED');
    await be(app, archivist);
    expect((await app.ask('archive.file', { id: far.id })).items[0]?.subject).toBe('Laporan bulan ini');
    // By role alone nobody is told more than the class rules say: here another administrator.
    await be(app, head);
    const other = await invite(app, 'admin2', ['administrator'], { unit: 'DINKES' });
    await activate(app, other);
    expect(await app.ask('archive.file', { id: far.id })).toMatchObject({
      may: ['hold'],
      items: [{ opens: false, subject: null, sender: 'Sekretaris Daerah' }],
    });
  });

  it('hold a letter once for each unit: filing it elsewhere in the unit moves it', async () => {
    const { app, registrar } = office;
    await be(app, registrar);
    const [one, two] = [await fileOf(office, '000.8.3', 'Satu'), await fileOf(office, '000.8.3', 'Dua')];
    await app.ask('archive.fileLetter', { id: letter(1), fileId: one.id });
    await app.ask('archive.fileLetter', { id: letter(1), fileId: two.id });
    expect((await app.ask('archive.file', { id: one.id })).letters).toBe(0);
    expect((await app.ask('archive.file', { id: two.id })).letters).toBe(1);
    await app.ask('archive.close', { id: two.id, date: '2020-03-02' });
    expect(await app.refused('archive.unfileLetter', { id: letter(1), fileId: two.id })).toBe(
      'FILE_NOT_OPEN',
    );
    expect(await app.refused('archive.fileLetter', { id: letter(1), fileId: one.id })).toBe('FILE_NOT_OPEN');
    await app.ask('archive.reopen', { id: two.id });
    expect((await app.ask('archive.unfileLetter', { id: letter(1), fileId: two.id })).filed).toEqual([]);
  });

  it('close between their beginning, or their newest letter, and today', async () => {
    const { app, registrar } = office;
    await be(app, registrar);
    const file = await fileOf(office, '000.8.3', 'Tanggal');
    await app.ask('archive.fileLetter', { id: letter(2), fileId: file.id });
    for (const date of ['2020-03-01', '2020-03-03'])
      expect(await app.refused('archive.close', { id: file.id, date })).toBe('ARCHIVE_DATE');
    expect(await app.ask('archive.close', { id: file.id, date: '2020-03-02' })).toMatchObject({
      phase: 'active',
    });
    expect(await app.refused('archive.saveFile', { id: file.id, file })).toBe('FILE_NOT_OPEN');
  });

  it('follow a new retention of their code; a code that files lie under is never dropped', async () => {
    const { app, archivist } = office;
    await be(app, archivist);
    const file = await fileOf(office, '000.8.4', 'Ikut JRA');
    await app.ask('archive.close', { id: file.id, date: '2020-03-02' });
    const csv = (text: string) => new TextEncoder().encode(`kode,nama,aktif,inaktif,nasib\n${text}`);
    const wrong = { csv: csv('000.8.4,Kelembagaan,2,,musnah'), replace: false, write: true };
    expect(await app.refused('archive.importTree', wrong)).toBe('CLASSIFICATION_ROWS_WRONG');
    expect(await app.ask('archive.importTree', { ...wrong, write: false })).toMatchObject({
      written: false,
      problems: [{ row: 2, code: 'RETENTION_HALF' }],
    });
    const other = csv(
      '000.8.3,Tata naskah,2,3,musnah\n100,Pemerintahan,,,\n100.3,Hukum,,,\n100.3.1,Peraturan,1,1,permanen',
    );
    const done = await app.ask('archive.importTree', { csv: other, replace: true, write: true });
    expect(done.dropped).toBeGreaterThan(50);
    // 000, 000.8 and 000.8.4 are needed.
    expect(done.kept).toBe(3);
    await app.ask('archive.importTree', {
      csv: csv('000.8.4,Kelembagaan,1,1,musnah'),
      replace: false,
      write: true,
    });
    expect(await app.ask('archive.file', { id: file.id })).toMatchObject({ dueFrom: '2022-03-02' });
    await importRetention(office);
    expect(await app.ask('archive.file', { id: file.id })).toMatchObject({ dueFrom: '2030-03-02' });
  });
});

describe('a proposal', () => {
  const close = async (code: string, title: string, id: string | null = null): Promise<string> => {
    const { app, archivist } = office;
    await be(app, archivist);
    const file = await fileOf(office, code, title);
    if (id !== null) await app.ask('archive.fileLetter', { id, fileId: file.id });
    await app.ask('archive.close', { id: file.id, date: '2020-03-02' });
    return file.id;
  };
  const ask = (fileIds: readonly string[], change: object = {}) => ({
    kind: 'destruction' as const,
    fileIds,
    panel: office.panel.map((one) => one.accountId),
    approverId: office.head.accountId,
    note: '',
    ...change,
  });

  it('is made of due files without a hold, by people who are each one thing in it', async () => {
    const { app, archivist, head, panel, registrar } = office;
    const file = await close('000.8.3', 'Usul');
    expect(await app.refused('archive.propose', ask([file]))).toBe('ARCHIVE_NOT_DUE');
    day('2025-03-01');
    await be(app, archivist);
    expect(await app.refused('archive.propose', ask([file]))).toBe('ARCHIVE_NOT_DUE');
    day('2025-03-02');
    for (const [change, code] of [
      [{ panel: [] }, 'PANEL_INVALID'],
      [{ panel: [archivist.accountId] }, 'PANEL_INVALID'],
      [{ panel: [panel[0].accountId, panel[0].accountId] }, 'PANEL_INVALID'],
      [{ approverId: panel[0].accountId }, 'APPROVER_INVALID'],
      [{ approverId: registrar.accountId }, 'APPROVER_INVALID'],
      [{ approverId: archivist.accountId }, 'APPROVER_INVALID'],
      [{ kind: 'transfer', panel: [] }, 'ARCHIVE_NOT_DUE'],
    ] as const)
      expect([change, await app.refused('archive.propose', ask([file], change))]).toEqual([change, code]);
    await be(app, head);
    expect(await app.ask('archive.hold', { id: file, reason: 'Perkara 12/G/2025' })).toMatchObject({
      held: true,
    });
    await be(app, archivist);
    expect(await app.refused('archive.propose', ask([file]))).toBe('ARCHIVE_HELD');
    expect((await app.ask('archive.lift', { id: file, reason: 'Perkara selesai' })).holds).toMatchObject([
      { reason: 'Perkara 12/G/2025', liftReason: 'Perkara selesai' },
    ]);
    const { id } = await app.ask('archive.propose', ask([file]));
    expect(await app.refused('archive.propose', ask([file]))).toBe('FILE_STATE');
    expect(await app.refused('archive.reopen', { id: file })).toBe('FILE_STATE');

    // One who does not agree ends it, and the file is free.
    await be(app, registrar);
    expect(await app.refused('archive.proposal', { id })).toBe('NOT_FOUND');
    expect(await app.refused('archive.vote', { id, agrees: true, reason: '' })).toBe('NOT_FOUND');
    await be(app, panel[0]);
    expect(await app.ask('archive.proposals', {})).toMatchObject([{ id, mine: true }]);
    await app.ask('archive.vote', { id, agrees: true, reason: '' });
    expect(await app.refused('archive.vote', { id, agrees: false, reason: 'x' })).toBe('PROPOSAL_STATE');
    await be(app, panel[1]);
    expect(await app.refused('archive.approve', { id, anri: null })).toBe('PROPOSAL_STATE');
    const ended = await app.ask('archive.vote', { id, agrees: false, reason: 'Masih dipakai' });
    expect(ended).toMatchObject({ state: 'rejected', ended: { reason: 'Masih dipakai' }, may: [] });
    await be(app, archivist);
    expect(await app.ask('archive.file', { id: file })).toMatchObject({ phase: 'due', proposals: [{ id }] });
    await app.ask('archive.reopen', { id: file });
  }, 60_000);

  it('is stopped by a hold at every step, and freed by being withdrawn', async () => {
    const { app, archivist, head } = office;
    day('2020-03-02');
    const file = await close('000.8.3', 'Ditahan');
    day('2025-06-03');
    const { id } = await upToMinutes(office, [file]);
    // An administrator without another part in it sees that there is one, not the subjects that it names.
    await be(app, head);
    const boss = await invite(app, 'kedua', ['administrator']);
    await activate(app, boss);
    expect(await app.ask('archive.proposal', { id })).toMatchObject({ opensMinutes: false });
    expect(await app.refused('archive.minutes', { id })).toBe('NOT_ALLOWED');
    for (const one of [head, ...office.panel, archivist]) {
      await be(app, one);
      expect(await app.ask('archive.proposal', { id })).toMatchObject({ opensMinutes: true });
      expect((await app.ask('archive.minutes', { id })).pdf.length).toBeGreaterThan(1000);
    }
    await app.ask('archive.hold', { id: file, reason: 'Audit BPK' });
    await be(app, head);
    const now = { id, accountPassphrase: head.accountPassphrase };
    expect(await app.refused('archive.execute', now)).toBe('ARCHIVE_HELD');
    await be(app, archivist);
    expect(await app.refused('archive.execute', { id, accountPassphrase: archivist.accountPassphrase })).toBe(
      'PROPOSAL_STATE',
    );
    await app.ask('archive.withdraw', { id, reason: 'Ditahan BPK' });
    expect(await app.ask('archive.file', { id: file })).toMatchObject({ state: 'closed', held: true });
  }, 60_000);

  it("asks for ANRI's approval from ten years on", async () => {
    const { app, archivist, panel, head } = office;
    day('2020-03-02');
    const file = await close('000.8.4', 'Sepuluh tahun');
    day('2030-03-02');
    await be(app, archivist);
    const { id, needsAnri } = await app.ask('archive.propose', ask([file]));
    expect(needsAnri).toBe(true);
    for (const member of panel) {
      await be(app, member);
      await app.ask('archive.vote', { id, agrees: true, reason: '' });
    }
    await be(app, head);
    expect(await app.refused('archive.approve', { id, anri: null })).toBe('ANRI_MISSING');
    const anri = { number: 'B-PK.02/1/2030', date: '2030-02-01' };
    expect(await app.refused('archive.approve', { id, anri: { ...anri, date: '2030-03-03' } })).toBe(
      'ARCHIVE_DATE',
    );
    expect(await app.ask('archive.approve', { id, anri })).toMatchObject({ state: 'approved', anri });
    await be(app, archivist);
    const made = await app.ask('archive.record', {
      id,
      minutes: { number: 'BA/7', date: '2030-03-02', receiver: '', receiverName: '' },
    });
    expect(made).toMatchObject({ state: 'recorded', minutes: { number: 'BA/7' } });
    const { pdf } = await app.ask('archive.minutes', { id });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    await app.ask('archive.withdraw', { id, reason: 'Uji' });
  }, 60_000);
});

describe('handing over', () => {
  it('packs the documents as they are with digests and metadata, names what is left out, and leaves them readable', async () => {
    const { app, archivist, head, panel } = office;
    day('2020-03-02');
    const sealed = await signed(panel[1].accountId, { security: 'rahasia', subject: 'Sangat tertutup' });
    await be(app, archivist);
    const file = await fileOf(office, '100.3.1', 'Peraturan “2020”');
    await app.ask('archive.fileLetter', { id: letter(3), fileId: file.id });
    await be(app, panel[1]);
    expect(await app.refused('archive.fileLetter', { id: sealed, fileId: file.id })).toBe('NOT_FOUND');
    await be(app, head);
    // An administrator keeps no file by that role; the head's own unit is SETDA.
    await app.ask('archive.fileLetter', { id: sealed, fileId: file.id });
    await be(app, archivist);
    await app.ask('archive.close', { id: file.id, date: '2020-03-02' });
    day('2022-03-02');
    await be(app, archivist);
    const { id } = await app.ask('archive.propose', {
      kind: 'transfer',
      fileIds: [file.id],
      panel: [],
      approverId: head.accountId,
      note: '',
    });
    await be(app, head);
    await app.ask('archive.approve', { id, anri: null });
    await be(app, archivist);
    expect(await app.refused('archive.package', { id })).toBe('NOT_FOUND');
    await app.ask('archive.record', {
      id,
      minutes: {
        number: 'BA/2/2022',
        date: '2022-03-02',
        receiver: 'Dinas Perpustakaan dan Kearsipan',
        receiverName: 'Sri Wahyuni',
      },
    });
    const packed = unzipSync((await app.ask('archive.package', { id })).zip);
    const text = (name: string): string => Buffer.from(packed[name] ?? []).toString();
    const names = Object.keys(packed).filter((name) => name.startsWith('pdf/'));
    expect(names).toHaveLength(1);
    const { sha256 } = await app.ask('letters.get', { id: letter(3) });
    const bytes = packed[names[0] ?? ''] ?? new Uint8Array();
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(text('sha256.txt')).toBe(`${sha256}  ${names[0]}\n`);
    expect(JSON.parse(text('manifest.json'))).toMatchObject({
      office: 'SEKRETARIAT DAERAH',
      minutes: { number: 'BA/2/2022', receiverName: 'Sri Wahyuni' },
      letters: 2,
      documents: 1,
      leftOut: 1,
    });
    expect(JSON.parse(text('surat.json'))).toMatchObject([
      { judul_berkas: 'Peraturan “2020”', sha256, alasan: '' },
      { dokumen: '', hal: '', klasifikasi_keamanan: 'rahasia', alasan: 'SEALED' },
    ]);
    expect(text('surat.csv').split('\r\n')).toHaveLength(4);
    expect(Object.values(packed).some((one) => Buffer.from(one).includes('Sangat tertutup'))).toBe(false);
    await app.ask('archive.execute', { id, accountPassphrase: archivist.accountPassphrase });
    expect(await app.ask('archive.file', { id: file.id })).toMatchObject({ state: 'transferred' });
    expect(Object.keys(unzipSync((await app.ask('archive.package', { id })).zip))).toEqual(
      Object.keys(packed),
    );
    expect((await app.ask('letters.document', { id: letter(3) })).pdf.length).toBeGreaterThan(1000);
    const { pdf, fileName } = await app.ask('archive.minutes', { id });
    expect(fileName).toBe('berita-acara-penyerahan-2022-03-02.pdf');
    expect(packed['berita-acara.pdf']).toEqual(new Uint8Array(pdf));
  }, 60_000);

  it('names a damaged document and packs the others; what was withdrawn after its berita acara is not packed', async () => {
    const { app, archivist, head, panel } = office;
    day('2020-03-02');
    const objects = join(app.dataDir, 'vault', 'objects');
    const kept = (): string[] =>
      readdirSync(objects, { recursive: true })
        .map((name) => join(objects, String(name)))
        .filter((path) => statSync(path).isFile());
    const before = kept();
    const damaged = await signed(panel[1].accountId);
    const [object = ''] = kept().filter((path) => !before.includes(path));
    const whole = await signed(panel[1].accountId);
    await be(app, archivist);
    const file = await fileOf(office, '100.3.1', 'Rusak');
    for (const id of [damaged, whole]) await app.ask('archive.fileLetter', { id, fileId: file.id });
    await app.ask('archive.close', { id: file.id, date: '2020-03-02' });
    day('2022-03-02');
    await be(app, archivist);
    const { id } = await app.ask('archive.propose', {
      kind: 'transfer',
      fileIds: [file.id],
      panel: [],
      approverId: head.accountId,
      note: '',
    });
    await be(app, head);
    await app.ask('archive.approve', { id, anri: null });
    await be(app, archivist);
    await app.ask('archive.record', {
      id,
      minutes: { number: 'BA/3', date: '2022-03-02', receiver: 'Dispusip', receiverName: 'Sri' },
    });
    const bytes = readFileSync(object);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(object, bytes);
    const packed = unzipSync((await app.ask('archive.package', { id })).zip);
    const rows = JSON.parse(Buffer.from(packed['surat.json'] ?? []).toString()) as { alasan: string }[];
    expect(rows.map((one) => one.alasan)).toEqual(['DAMAGED', '']);
    expect(Object.keys(packed).filter((name) => name.startsWith('pdf/'))).toHaveLength(1);
    await app.ask('archive.withdraw', { id, reason: 'Uji' });
    expect(await app.refused('archive.package', { id })).toBe('NOT_FOUND');
  }, 60_000);
});
