import { join } from 'node:path';
import { compareAnchors, readAnchors, walkChain } from '../../src/main/core/audit/index.ts';
import { openKeyring, pdfOf, readLetter } from '../../src/main/core/letters/index.ts';
import { sql, type AccountKey, type Vault } from '../../src/main/core/vault/index.ts';

/** What must hold of every open vault, whatever was done in it. */
export type Expect = (holds: boolean, problem: string) => void;

export const count = (vault: Vault, query: ReturnType<typeof sql>): number =>
  vault.read.get<{ n: number }>(query)?.n ?? -1;

export function rowsFit(vault: Vault, expect: Expect): void {
  const integrity = vault.read.get<{ integrity_check: string }>(sql`PRAGMA integrity_check`)?.integrity_check;
  expect(integrity === 'ok', `integrity: ${integrity}`);
  expect(vault.read.all(sql`PRAGMA foreign_key_check`).length === 0, 'rows point nowhere');
  expect(vault.header().next === undefined, 'the header still carries a re-key');
  for (const { id, sealed } of vault.read.all<{ id: string; sealed: number }>(
    sql`SELECT id, length(key) = 0 AS sealed FROM object`,
  ))
    if (sealed === 0) vault.getObject(id);
}

interface BookRow {
  readonly register: string;
  readonly unit: string;
  readonly sequence: number;
  readonly state: string;
  readonly number: string;
  readonly letter_state: string;
  readonly letter_number: string | null;
}

/** No gap, none twice, and letter and book say the same. */
export function numbersFit(vault: Vault, expect: Expect): void {
  const rows = vault.read
    .all<BookRow>(sql`SELECT register, unit, sequence, number_book.state, number_book.number,
    letter.state AS letter_state, letter.number AS letter_number
    FROM number_book JOIN letter ON letter.id = letter_id ORDER BY register, unit, sequence`);
  const next = new Map<string, number>();
  for (const row of rows) {
    const book = `${row.register}|${row.unit}`;
    const due = next.get(book) ?? 1;
    next.set(book, due + 1);
    expect(row.sequence === due, `number ${row.sequence} where ${due} was due`);
    const letterState = { issued: 'signed', reserved: 'reserved' }[row.state];
    expect(
      letterState === undefined || (row.letter_state === letterState && row.letter_number === row.number),
      `number ${row.number} is ${row.state}, its letter ${row.letter_state}`,
    );
  }
  expect(new Set(rows.map((row) => row.number)).size === rows.length, 'a number was used twice');
  expect(
    count(
      vault,
      sql`SELECT count(*) AS n FROM letter WHERE state IN ('signed', 'reserved') AND id NOT IN
      (SELECT letter_id FROM number_book WHERE state IN ('issued', 'reserved'))`,
    ) === 0,
    'a letter with a number that is not in the book',
  );
}

/** Every letter of the one who works can be read, sealed or not, and every signed one's PDF is there. */
export function lettersRead(vault: Vault, accountId: string, accountKey: AccountKey, expect: Expect): void {
  const ring = openKeyring(vault.read, accountId, accountKey);
  for (const { id, state } of vault.read.all<{ id: string; state: string }>(
    sql`SELECT id, state FROM letter WHERE author_id = ${accountId}`,
  )) {
    readLetter(vault.read, ring, id);
    if (state !== 'signed') continue;
    const pdf = pdfOf(vault.read, ring, id);
    expect(vault.getObject(pdf.id, pdf.key).subarray(0, 5).toString() === '%PDF-', `letter ${id} has no PDF`);
    const audited = count(
      vault,
      sql`SELECT count(*) AS n FROM audit WHERE action = 'letter.signed' AND entity_id = ${id}`,
    );
    expect(audited === 1, `letter ${id} was signed ${audited} times in the log`);
    const delivered = count(
      vault,
      sql`SELECT count(*) AS n FROM letter_party JOIN notice USING (letter_id, account_id)
        WHERE letter_id = ${id} AND role = 'to' AND delivered_at IS NOT NULL`,
    );
    expect(delivered === 1, `letter ${id} was delivered ${delivered} times`);
  }
}

export function chainFits(vault: Vault, dataDir: string, expect: Expect): void {
  const end = <T>(steps: Generator<void, T>): T => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  };
  const anchors = end(readAnchors([join(dataDir, 'anchors'), join(dataDir, 'backups')], vault.id));
  const { brokenLink, contradiction } = compareAnchors(vault.read, anchors, end(walkChain(vault.read)));
  expect(brokenLink === null, `the audit chain breaks at ${brokenLink}`);
  expect(contradiction === null, `an anchor says: ${contradiction}`);
}
