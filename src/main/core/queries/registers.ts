import { classRules } from '../contract/permissions.ts';
import type { SecurityClass } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { NumberState } from '../contract/numbering.ts';
import {
  agendaNumber,
  type ExpeditionEntry,
  type IncomingEntry,
  type OutgoingEntry,
  type RegisterAsk,
  type RegisterPage,
  type RegisterPlace,
  type RegisterRow,
} from '../contract/registers.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { wordColumns, wordsOf, type WordsRow } from './letter-words.ts';
import type { Asker } from './scope.ts';

/**
 * The books as they are read. Whose books somebody sees is the caller's to say; what a line's letter is about is told
 * only where the letter itself is the asker's to read.
 */
const pageSize = 100;

/** Which lines, and how many. @param before null: from the newest on. */
interface Slice {
  readonly before: RegisterPlace | null;
  readonly limit: number;
}

interface Found {
  readonly row: RegisterRow;
  readonly place: RegisterPlace;
}

/** Newest first, at most 100. */
export function registerPage(
  db: ReadDb,
  asker: Asker,
  ask: RegisterAsk,
  before: RegisterPlace | null,
): RegisterPage {
  const found = read(db, asker, ask, { before, limit: pageSize + 1 });
  const shown = found.slice(0, pageSize);
  return {
    rows: shown.map((one) => one.row),
    before: found.length > pageSize ? (shown.at(-1)?.place ?? null) : null,
  };
}

/** Oldest first, as a book is printed. @param limit one more than wanted tells that there are too many. */
export const registerRows = (db: ReadDb, asker: Asker, ask: RegisterAsk, limit: number): RegisterRow[] =>
  read(db, asker, ask, { before: null, limit })
    .map((one) => one.row)
    .toReversed();

function read(db: ReadDb, asker: Asker, ask: RegisterAsk, slice: Slice): Found[] {
  if (ask.book === 'incoming') return incoming(db, asker, ask, slice);
  return ask.book === 'outgoing' ? outgoing(db, asker, ask, slice) : expedition(db, asker, ask, slice);
}

/** The newest post that somebody had, or their name. @param account a column. */
const postOf = (account: Sql): Sql => sql`coalesce((SELECT title FROM post WHERE post.account_id = ${account}
  ORDER BY post.until_date IS NULL DESC, post.from_date DESC LIMIT 1),
  (SELECT name FROM account WHERE account.id = ${account}))`;

/** Years in which a line of the period can have got its number: entered late, or for the year before. */
const years = (ask: RegisterAsk): Sql =>
  sql`BETWEEN ${Number(ask.from.slice(0, 4)) - 1} AND ${Number(ask.until.slice(0, 4)) + 1}`;

const numbered = (year: number, sequence: number): RegisterPlace => ({
  day: '',
  register: '',
  year,
  sequence,
  insertion: 0,
});

interface LetterRow extends WordsRow {
  readonly security: SecurityClass | null;
  readonly letter_number: string | null;
}

interface IncomingRow extends LetterRow {
  readonly year: number;
  readonly sequence: number;
  readonly received_on: string;
  readonly state: 'open' | 'batal';
  readonly reason: string | null;
  readonly remark: string;
  readonly sender_post: string;
  readonly letter_date: string | null;
  readonly addressees: string;
  readonly passed: string;
}

