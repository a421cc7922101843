import type { SecurityClass, TypesetLetter, Urgency } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import { agendaNumber, type RegisterPeriod } from '../contract/registers.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { wordColumns, wordsOf, type LetterWords, type WordsRow } from './letter-words.ts';
import type { Asker } from './scope.ts';

/** What is known of one letter of a unit, in or out; its words only where the asker may read it. */
export interface LetterFacts {
  readonly direction: 'in' | 'out';
  readonly id: string;
  readonly agenda: string;
  readonly receivedOn: string;
  readonly kind: string;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly number: string;
  readonly date: string;
  readonly senderPost: string;
  readonly senderUnit: string;
  readonly signer: string;
  readonly signedAt: string;
  readonly level: string;
  readonly sentAt: string;
  readonly sha256: string;
  readonly words: LetterWords | null;
}

interface Row extends WordsRow {
  readonly kind: string;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly sender_post: string;
  readonly sender_unit: string;
  readonly signed_at: string | null;
  readonly level: string;
  readonly sent: string | null;
  readonly object_id: string | null;
  readonly agenda_year: number | null;
  readonly agenda_sequence: number | null;
  readonly received_on: string | null;
}

const columns = (
  asker: Asker,
): Sql => sql`letter.kind, letter.state, letter.urgency, letter.security, letter.number,
  letter.letter_date, letter.sender_post, letter.sender_unit, letter.signed_at, letter.level, letter.object_id,
  coalesce((SELECT min(party.sent_at) FROM letter_party AS party WHERE party.letter_id = letter.id), letter.sent_at)
    AS sent, ${wordColumns(asker)}`;

/** What a unit's agenda and its signed letters hold of a period, oldest first. @param limit of each direction. */
export function letterFacts(
  db: ReadDb,
  asker: Asker,
  unit: string,
  { from, until }: RegisterPeriod,
  limit: number,
): LetterFacts[] {
  const incoming =
    db.all<Row>(sql`SELECT ${columns(asker)}, book.year AS agenda_year, book.sequence AS agenda_sequence,
      book.received_on
    FROM agenda AS book JOIN letter ON letter.id = book.letter_id
    WHERE book.unit = ${unit} AND book.year BETWEEN ${Number(from.slice(0, 4)) - 1} AND ${Number(until.slice(0, 4)) + 1}
      AND book.received_on BETWEEN ${from} AND ${until} AND book.state = 'open'
    ORDER BY book.year, book.sequence LIMIT ${limit}`);
  const outgoing = db.all<Row>(sql`SELECT ${columns(asker)}, NULL AS agenda_year, NULL AS agenda_sequence,
      NULL AS received_on
    FROM letter WHERE letter.sender_unit = ${unit} AND letter.state IN ('signed', 'withdrawn', 'revoked', 'replaced')
      AND letter.letter_date BETWEEN ${from} AND ${until}
    ORDER BY letter.letter_date, letter.position LIMIT ${limit}`);
  return [
    ...incoming.map((row) => toFacts(row, asker, 'in')),
    ...outgoing.map((row) => toFacts(row, asker, 'out')),
  ];
}

function toFacts(row: Row, asker: Asker, direction: LetterFacts['direction']): LetterFacts {
  const words = wordsOf(row, asker);
  return {
    direction,
    id: row.letter_id ?? '',
    agenda:
      row.agenda_sequence === null || row.agenda_year === null
        ? ''
        : agendaNumber(row.agenda_sequence, row.agenda_year),
    receivedOn: row.received_on ?? '',
    kind: row.kind,
    state: row.state,
    urgency: row.urgency,
    security: row.security,
    number: row.number ?? '',
    date: row.letter_date ?? '',
    senderPost: row.sender_post,
    senderUnit: row.sender_unit,
    signer: words === null ? '' : signerOf(row, asker),
    signedAt: row.signed_at ?? '',
    level: row.signed_at === null ? '' : row.level,
    sentAt: row.sent ?? '',
    // A sealed copy has a suffix of its own behind the hash.
    sha256: words === null ? '' : (row.object_id?.slice(0, 64) ?? ''),
    words,
  };
}

/** Name and post as the page has them; of a letter that others wrote and sent in, nothing. */
function signerOf(row: Row, asker: Asker): string {
  const clear = row.frozen === null ? null : (JSON.parse(row.frozen) as TypesetLetter);
  const id = row.letter_id;
  const frozen = row.sealed_frozen && id !== null ? asker.ring.frozen(id, row.sealed_frozen) : clear;
  const signers = frozen?.signers?.map((one) => one.official) ?? (frozen ? [frozen.signer] : []);
  return signers.map(({ name, post }) => (post === '' ? name : `${name} (${post})`)).join('; ');
}
