import { describe, expect, it } from 'vitest';
import { contentOf, mergeRows, suggestColumns } from '../../../src/main/core/app/merge-rows.ts';
import { readCsv } from '../../../src/main/core/addresses/index.ts';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import type { MergeColumns } from '../../../src/main/core/contract/merge.ts';
import { addMerge, createLetter, openKeyring } from '../../../src/main/core/letters/index.ts';
import { Connection } from '../../../src/main/core/vault/sql.ts';
import { schemaVersion } from '../../../src/main/core/vault/migrate.ts';
import type { Person } from '../../../src/main/core/contract/people.ts';
import { administrator, letterContent, type TestApp } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { all, databaseOfVersion } from '../../migrations/support.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

const csv = (text: string): Uint8Array => new TextEncoder().encode(text);
const columns: MergeColumns = { name: 0, place: 1, nip: null, variables: { desa: 2 } };

const circular = (security: LetterContent['security'] = 'biasa'): LetterContent => ({
  ...letterContent('Undangan rapat ${desa}'),
  security,
  copies: [{ accountId: null, name: 'Bupati', place: '' }],
  body: [{ type: 'paragraph', content: [{ type: 'text', text: 'Kami mengundang kepala desa ${desa}.' }] }],
});

const table = (rows: number): string =>
  `Nama,Tempat,Desa\n${Array.from({ length: rows }, (_, at) => `Camat ${at + 1},Kota ${at + 1},Desa ${at + 1}`).join('\n')}`;

describe('a letter and a table', () => {
  const judge = (text: string, chosen = columns) => {
    const { ready, problems } = mergeRows(circular(), readCsv(csv(text)), chosen, []);
    return {
      ready: ready.map(({ row }) => row),
      told: problems.map(({ row, code, column, first }) =>
        [row, code, column, first].filter(Boolean).join(' '),
      ),
    };
  };

  it('give one letter for each row, with its words', () => {
    const { ready } = mergeRows(circular(), readCsv(csv(table(2))), columns, []);
    const [, second] = ready.map((row) => contentOf(circular(), row));
    expect(second?.recipients).toEqual([{ accountId: null, name: 'Camat 2', place: 'Kota 2' }]);
    expect(second?.subject).toBe('Undangan rapat Desa 2');
    expect(JSON.stringify(second?.body)).toContain('kepala desa Desa 2.');
    expect(second?.copies).toEqual(circular().copies);
  });

  it('that do not fit are told row by row', () => {
    const text = [
      'Nama,Tempat,Desa',
      ',X,A',
      'Camat 1,X,A',
      'camat 1.,x,B',
      '=CMD(),X,+62',
      'Camat 2,X,',
      'Camat 3,X,A,lebih',
      `Camat 4,X,${'a'.repeat(4001)}`,
      'Camat 5',
    ].join('\n');
    const { ready, told } = judge(text);
    expect(told).toEqual([
      '2 NAME_EMPTY Nama',
      '4 DOUBLE Nama 3',
      '5 FORMULA Nama',
      '5 FORMULA Desa',
      '6 VALUE_EMPTY Desa',
      '7 CELLS',
      '8 CELL_LONG Desa',
      '8 CELL_LONG',
      '9 VALUE_EMPTY Desa',
    ]);
    expect(ready).toEqual([3, 5, 6, 9]);
  });

  it('never evaluate a cell, nor read a variable out of one', () => {
    const text = 'Nama,Tempat,Desa\n=1+1,X,${desa} ${lain}';
    const { ready } = mergeRows(circular(), readCsv(csv(text)), columns, []);
    const [first] = ready.map((row) => contentOf(circular(), row));
    expect(first?.recipients[0]?.name).toBe('=1+1');
    expect(first?.subject).toBe('Undangan rapat ${desa} ${lain}');
  });

  it('make nothing while a variable has no column, unless it shall stay as it is', () => {
    const none = { ...columns, variables: {} };
    expect(judge(table(2), none)).toEqual({ ready: [], told: ['VARIABLE_COLUMN desa'] });
    const kept = judge(table(2), { ...columns, variables: { desa: 'keep' } });
    expect(kept).toEqual({ ready: [2, 3], told: ['VARIABLE_KEPT desa'] });
    expect(() => judge(table(1), { ...columns, place: 3 })).toThrow('MERGE_COLUMNS_WRONG');
  });

  it('find the person of the vault by NIP, else by a post that one of them alone holds', () => {
    const posts = (...titles: string[]): Person['posts'] =>
      titles.map((title) => ({
        id: title,
        status: 'definitif',
        title,
        unit: 'ORG',
        from: '2026-01-01',
        until: null,
        printed: title,
        valid: true,
      }));
    const { post: _post, unit: _unit, ...plain } = administrator;
    const one = (accountId: string, nip: string, ...titles: string[]): Person => ({
      ...plain,
      accountId,
      nip,
      post: '',
      unit: '',
      roles: [],
      posts: posts(...titles),
      revoked: accountId === 'gone',
      activated: true,
    });
    const people = [
      one('a-1', '1970 01', 'Kepala Bagian A', 'Plt. Kepala Bagian B'),
      one('a-2', '', 'Staf'),
      one('a-3', '', 'Staf'),
      one('gone', '1980', 'Kepala Lama'),
    ];
    const text =
      'Nama,Tempat,Desa,NIP\nkepala bagian a,,x,\nPlt. Kepala Bagian B,,x,\nStaf,,x,\nSiapa saja,,x,197001\nKepala Lama,,x,1980';
    const { ready, problems } = mergeRows(circular(), readCsv(csv(text)), { ...columns, nip: 3 }, people);
    expect(ready.map((row) => row.addressee.accountId)).toEqual(['a-1', 'a-1', null, 'a-1', null]);
    expect(problems.map(({ row, code }) => [row, code])).toEqual([[6, 'NIP_UNKNOWN']]);
  });

  it('are joined by their headings where these say enough', () => {
    expect(suggestColumns(['NIP', 'Kota', 'Penerima', 'Nama Desa'], ['nama_desa', 'lain'])).toEqual({
      name: 2,
      place: 1,
      nip: 0,
      variables: { nama_desa: 3 },
    });
    expect(suggestColumns(['Kolom', 'X'], [])).toBeNull();
  });
});

