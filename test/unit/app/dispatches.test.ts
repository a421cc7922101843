import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as dispatches from '../../../src/main/core/app/dispatches.ts';
import { counters, list as letters } from '../../../src/main/core/app/inbox.ts';
import { page } from '../../../src/main/core/app/registers.ts';
import type { Dispatch, NewDispatch } from '../../../src/main/core/contract/dispatch.ts';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import type { SecurityClass } from '../../../src/main/core/contract/letters.ts';
import type { RegisterBook } from '../../../src/main/core/contract/registers.ts';
import { sql } from '../../../src/main/core/vault/index.ts';
import { letterContent, signingPassphrase, type TestApp, type TestClock } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { bookDesk, type BookDesk } from '../../fixtures/registers.ts';
import { openDesk, type Desk } from './desk.ts';

const handed = (more: Partial<NewDispatch> = {}): NewDispatch => ({
  role: 'to',
  place: 0,
  destination: 'Camat Sukadana',
  copies: 1,
  carrier: 'Kurir',
  receiver: 'Andi',
  handedAt: '2026-11-21T04:00:00.000Z',
  ...more,
});

describe('the expedition book', () => {
  let desk: Desk;
  let books: BookDesk;
  let number = 0;
  beforeEach(async () => {
    desk = await openDesk();
    books = await bookDesk(desk);
    number = 0;
    books.as('boss');
  });
  afterEach(() => desk.close());

  /** Of 'boss', signed the day before yesterday at ten, to one outside and one copy outside. */
  const signed = (security: SecurityClass = 'biasa'): string =>
    books.numbered({ sequence: (number += 1), date: '2026-11-20', subject: 'Undangan', security });
  const notSent = (): number => counters(desk.context).notSent;
  const record = (id: string, ...entries: readonly NewDispatch[]) =>
    dispatches.record(desk.context, { id, entries });
  const bookOf = (book: RegisterBook) => {
    const ask = { book, unit: 'SETDA', from: '2026-11-01', until: '2026-11-30', register: null };
    return page(desk.context, { ...ask, before: null }).rows;
  };
  const refusal = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
    return 'none';
  };

  it('says what was handed over, and the letter no longer counts as not sent', () => {
    const id = signed();
    expect(notSent()).toBe(1);
    expect(dispatches.list(desk.context, { id })).toMatchObject({
      may: true,
      outside: [
        { role: 'to', place: 0, name: 'Camat Sukadana', sentAt: null },
        { role: 'copy', place: 0, name: 'Inspektur', sentAt: null },
      ],
      dispatches: [],
    });
    record(id, handed());
    expect(notSent()).toBe(1);
    books.as('registrar');
    expect(letters(desk.context, { folder: 'notSent' })).toMatchObject([{ id }]);
    const state = record(id, handed({ role: 'copy', destination: '', carrier: 'Pos', receiver: '' }));
    expect(state.dispatches).toMatchObject([
      { year: 2026, sequence: 2, destination: 'Inspektur', by: 'Pegawai registrar' },
      { year: 2026, sequence: 1, destination: 'Camat Sukadana', receiver: 'Andi', by: 'Siti Rahmawati' },
    ]);
    expect(notSent()).toBe(0);
    expect(bookOf('expedition')).toMatchObject([
      { sequence: 2, destination: 'Inspektur', subject: 'Undangan' },
      { sequence: 1, number: '000/1/surat-keluar/SETDA/2026', copies: 1, carrier: 'Kurir' },
    ]);
    expect(bookOf('outgoing')).toMatchObject([{ sentOn: '2026-11-21' }]);
    expect(desk.log('dispatch.recorded').map((one) => one.facts)).toEqual([
      { unit: 'SETDA', numbers: '1/2026' },
      { unit: 'SETDA', numbers: '2/2026' },
    ]);
  });

  it('keeps a voided number as batal; the letter goes back to the handover before, or to none', () => {
    const id = signed();
    const later = handed({ handedAt: '2026-11-21T06:00:00.000Z' });
    record(id, handed(), later, handed({ role: 'copy' }));
    const voided = (sequence: number) =>
      dispatches.voidOne(desk.context, { id, year: 2026, sequence, reason: 'salah alamat' });
    const after = voided(2);
    expect(after.dispatches[1]).toMatchObject({ sequence: 2, batal: true, reason: 'salah alamat' });
    expect(after.outside[0]).toMatchObject({ sentAt: '2026-11-21T04:00:00.000Z' });
    expect(voided(1).outside[0]).toMatchObject({ sentAt: null });
    expect(notSent()).toBe(1);
    expect(refusal(() => voided(1))).toBe('NOT_FOUND');
    expect(refusal(() => dispatches.voidOne(desk.context, { id, year: 2026, sequence: 3, reason: '' }))).toBe(
      'BAD_REQUEST',
    );
    expect(record(id, handed()).dispatches[0]).toMatchObject({ sequence: 4 });
    // Of another letter it is no number at all.
    const other = signed();
    expect(
      refusal(() => dispatches.voidOne(desk.context, { id: other, year: 2026, sequence: 4, reason: 'x' })),
    ).toBe('NOT_FOUND');
  });

  it('writes all of what is recorded at once, or nothing', () => {
    const id = signed();
    const wrong = [
      [handed({ place: 7 }), 'NOT_FOUND'],
      [handed({ handedAt: '2026-11-22T03:00:01.000Z' }), 'DISPATCH_TIME_WRONG'],
      [handed({ handedAt: '2026-11-20T02:59:00.000Z' }), 'DISPATCH_TIME_WRONG'],
    ] as const;
    for (const [entry, code] of wrong) expect(refusal(() => record(id, handed(), entry))).toBe(code);
    expect(dispatches.list(desk.context, { id }).dispatches).toEqual([]);
    expect(notSent()).toBe(1);
  });

  it('is written by nobody else, and only while the letter is in force', () => {
    const id = signed();
    for (const one of ['elsewhere', 'staff', 'archivist']) {
      books.as(one);
      expect(refusal(() => record(id, handed()))).toBe('NOT_FOUND');
    }
    // An archivist reads the letter; its handovers are others' business.
    expect(dispatches.list(desk.context, { id })).toEqual({ outside: [], dispatches: [], may: false });
    books.as('elsewhere');
    expect(refusal(() => dispatches.list(desk.context, { id }))).toBe('NOT_FOUND');
    books.as('boss');
    desk.vault.write((db) => db.run(sql`UPDATE letter SET state = 'withdrawn' WHERE id = ${id}`));
    expect(refusal(() => record(id, handed()))).toBe('LETTER_NOT_EDITABLE');
    expect(dispatches.list(desk.context, { id }).may).toBe(false);
  });

  it('of a sealed letter keeps no words: its author alone writes and sees to whom', () => {
    const id = signed('rahasia');
    books.as('registrar');
    expect(refusal(() => record(id, handed()))).toBe('NOT_FOUND');
    books.as('boss');
    expect(record(id, handed({ destination: 'rahasia sekali' })).dispatches).toMatchObject([
      { destination: 'Camat Sukadana' },
    ]);
    books.as('registrar');
    const rows = bookOf('expedition');
    expect(rows).toMatchObject([{ destination: '', subject: null, sealed: true, letterId: null }]);
    expect(JSON.stringify(rows)).not.toMatch(/Camat|sekali/);
    expect(JSON.stringify(desk.vault.read.all(sql`SELECT * FROM dispatch`))).not.toMatch(/Camat|sekali/);
    books.as('boss');
    const voided = { id, year: 2026, sequence: 1, reason: 'rahasia sekali' };
    expect(dispatches.voidOne(desk.context, voided).dispatches).toMatchObject([{ batal: true, reason: '' }]);
    for (const table of ['dispatch', 'audit'] as const)
      expect(
        JSON.stringify(desk.vault.read.all({ text: `SELECT * FROM ${table}`, values: [] })),
      ).not.toContain('sekali');
    // Also one that was written before the reason was left out.
    desk.vault.write((db) => db.run(sql`UPDATE dispatch SET reason = 'sekali' WHERE letter_id = ${id}`));
    books.as('registrar');
    expect(bookOf('expedition')).toMatchObject([{ batal: true, remark: '' }]);
  });
});

