import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Counters } from '../../../src/main/core/contract/people.ts';
import {
  archiveOffice,
  fileOf,
  importRetention,
  upToMinutes,
  type ArchiveOffice,
} from '../../fixtures/archive.ts';
import { letterContent, removeFolder, signingPassphrase } from '../../fixtures/engine.ts';
import { be, type TestPerson } from '../../fixtures/people.ts';

/** What keeps a letter from being destroyed, or from waiting for anybody afterwards. */
let office: ArchiveOffice;
beforeEach(async () => {
  office = await archiveOffice();
  await importRetention(office);
}, 60_000);
afterEach(async () => {
  await office.app.close();
  removeFolder(office.app.dataDir);
});

const day = (date: string): void => void (office.clock.now = new Date(`${date}T03:00:00Z`));

async function signed(to: TestPerson): Promise<string> {
  const { app, head } = office;
  await be(app, head);
  const draft = await app.draft(letterContent('Laporan bulan ini', to.accountId));
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

async function closedWith(letters: readonly string[], title: string): Promise<string> {
  const { app, archivist } = office;
  await be(app, archivist);
  const { id: fileId } = await fileOf(office, '000.8.3', title);
  for (const id of letters) await app.ask('archive.fileLetter', { id, fileId });
  await app.ask('archive.close', { id: fileId, date: '2020-03-02' });
  return fileId;
}

async function retention(active: number, inactive: number): Promise<void> {
  const { app, archivist } = office;
  await be(app, archivist);
  const csv = new TextEncoder().encode(
    `kode,nama,aktif,inaktif,nasib akhir\n000.8.3,Tata naskah,${active},${inactive},musnah\n`,
  );
  await app.ask('archive.importTree', { csv, replace: false, write: true });
}

const destroy = (id: string) => ({ id, accountPassphrase: office.head.accountPassphrase });

describe('a hold', () => {
  it('keeps the letters in the file, its code, and a closed file closed; none of it is offered', async () => {
    const { app, panel, archivist } = office;
    const id = await signed(panel[1]);
    await be(app, archivist);
    const held = await fileOf(office, '000.8.3', 'Ditahan');
    const other = await fileOf(office, '000.8.3', 'Lain');
    const fileId = held.id;
    await app.ask('archive.fileLetter', { id, fileId });
    const before = await app.ask('archive.filing', { id });
    expect(before.filed).toMatchObject([{ movable: true }]);
    expect(before.choices.map((one) => one.title)).toContain('Lain');
    expect((await app.ask('archive.hold', { id: fileId, reason: 'Perkara' })).may).toEqual([
      'save',
      'file',
      'close',
      'lift',
    ]);
    const filing = await app.ask('archive.filing', { id });
    expect(filing).toMatchObject({ filed: [{ movable: false }], choices: [] });
    expect(await app.refused('archive.unfileLetter', { id, fileId })).toBe('ARCHIVE_HELD');
    expect(await app.refused('archive.fileLetter', { id, fileId: other.id })).toBe('ARCHIVE_HELD');
    const cover = { title: 'Ditahan, jilid 1', unit: 'SETDA', year: 2020, openedOn: '2020-03-01' };
    expect(await app.refused('archive.saveFile', { id: fileId, file: { ...cover, code: '000.8.4' } })).toBe(
      'ARCHIVE_HELD',
    );
    await app.ask('archive.saveFile', { id: fileId, file: { ...cover, code: '000.8.3' } });
    expect((await app.ask('archive.close', { id: fileId, date: '2020-03-02' })).may).toEqual(['lift']);
    expect(await app.refused('archive.reopen', { id: fileId })).toBe('ARCHIVE_HELD');
    expect((await app.ask('archive.file', { id: fileId })).items.map((one) => one.id)).toEqual([id]);

    expect((await app.ask('archive.lift', { id: fileId, reason: 'Selesai' })).may).toContain('reopen');
    await app.ask('archive.reopen', { id: fileId });
    await app.ask('archive.fileLetter', { id, fileId: other.id });
    expect((await app.ask('archive.filing', { id })).filed).toMatchObject([{ title: 'Lain' }]);
  }, 60_000);
});

describe('a longer retention', () => {
  it('holds for a file that a proposal lets go of, and stops a destruction that was agreed on', async () => {
    const { app, panel, archivist, head } = office;
    const letter = await signed(panel[1]);
    const file = await closedWith([letter], 'Jadwal baru');
    day('2025-06-03');
    const first = await upToMinutes(office, [file]);
    await retention(2, 18);
    await be(app, head);
    expect(await app.refused('archive.execute', destroy(first.id))).toBe('ARCHIVE_NOT_DUE');
    expect(await app.ask('archive.proposal', { id: first.id })).toMatchObject({ state: 'recorded' });
    expect((await app.ask('letters.document', { id: letter })).pdf.length).toBeGreaterThan(1000);
    await be(app, archivist);
    await app.ask('archive.withdraw', { id: first.id, reason: 'Jadwal berubah' });
    expect(await app.ask('archive.file', { id: file })).toMatchObject({
      state: 'closed',
      phase: 'inactive',
      inactiveFrom: '2022-03-02',
      dueFrom: '2040-03-02',
    });
    const again = {
      kind: 'destruction' as const,
      fileIds: [file],
      panel: panel.map((one) => one.accountId),
      approverId: head.accountId,
      note: '',
    };
    expect(await app.refused('archive.propose', again)).toBe('ARCHIVE_NOT_DUE');
    await retention(2, 3);
    expect(await app.ask('archive.file', { id: file })).toMatchObject({ dueFrom: '2025-03-02' });
    await app.ask('archive.propose', again);
  }, 90_000);
});

describe('a berita acara', () => {
  it('is of the letters that go: where others would, nothing is destroyed', async () => {
    const { app, panel, archivist, head } = office;
    const [goes, changes] = [await signed(panel[1]), await signed(panel[1])];
    const file = await closedWith([goes, changes], 'Dua surat');
    const elsewhere = await fileOf(office, '000.8.4', 'Milik DINKES', 'DINKES');
    const there = { id: changes, fileId: elsewhere.id };
    day('2025-06-03');
    const { id } = await upToMinutes(office, [file]);
    // Another unit keeps one of them by now.
    await be(app, archivist);
    await app.ask('archive.fileLetter', there);
    await be(app, head);
    expect(await app.refused('archive.execute', destroy(id))).toBe('PROPOSAL_CHANGED');
    for (const letter of [goes, changes])
      expect((await app.ask('letters.document', { id: letter })).pdf.length).toBeGreaterThan(1000);

    // Made again, the berita acara says that it stays; then nobody keeps it any more.
    await be(app, archivist);
    await app.ask('archive.withdraw', { id, reason: 'Surat disimpan DINKES' });
    const second = await upToMinutes(office, [file]);
    expect(second.list[0]?.items.filter((one) => one.alsoIn.length > 0).map((one) => one.id)).toEqual([
      changes,
    ]);
    await be(app, archivist);
    await app.ask('archive.unfileLetter', there);
    await be(app, head);
    expect(await app.refused('archive.execute', destroy(second.id))).toBe('PROPOSAL_CHANGED');
    await be(app, archivist);
    await app.ask('archive.fileLetter', there);
    await be(app, head);
    await app.ask('archive.execute', destroy(second.id));
    expect(await app.refused('letters.document', { id: goes })).toBe('LETTER_DESTROYED');
    expect((await app.ask('letters.document', { id: changes })).pdf.length).toBeGreaterThan(1000);
  }, 90_000);
});

describe('a destroyed letter', () => {
  it('waits for nobody, and nothing can be done with it, also when its answer is taken back', async () => {
    const { app, panel, archivist, head } = office;
    const [receiver, colleague] = [panel[1], panel[0]];
    const waits = await signed(receiver);
    const unread = await signed(receiver);
    const answered = await signed(receiver);
    await be(app, receiver);
    await app.ask('identity.createTest', { signingPassphrase: receiver.signingPassphrase });
    await app.ask('incoming.claim', { id: waits, accountId: receiver.accountId, takeOver: false });
    const given = await app.ask('dispositions.give', {
      letterId: waits,
      parentTaskId: null,
      receivers: [colleague.accountId],
      instructions: [],
      note: 'Pelajari',
      deadline: null,
    });
    const taskId = given.dispositions[0]?.tasks[0]?.id ?? '';
    const { id: reply, content } = await app.ask('incoming.reply', { id: answered, evenThough: false });
    const { revision: first } = await app.ask('letters.get', { id: reply });
    const { revision } = await app.ask('letters.saveDraft', {
      id: reply,
      revision: first,
      content: { ...content, body: letterContent('').body },
    });
    await app.ask('letters.sign', { id: reply, revision, signingPassphrase: receiver.signingPassphrase });

    const counted = async (who: TestPerson): Promise<Partial<Counters>> => {
      await be(app, who);
      const { sentUnread: _own, ...counters } = await app.ask('home.counters', {});
      return Object.fromEntries(Object.entries(counters).filter(([, n]) => n > 0));
    };
    // Whoever answers a letter has read it.
    expect(await counted(receiver)).toMatchObject({ incomingUnread: 1, notFollowedUp: 1, given: 1 });
    const file = await closedWith([waits, unread, answered], 'Selesai');
    day('2025-06-03');
    const { id } = await upToMinutes(office, [file]);
    await be(app, head);
    await app.ask('archive.execute', destroy(id));

    expect(await counted(receiver)).toEqual({});
    expect(await counted(colleague)).toEqual({});
    await be(app, receiver);
    expect((await app.ask('notices.list', {})).filter((one) => one.readAt === null)).toEqual([]);
    const part = { id: waits, accountId: receiver.accountId };
    const tree = await app.ask('dispositions.tree', { letterId: waits });
    expect(tree.mayGive).toBe(false);
    expect(tree.dispositions.flatMap((one) => one.tasks.flatMap((task) => task.may))).toEqual([]);
    for (const letter of [waits, unread, answered])
      expect(await app.ask('incoming.read', { id: letter })).toMatchObject({
        followUps: [{ may: [] }],
        mayReply: false,
        mayCorrect: false,
        mayVoid: false,
      });
    const again = {
      letterId: waits,
      parentTaskId: null,
      receivers: [archivist.accountId],
      instructions: [],
      note: 'Lagi',
      deadline: null,
    };
    expect(await app.refused('dispositions.give', again)).toBe('LETTER_DESTROYED');
    expect(await app.refused('dispositions.return', { taskId, text: 'Lagi' })).toBe('LETTER_DESTROYED');
    expect(await app.refused('incoming.claim', { ...part, takeOver: true })).toBe('LETTER_DESTROYED');
    expect(await app.refused('incoming.unclaim', part)).toBe('LETTER_DESTROYED');
    expect(await app.refused('incoming.settle', { ...part, how: 'not-needed', reason: 'x' })).toBe(
      'LETTER_DESTROYED',
    );
    expect(await app.refused('incoming.reopen', part)).toBe('LETTER_DESTROYED');
    expect(await app.refused('incoming.reply', { id: waits, evenThough: true })).toBe('LETTER_DESTROYED');
    await be(app, colleague);
    expect(await app.refused('dispositions.note', { taskId, text: 'Selesai', percent: null })).toBe(
      'LETTER_DESTROYED',
    );

    // Nobody has opened the answer: it is taken back, and what it answered does not wait again.
    await be(app, receiver);
    await app.ask('letters.withdrawSent', { id: reply, reason: 'Keliru' });
    expect(await counted(receiver)).toEqual({});
  }, 120_000);
});