function incoming(db: ReadDb, asker: Asker, ask: RegisterAsk, { before, limit }: Slice): Found[] {
  const rows =
    db.all<IncomingRow>(sql`SELECT book.year, book.sequence, book.received_on, book.state, book.reason,
      book.remark, letter.security, letter.sender_post, letter.number AS letter_number, letter.letter_date,
      ${wordColumns(asker)},
      (SELECT json_group_array(title) FROM (SELECT ${postOf(sql`party.account_id`)} AS title
        FROM letter_party AS party WHERE party.letter_id = letter.id AND party.role = 'to'
          AND party.account_id IS NOT NULL AND (party.unit = book.unit OR letter.state IN ('registered', 'voided'))
        ORDER BY party.place)) AS addressees,
      (SELECT json_group_array(title) FROM (SELECT ${postOf(sql`task.account_id`)} AS title
        FROM disposition_task AS task JOIN disposition ON disposition.id = task.disposition_id
        WHERE task.letter_id = letter.id AND disposition.parent_task IS NULL AND task.state <> 'cancelled'
        ORDER BY disposition.given_at, task.lead DESC, task.place)) AS passed
    FROM agenda AS book JOIN letter ON letter.id = book.letter_id
    WHERE book.unit = ${ask.unit} AND book.year ${years(ask)}
      AND book.received_on BETWEEN ${ask.from} AND ${ask.until} AND ${earlier(before)}
    ORDER BY book.year DESC, book.sequence DESC LIMIT ${limit}`);
  return rows.map((row): { row: IncomingEntry; place: RegisterPlace } => {
    const words = wordsOf(row, asker);
    const closed = words === null && isSealed(row.security);
    return {
      row: {
        book: 'incoming',
        key: agendaNumber(row.sequence, row.year),
        agenda: agendaNumber(row.sequence, row.year),
        receivedOn: row.received_on,
        sender: row.sender_post,
        number: row.letter_number ?? '',
        date: row.letter_date ?? '',
        addressees: JSON.parse(row.addressees) as string[],
        passedTo: words === null ? [] : (JSON.parse(row.passed) as string[]),
        ...ofLetter(row, words),
        batal: row.state === 'batal',
        // What was noted beside a sealed letter may tell what it is about.
        remark: closed ? '' : row.state === 'batal' ? (row.reason ?? '') : row.remark,
      },
      place: numbered(row.year, row.sequence),
    };
  });
}

const isSealed = (security: SecurityClass | null): boolean =>
  security !== null && classRules[security].sealed;

const ofLetter = (
  row: LetterRow,
  words: ReturnType<typeof wordsOf>,
): Pick<RegisterRow, 'letterId' | 'subject' | 'sealed' | 'attachments'> => ({
  letterId: words === null ? null : row.letter_id,
  subject: words?.subject ?? null,
  sealed: isSealed(row.security),
  attachments: words?.attachments ?? '',
});

/** Of `book`: before a number of its year. */
const earlier = (before: RegisterPlace | null): Sql =>
  before === null ? sql`1` : sql`(book.year, book.sequence) < (${before.year}, ${before.sequence})`;

interface OutgoingRow extends LetterRow {
  readonly register: string;
  readonly year: number;
  readonly sequence: number;
  readonly insertion: number;
  readonly id: string;
  readonly number: string;
  readonly state: NumberState;
  readonly day: string;
  readonly held_subject: string;
  readonly reason: string | null;
  readonly remark: string;
  readonly letter_state: LetterState | null;
  readonly sent: string | null;
}

/** Numbers of before dates were kept have that of their being taken. The index of migration 180 has the same words. */
const day = sql`(CASE WHEN book.letter_date = '' THEN substr(book.reserved_at, 1, 10) ELSE book.letter_date END)`;

