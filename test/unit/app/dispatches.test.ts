import { describe, expect, it } from 'vitest';
import type { Dispatch, NewDispatch } from '../../../src/main/core/contract/dispatch.ts';
import type { SecurityClass } from '../../../src/main/core/contract/letters.ts';
import { letterContent, signingPassphrase, type TestApp, type TestClock } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

let app: TestApp;
let clock: TestClock;
let head: TestPerson;
let registrar: TestPerson;
let elsewhere: TestPerson;

officeForEachTest('2026-12-30T03:00:00Z', async (office) => {
  ({ app, clock, head } = office);
  registrar = await invite(app, 'tu', ['registrar'], { unit: 'SETDA' });
  elsewhere = await invite(app, 'lain', ['registrar', 'drafter'], { unit: 'DINKES' });
  await activate(app, registrar);
  await activate(app, elsewhere);
  await be(app, head);
  await app.ask('identity.createTest', { signingPassphrase });
});

async function signed(security: SecurityClass = 'biasa'): Promise<string> {
  const content = {
    ...letterContent('Undangan'),
    security,
    recipients: [{ accountId: null, name: 'Camat Sukadana', place: 'Sukadana' }],
    copies: [{ accountId: null, name: 'Inspektur', place: '' }],
  };
  const { id, revision } = await app.draft(content);
  await app.ask('letters.sign', { id, revision, signingPassphrase });
  return id;
}

const handed = (more: Partial<NewDispatch> = {}): NewDispatch => ({
  role: 'to',
  place: 0,
  destination: 'Camat Sukadana',
  copies: 1,
  carrier: 'Kurir',
  receiver: 'Andi',
  handedAt: '2026-12-30T04:00:00.000Z',
  ...more,
});