describe('numbers of the expedition book', () => {
  let app: TestApp;
  let clock: TestClock;
  officeForEachTest('2026-12-30T03:00:00Z', async (office) => {
    ({ app, clock } = office);
    await app.ask('identity.createTest', { signingPassphrase });
  });

  it('have no gap, however many write at once, and begin anew each year by the day of the handover', async () => {
    const ids: string[] = [];
    for (const subject of ['Satu', 'Dua']) {
      const { id, revision } = await app.draft(letterContent(subject));
      await app.ask('letters.sign', { id, revision, signingPassphrase });
      ids.push(id);
    }
    clock.now = new Date('2026-12-31T18:00:00Z');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        app.ask('dispatch.record', {
          id: ids[n % 2] ?? '',
          // Half past midnight of the new year in the regency.
          entries: [
            handed({ handedAt: n % 5 === 4 ? '2026-12-31T17:30:00.000Z' : '2026-12-30T04:00:00.000Z' }),
          ],
        }),
      ),
    );
    const all: Dispatch[] = [];
    for (const id of ids) all.push(...(await app.ask('dispatch.list', { id })).dispatches);
    const numbers = (year: number): number[] =>
      all
        .filter((one) => one.year === year)
        .map((one) => one.sequence)
        .toSorted((a, b) => a - b);
    expect(numbers(2026)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    expect(numbers(2027)).toEqual([1, 2, 3, 4]);
  });
});
