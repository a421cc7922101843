import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPerson } from '../../../src/main/core/accounts/people.ts';
import {
  issueNumber,
  openReservation,
  releaseNumber,
  reserveNumber,
} from '../../../src/main/core/letters/numbering.ts';
import { createLetter } from '../../../src/main/core/letters/store.ts';
import { createVault, sql, type Vault } from '../../../src/main/core/vault/index.ts';
import { administrator, letterContent } from '../../fixtures/engine.ts';

const at = new Date('2026-11-22T03:00:00Z');
let folder: string;
let vault: Vault;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-numbers-'));
  const options = { folder, cost: { memory: 256, passes: 1 }, now: at };
  vault = (await createVault(options, { accountId: 'a', username: 'a' }, 'sandi yang panjang')).vault;
  vault.write((db) => insertPerson(db, 'a', administrator, ['administrator'], at, '2026-11-22', true));
});
afterAll(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

interface BookRow {
  readonly sequence: number;
  readonly state: string;
  readonly reason: string | null;
}

const book = (unit: string): BookRow[] =>
  vault.read.all<BookRow>(
    sql`SELECT sequence, state, reason FROM number_book WHERE unit = ${unit} ORDER BY sequence`,
  );

function reserve(unit: string, year = 2026): { id: string; number: string; sequence: number } {
  return vault.write((db) => {
    const id = createLetter(db, letterContent('Uji nomor'), { accountId: 'a', post: '', unit }, at);
    const request = {
      letterId: id,
      register: 'keluar',
      unit,
      year,
      style: {
        template: '{classification}/{sequence}/{unit}/{year}',
        padding: 1,
        insertion: 'decimal' as const,
      },
      start: 1,
      classification: '000.8.3',
      security: 'biasa' as const,
      date: `${year}-11-22`,
      mayInsert: false,
    };
    const { number, sequence } = reserveNumber(db, request, at);
    return { id, number, sequence };
  });
}

function reservationOf(id: string) {
  const reservation = openReservation(vault.read, id);
  if (!reservation) throw new Error('no reservation');
  return reservation;
}

describe('the number book', () => {
  it('formats by the profile’s template and restarts with unit and year', () => {
    expect(reserve('ORG').number).toBe('000.8.3/1/ORG/2026');
    expect(reserve('ORG').number).toBe('000.8.3/2/ORG/2026');
    expect(reserve('UMUM').number).toBe('000.8.3/1/UMUM/2026');
    expect(reserve('ORG', 2027).number).toBe('000.8.3/1/ORG/2027');
  });

  it('gives the last number back and keeps an earlier one as batal with its reason', () => {
    const first = reserve('HUKUM');
    const second = reserve('HUKUM');
    expect(
      vault.write((db) =>
        releaseNumber(db, reservationOf(first.id), { reason: 'salah alamat', by: 'a', seen: false }, at),
      ),
    ).toBe('batal');
    expect(
      vault.write((db) =>
        releaseNumber(db, reservationOf(second.id), { reason: 'ditunda', by: 'a', seen: false }, at),
      ),
    ).toBe('returned');
    expect(book('HUKUM')).toEqual([{ sequence: 1, state: 'batal', reason: 'salah alamat' }]);
    expect(reserve('HUKUM').sequence).toBe(2);
  });

  it('settles a reservation once', () => {
    const { id } = reserve('SEKALI');
    const reservation = reservationOf(id);
    vault.write((db) => issueNumber(db, reservation, at));
    expect(() => vault.write((db) => issueNumber(db, reservation, at))).toThrow('NOT_FOUND');
    expect(() =>
      vault.write((db) => releaseNumber(db, reservation, { reason: 'x', by: 'a', seen: false }, at)),
    ).toThrow('NOT_FOUND');
  });

  it('has no gap and no double, whatever the order of reserving, issuing and releasing', () => {
    let run = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('reserve', 'issue', 'release'), fc.nat(20)), { maxLength: 40 }),
        (steps) => {
          run += 1;
          const unit = `ACAK${run}`;
          const open: string[] = [];
          const model = new Map<number, 'reserved' | 'issued' | 'batal'>();
          const sequenceOf = new Map<string, number>();
          for (const [step, pick] of steps) {
            if (step === 'reserve') {
              const made = reserve(unit);
              expect(made.sequence).toBe(Math.max(0, ...model.keys()) + 1);
              model.set(made.sequence, 'reserved');
              sequenceOf.set(made.id, made.sequence);
              open.push(made.id);
              continue;
            }
            const [id] = open.splice(pick % Math.max(1, open.length), 1);
            if (id === undefined) continue;
            const sequence = sequenceOf.get(id) ?? 0;
            const reservation = reservationOf(id);
            if (step === 'issue') {
              vault.write((db) => issueNumber(db, reservation, at));
              model.set(sequence, 'issued');
            } else {
              const fate = vault.write((db) =>
                releaseNumber(db, reservation, { reason: 'uji', by: 'a', seen: false }, at),
              );
              if (sequence === Math.max(...model.keys())) {
                expect(fate).toBe('returned');
                model.delete(sequence);
              } else {
                expect(fate).toBe('batal');
                model.set(sequence, 'batal');
              }
            }
          }
          const rows = book(unit);
          expect(rows.map((row) => row.sequence)).toEqual([...model.keys()].sort((a, b) => a - b));
          expect(rows.map((row) => row.state)).toEqual(rows.map((row) => model.get(row.sequence)));
          expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
        },
      ),
      { numRuns: 40 },
    );
  });
});
