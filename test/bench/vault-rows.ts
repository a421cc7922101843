import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openDatabase } from '../../src/main/core/vault/database.ts';
import { migrate } from '../../src/main/core/vault/migrate.ts';
import { modesOf } from '../../src/main/core/vault/modes.ts';
import { Connection, sql, type WriteDb } from '../../src/main/core/vault/sql.ts';

/** Databases with letters in them, for the figures of the vault. */
export interface BenchDatabase {
  readonly raw: Database.Database;
  readonly db: Connection;
}

/** As the vault opens its own. */
export function encryptedDatabase(folder: string): BenchDatabase {
  const opening = {
    path: join(folder, 'encrypted.db'),
    key: randomBytes(32),
    create: true,
    modes: modesOf(false),
  };
  const raw = openDatabase(opening, () => undefined).db;
  return { raw, db: new Connection(raw) };
}

/** The same library without a key, with the same pragmas and the same schema. */
export function plainDatabase(folder: string): BenchDatabase {
  const raw = new Database(join(folder, 'plain.db'));
  for (const pragma of [
    'temp_store = MEMORY',
    'journal_mode = WAL',
    'synchronous = FULL',
    'cache_size = -65536',
    'secure_delete = ON',
  ])
    raw.pragma(pragma);
  migrate(raw, () => undefined);
  raw.pragma('foreign_keys = ON');
  return { raw, db: new Connection(raw) };
}

const people = 20;

export const accountOf = (n: number): string => `orang-${n % people}`;

/** Twenty people of one office who write to each other. */
export function addPeople(db: WriteDb): void {
  db.run(sql`INSERT INTO unit (code, name) VALUES ('BENCH', 'BENCH') ON CONFLICT DO NOTHING`);
  for (let n = 0; n < people; n += 1)
    db.run(sql`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
      VALUES (${accountOf(n)}, ${accountOf(n)}, ${`Pegawai ${n}`}, '', '', '', '', '2026-01-01T00:00:00.000Z',
        '2026-01-01T00:00:00.000Z')`);
}

/** Some 700 bytes, as a short letter has. */
export const contentText = JSON.stringify({
  kind: 'surat-dinas',
  classification: '000.8.3',
  urgency: 'segera',
  security: 'biasa',
  postId: null,
  attachments: '',
  subject: 'Laporan bulanan',
  recipients: [{ accountId: null, name: 'Kepala Dinas Komunikasi dan Informatika', place: 'Sukadana' }],
  copies: [],
  body: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Bersama ini kami sampaikan laporan bulan ini untuk diketahui. '.repeat(5) },
      ],
    },
  ],
  event: null,
});

export const letterId = (n: number): string => `surat-${String(n).padStart(10, '0')}`;

/** One signed letter with everything that the indexes are over: the letter, its receiver, its number. */
export function insertLetter(db: WriteDb, n: number): void {
  const id = letterId(n);
  const at = '2026-11-22T03:00:00.000Z';
  db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, frozen, number, letter_date,
      created_at, updated_at, signed_at, sender_post, sender_unit)
    VALUES (${id}, 'surat-dinas', 'signed', 'segera', ${`Laporan bulanan ${n}`}, ${accountOf(n)}, 2, ${contentText}, '{}',
      ${`000.8.3/${n}/BENCH/2026`}, '2026-11-22', ${at}, ${at}, ${at}, 'Kepala', 'BENCH')`);
  db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position, author_id)
    SELECT ${id}, 'to', 0, ${accountOf(n + 1)}, 'Pegawai', 'Sukadana', 'BENCH', ${at}, position, author_id
    FROM letter WHERE id = ${id}`);
  db.run(sql`INSERT INTO number_book (register, unit, year, sequence, number, state, letter_id, reserved_at, settled_at)
    VALUES ('surat', 'BENCH', 2026, ${n + 1}, ${`000.8.3/${n}/BENCH/2026`}, 'issued', ${id}, ${at}, ${at})`);
}

/**
 * Letters `from` to `until` (not included) in one statement per table. Each of `people` writes a twentieth of them to
 * the next; one in a thousand is unread, one in a hundred of the first person's a draft.
 * @param first takes the place of the first of those people.
 */
export function fillLetters(db: WriteDb, from: number, until: number, first = accountOf(0)): void {
  const at = '2026-11-22T03:00:00.000Z';
  const numbers = sql`WITH RECURSIVE n(i) AS (SELECT CAST(${from} AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${until})`;
  // Bound numbers are floating-point: only these two become part of names.
  const of = sql`CAST(${people} AS INTEGER)`;
  const author = sql`CASE i % ${of} WHEN 0 THEN ${first} ELSE 'orang-' || (i % ${of}) END`;
  const receiver = sql`CASE (i + 1) % ${of} WHEN 0 THEN ${first} ELSE 'orang-' || ((i + 1) % ${of}) END`;
  db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, frozen, number, letter_date,
      created_at, updated_at, signed_at, sender_post, sender_unit)
    ${numbers} SELECT printf('surat-%010d', i), 'surat-dinas', CASE WHEN i % 2000 = 0 THEN 'draft' ELSE 'signed' END,
      'segera', 'Laporan bulanan ' || i, ${author}, 2, ${contentText}, '{}',
      CASE WHEN i % 2000 = 0 THEN NULL ELSE '000.8.3/' || i || '/BENCH/2026' END, '2026-11-22', ${at}, ${at}, ${at},
      'Kepala', 'BENCH' FROM n`);
  db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, read_at, position,
      author_id)
    ${numbers} SELECT printf('surat-%010d', i), 'to', 0, ${receiver}, 'Pegawai', 'Sukadana', 'BENCH', ${at},
      CASE WHEN i % 1000 = 19 THEN NULL ELSE ${at} END, letter.position, letter.author_id
      FROM n JOIN letter ON letter.id = printf('surat-%010d', i) WHERE i % 2000 <> 0`);
  db.run(sql`INSERT INTO number_book (register, unit, year, sequence, number, state, letter_id, reserved_at, settled_at)
    ${numbers} SELECT 'surat', 'BENCH', 2026, i + 1, '000.8.3/' || i || '/BENCH/2026', 'issued',
      printf('surat-%010d', i), ${at}, ${at} FROM n WHERE i % 2000 <> 0`);
}