describe('the expedition book', () => {
  it('says what was handed over, and the letter no longer counts as not sent', async () => {
    const id = await signed();
    clock.now = new Date('2026-12-30T05:00:00Z');
    expect((await app.ask('home.counters', {})).notSent).toBe(1);
    expect(await app.ask('dispatch.list', { id })).toMatchObject({
      may: true,
      outside: [
        { role: 'to', place: 0, name: 'Camat Sukadana', sentAt: null },
        { role: 'copy', place: 0, name: 'Inspektur', sentAt: null },
      ],
      dispatches: [],
    });
    await app.ask('dispatch.record', { id, entries: [handed()] });
    expect((await app.ask('home.counters', {})).notSent).toBe(1);
    await be(app, registrar);
    expect(await app.ask('letters.list', { folder: 'notSent' })).toMatchObject([{ id }]);
    const state = await app.ask('dispatch.record', {
      id,
      entries: [handed({ role: 'copy', destination: '', carrier: 'Pos', receiver: '' })],
    });
    expect(state.dispatches).toMatchObject([
      { year: 2026, sequence: 2, destination: 'Inspektur', by: 'Pegawai tu' },
      { year: 2026, sequence: 1, destination: 'Camat Sukadana', receiver: 'Andi', by: 'Siti Rahmawati' },
    ]);
    expect((await app.ask('home.counters', {})).notSent).toBe(0);
    const ask = {
      book: 'expedition',
      unit: 'SETDA',
      from: '2026-12-01',
      until: '2026-12-31',
      register: null,
    } as const;
    expect((await app.ask('registers.page', { ...ask, before: null })).rows).toMatchObject([
      { sequence: 2, destination: 'Inspektur', subject: 'Undangan' },
      { sequence: 1, number: '000.8.3/1/SETDA/2026', copies: 1, carrier: 'Kurir' },
    ]);
    const out = await app.ask('registers.page', { ...ask, book: 'outgoing', before: null });
    expect(out.rows).toMatchObject([{ sentOn: '2026-12-30' }]);
    await be(app, head);
    expect((await app.ask('audit.list', { before: null })).lines.map((line) => line.action)).toContain(
      'dispatch.recorded',
    );
  });

  it('keeps a voided number as batal; the letter goes back to the handover before, or to none', async () => {
    const id = await signed();
    clock.now = new Date('2026-12-30T09:00:00Z');
    const later = handed({ handedAt: '2026-12-30T06:00:00.000Z' });
    await app.ask('dispatch.record', { id, entries: [handed(), later, handed({ role: 'copy' })] });
    const one = { id, year: 2026, reason: 'salah alamat' };
    const after = await app.ask('dispatch.void', { ...one, sequence: 2 });
    expect(after.dispatches[1]).toMatchObject({ sequence: 2, batal: true, reason: 'salah alamat' });
    expect(after.outside[0]).toMatchObject({ sentAt: '2026-12-30T04:00:00.000Z' });
    expect((await app.ask('dispatch.void', { ...one, sequence: 1 })).outside[0]).toMatchObject({
      sentAt: null,
    });
    expect((await app.ask('home.counters', {})).notSent).toBe(1);
    expect(await app.refused('dispatch.void', { ...one, sequence: 1 })).toBe('NOT_FOUND');
    const again = await app.ask('dispatch.record', { id, entries: [handed()] });
    expect(again.dispatches[0]).toMatchObject({ sequence: 4 });
  });

  it('numbers without a gap, however many write at once, anew each year by the day of the handover', async () => {
    const ids = [await signed(), await signed()];
    clock.now = new Date('2026-12-31T18:00:00Z');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        app.ask('dispatch.record', {
          id: ids[n % 2] ?? '',
          entries: [handed(n % 5 === 4 ? { handedAt: '2026-12-31T17:30:00.000Z' } : {})],
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
    // Half past midnight in the regency.
    expect(numbers(2027)).toEqual([1, 2, 3, 4]);
  });

  it('all of what is recorded at once, or nothing', async () => {
    const id = await signed();
    clock.now = new Date('2026-12-30T05:00:00Z');
    const wrong = [
      [handed({ place: 7 }), 'NOT_FOUND'],
      [handed({ handedAt: '2026-12-30T05:00:01.000Z' }), 'DISPATCH_TIME_WRONG'],
      [handed({ handedAt: '2026-12-29T05:00:00.000Z' }), 'DISPATCH_TIME_WRONG'],
    ] as const;
    for (const [entry, code] of wrong)
      expect(await app.refused('dispatch.record', { id, entries: [handed(), entry] })).toBe(code);
    expect((await app.ask('dispatch.list', { id })).dispatches).toEqual([]);
  });

  it('is written by nobody else, and only while the letter is in force', async () => {
    const id = await signed();
    clock.now = new Date('2026-12-30T05:00:00Z');
    await be(app, elsewhere);
    expect(await app.refused('dispatch.record', { id, entries: [handed()] })).toBe('NOT_FOUND');
    expect(await app.refused('dispatch.list', { id })).toBe('NOT_FOUND');
    await be(app, head);
    await app.ask('letters.withdrawSent', { id, reason: 'salah' });
    expect(await app.refused('dispatch.record', { id, entries: [handed()] })).toBe('LETTER_NOT_EDITABLE');
    expect((await app.ask('dispatch.list', { id })).may).toBe(false);
  });

  it('of a sealed letter keeps no words: its author alone writes and sees to whom', async () => {
    const id = await signed('rahasia');
    clock.now = new Date('2026-12-30T05:00:00Z');
    await be(app, registrar);
    expect(await app.refused('dispatch.record', { id, entries: [handed()] })).toBe('NOT_FOUND');
    await be(app, head);
    const { dispatches } = await app.ask('dispatch.record', {
      id,
      entries: [handed({ destination: 'rahasia sekali' })],
    });
    expect(dispatches).toMatchObject([{ destination: 'Camat Sukadana' }]);
    await be(app, registrar);
    const ask = {
      book: 'expedition',
      unit: 'SETDA',
      from: '2026-12-01',
      until: '2026-12-31',
      register: null,
    } as const;
    const page = await app.ask('registers.page', { ...ask, before: null });
    expect(page.rows).toMatchObject([{ destination: '', subject: null, sealed: true, letterId: null }]);
    expect(JSON.stringify(page)).not.toMatch(/Camat|sekali/);
  });
});