function outgoing(db: ReadDb, asker: Asker, ask: RegisterAsk, { before, limit }: Slice): Found[] {
  const order = sql`(${day}, book.register, book.year, book.sequence, book.insertion)`;
  const where = before
    ? sql`${order} < (${before.day}, ${before.register}, ${before.year}, ${before.sequence}, ${before.insertion})`
    : sql`1`;
  const rows =
    db.all<OutgoingRow>(sql`SELECT book.register, book.year, book.sequence, book.insertion, book.id,
      book.number, book.state, ${day} AS day, book.subject AS held_subject, book.reason, book.remark,
      coalesce(letter.security, book.security) AS security, letter.state AS letter_state, letter.number AS letter_number,
      coalesce((SELECT min(party.sent_at) FROM letter_party AS party WHERE party.letter_id = letter.id),
        letter.sent_at) AS sent, ${wordColumns(asker)}
    FROM number_book AS book LEFT JOIN letter ON letter.id = book.letter_id
    WHERE book.unit = ${ask.unit} AND ${day} BETWEEN ${ask.from} AND ${ask.until}
      AND ${ask.register === null ? sql`1` : sql`book.register = ${ask.register}`} AND ${where}
    ORDER BY ${day} DESC, book.register DESC, book.year DESC, book.sequence DESC, book.insertion DESC LIMIT ${limit}`);
  return rows.map((row): { row: OutgoingEntry; place: RegisterPlace } => {
    const words = wordsOf(row, asker);
    const own = ofLetter(row, words);
    return {
      row: {
        book: 'outgoing',
        key: row.id,
        number: row.number,
        date: row.day,
        sentOn: row.sent === null || row.state !== 'issued' ? '' : localDay(row.sent),
        recipients: words?.recipients ?? [],
        state: row.state,
        letterState: row.letter_state,
        ...own,
        // What was typed when a number was held is there for all who see the book.
        subject: own.subject ?? (row.held_subject === '' ? null : row.held_subject),
        batal: row.state === 'batal',
        remark: row.reason ?? row.remark,
      },
      place: {
        day: row.day,
        register: row.register,
        year: row.year,
        sequence: row.sequence,
        insertion: row.insertion,
      },
    };
  });
}

interface ExpeditionRow extends LetterRow {
  readonly year: number;
  readonly sequence: number;
  readonly handed_at: string;
  readonly role: 'to' | 'copy';
  readonly place: number;
  readonly destination: string;
  readonly copies: number;
  readonly carrier: string;
  readonly receiver: string;
  readonly state: 'open' | 'batal';
  readonly reason: string | null;
}

function expedition(db: ReadDb, asker: Asker, ask: RegisterAsk, { before, limit }: Slice): Found[] {
  const rows =
    db.all<ExpeditionRow>(sql`SELECT book.year, book.sequence, book.handed_at, book.role, book.place,
      book.destination, book.copies, book.carrier, book.receiver, book.state, book.reason, letter.security,
      letter.number AS letter_number, ${wordColumns(asker)}
    FROM dispatch AS book JOIN letter ON letter.id = book.letter_id
    WHERE book.unit = ${ask.unit} AND book.year ${years(ask)}
      AND book.handed_at >= ${startOf(ask.from)} AND book.handed_at < ${startOf(ask.until, 1)} AND ${earlier(before)}
    ORDER BY book.year DESC, book.sequence DESC LIMIT ${limit}`);
  return rows.map((row): { row: ExpeditionEntry; place: RegisterPlace } => {
    const words = wordsOf(row, asker);
    const closed = words === null && isSealed(row.security);
    const named = (row.role === 'to' ? words?.recipients : words?.copies)?.[row.place];
    return {
      row: {
        book: 'expedition',
        key: agendaNumber(row.sequence, row.year),
        sequence: row.sequence,
        handedAt: row.handed_at,
        number: row.letter_number ?? '',
        destination: row.destination || (named ?? ''),
        copies: row.copies,
        carrier: row.carrier,
        receiver: row.receiver,
        ...ofLetter(row, words),
        batal: row.state === 'batal',
        // Handovers that were voided earlier have it still.
        remark: closed ? '' : (row.reason ?? ''),
      },
      place: numbered(row.year, row.sequence),
    };
  });
}

/** The regency's clock is seven hours ahead of UTC all year (WIB). */
const offset = 7 * 3_600_000;

/** The plain date of an instant in the regency. */
const localDay = (instant: string): string =>
  new Date(Date.parse(instant) + offset).toISOString().slice(0, 10);

/** The instant at which a plain date begins in the regency. @param days later. */
const startOf = (date: string, days = 0): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - offset + days * 86_400_000).toISOString();