describe('a merge', () => {
  let app: TestApp;
  let head: TestPerson;
  officeForEachTest('2026-11-23T02:00:00Z', (office) => {
    ({ app, head } = office);
  });
  const make = async (
    content: LetterContent,
    text: string,
    more: Partial<{ columns: MergeColumns; leaveOut: boolean }> = {},
  ) => {
    const { id, revision } = await app.ask('letters.create', { kind: content.kind });
    const saved = await app.ask('letters.saveDraft', { id, revision, content });
    const input = { id, revision: saved.revision, csv: csv(text), columns, leaveOut: false, ...more };
    return { id, input, made: () => app.ask('merge.create', input) };
  };
  const drafts = async () => app.ask('letters.list', { folder: 'drafts' });

  it('makes 37 drafts, is signed as a batch, and tells whom they reached', async () => {
    const { accountId } = await invite(app, 'kominfo', ['drafter']);
    await app.ask('identity.createTest', { signingPassphrase: head.signingPassphrase });
    const text = table(37).replace('Camat 5,', 'Kepala Dinas Komunikasi dan Informatika,');
    const { id, input, made } = await make(circular(), text);

    const told = await app.ask('merge.check', { id, csv: input.csv, columns: null });
    expect(told).toMatchObject({ rows: 37, ready: 37, problems: [], variables: ['desa'], columns });
    const seen = await app.ask('merge.preview', { id, csv: input.csv, columns, at: 4 });
    expect(seen).toMatchObject({ row: 6, addressee: { accountId }, subject: 'Undangan rapat Desa 5' });
    expect(seen.preview.pdf?.length).toBeGreaterThan(1000);
    expect(await drafts()).toHaveLength(1);

    const merge = await made();
    expect(merge).toMatchObject({ sourceId: id, letters: 37, drafts: 37, subject: 'Undangan rapat ${desa}' });
    expect(await drafts()).toHaveLength(38);
    const { rows } = await app.ask('merge.get', { id: merge.id });
    expect(rows.map((row) => row.addressee.name).slice(3, 6)).toEqual([
      'Camat 4',
      'Kepala Dinas Komunikasi dan Informatika',
      'Camat 6',
    ]);
    const some = rows.slice(3, 6).map((row) => row.letterId);
    const candidates = await app.ask('batch.check', { ids: some });
    expect(candidates.flatMap((one) => one.problems)).toEqual([]);
    await app.ask('batch.start', {
      letters: candidates.map(({ id: letter, revision }) => ({ id: letter, revision })),
      mode: 'all',
      signingPassphrase: head.signingPassphrase,
    });
    await app.engine.app.settled();
    const after = await app.ask('merge.get', { id: merge.id });
    expect(after).toMatchObject({ drafts: 34, delivered: 1, read: 0 });
    expect(new Set(after.rows.flatMap((row) => row.number ?? [])).size).toBe(3);
    expect(after.rows[4]?.deliveredAt).not.toBeNull();
    expect(after.rows[3]?.deliveredAt).toBeNull();

    // What is signed stays; the rest goes as a whole, and can be brought back letter by letter.
    expect(await app.ask('merge.discard', { id: merge.id })).toEqual({ discarded: 34 });
    expect((await drafts()).map((row) => row.id)).toEqual([id]);
    expect(await app.ask('merge.list', {})).toMatchObject([{ drafts: 0, discarded: 34, letters: 37 }]);
    await app.ask('letters.restore', { id: rows[0]?.letterId ?? '' });
    const log = await app.ask('audit.list', { before: null });
    const acts = log.lines.filter((line) => line.action.startsWith('merge.'));
    expect(acts.map((line) => [line.action, line.facts])).toEqual([
      ['merge.discarded', { letters: 34 }],
      ['merge.created', { letters: 37, leftOut: 0 }],
    ]);
  }, 30_000);

  it('with rows that are wrong is refused until they are left out', async () => {
    const text = `${table(3)}\n,X,A\nCamat 1,Kota 1,B`;
    const { input, made } = await make(circular(), text);
    await expect(made()).rejects.toThrow('MERGE_ROWS_WRONG {"count":2}');
    expect(await drafts()).toHaveLength(1);
    expect(await app.ask('merge.create', { ...input, leaveOut: true })).toMatchObject({ letters: 3 });
    const later = { ...input, revision: input.revision - 1, leaveOut: true };
    expect(await app.refused('merge.create', later)).toBe('LETTER_CHANGED_ELSEWHERE');
    const all = { ...input, csv: csv('Nama,T,D\n,X,A'), leaveOut: true };
    expect(await app.refused('merge.create', all)).toBe('MERGE_ROWS_WRONG');
  });

  it('of a sealed letter seals each of them to its author alone', async () => {
    const other = await invite(app, 'lain', ['drafter', 'administrator']);
    const { made } = await make(circular('rahasia'), table(3));
    const merge = await made();
    const { rows } = await app.ask('merge.get', { id: merge.id });
    expect(rows.map((row) => row.addressee.name)).toEqual(['Camat 1', 'Camat 2', 'Camat 3']);
    const letter = await app.ask('letters.get', { id: rows[1]?.letterId ?? '' });
    expect(letter.security).toBe('rahasia');
    expect(letter.content.subject).toBe('Undangan rapat Desa 2');
    await activate(app, other);
    expect(await app.ask('merge.list', {})).toEqual([]);
    expect(await app.refused('merge.get', { id: merge.id })).toBe('NOT_FOUND');
    expect(await app.refused('merge.discard', { id: merge.id })).toBe('NOT_FOUND');
    expect(await app.refused('letters.get', { id: letter.id })).toBe('NOT_FOUND');
  });

  it('that fails in the middle has made nothing', () => {
    const old = databaseOfVersion(schemaVersion);
    try {
      old.db
        .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
        VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
      const db = new Connection(old.db);
      const sender = { accountId: 'a-1', post: '', unit: '' };
      const at = new Date();
      const source = db.write((write) => createLetter(write, circular(), sender, at));
      const ring = openKeyring(db, 'a-1', { publicKey: Buffer.alloc(32), privateKey: Buffer.alloc(32) });
      const none = () => {
        throw new Error('nothing is sealed here');
      };
      const make = (contents: Iterable<LetterContent>): string =>
        db.write((write) => addMerge(write, ring, source, contents, sender, none, at));
      function* failing(): Generator<LetterContent> {
        for (let n = 0; n < 20; n += 1) yield circular();
        throw new Error('the disk is full');
      }
      expect(() => make(failing())).toThrow('the disk is full');
      const counted = (): unknown[] =>
        all(old.db, 'SELECT (SELECT count(*) FROM letter) AS l, (SELECT count(*) FROM letter_merge) AS m');
      expect(counted()).toEqual([{ l: 1, m: 0 }]);
      make([circular(), circular()]);
      expect(counted()).toEqual([{ l: 3, m: 1 }]);
    } finally {
      old.remove();
    }
  });

  it('is refused for a letter that is no draft, and for somebody else', async () => {
    const { id, input } = await make(circular(), table(1));
    const other = await invite(app, 'lain', ['drafter']);
    await app.ask('letters.discard', { id });
    expect(await app.refused('merge.create', input)).toBe('LETTER_NOT_EDITABLE');
    await activate(app, other);
    expect(await app.refused('merge.create', input)).toBe('NOT_FOUND');
    expect(await app.refused('merge.check', { id, csv: input.csv, columns })).toBe('NOT_FOUND');
    await be(app, head);
  });

  it('takes 5 000 rows', async () => {
    const { id, input, made } = await make(circular(), table(5000));
    const begun = performance.now();
    expect(await app.ask('merge.check', { id, csv: input.csv, columns })).toMatchObject({ ready: 5000 });
    const checked = performance.now();
    expect(await made()).toMatchObject({ letters: 5000 });
    const done = performance.now();
    const { rows } = await app.ask('merge.get', { id: (await app.ask('merge.list', {}))[0]?.id ?? '' });
    expect(rows).toHaveLength(5000);
    const ms = (from: number, to: number): string => `${Math.round(to - from)} ms`;
    console.log(
      `merge of 5000: check ${ms(begun, checked)}, create ${ms(checked, done)}, list ${ms(done, performance.now())}`,
    );
  }, 60_000);
});
