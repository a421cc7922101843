import type { Block, Inline, LetterContent, SecurityClass, TypesetLetter } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { SearchField } from '../contract/search.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** What can be searched of a letter: the one place that says which words count as its own. */
export interface LetterText {
  readonly position: number;
  readonly id: string;
  readonly security: SecurityClass;
  readonly state: LetterState;
  /** What everybody reads who may see the letter. */
  readonly fields: readonly (readonly [SearchField, string])[];
  /** Its own, as it is written; parts of it are found without separators. */
  readonly number: string | null;
  readonly classification: string;
}

export interface LetterBase {
  readonly position: number;
  readonly id: string;
  readonly kind: string;
  readonly state: LetterState;
  readonly urgency: string;
  readonly security: SecurityClass;
  readonly subject: string;
  readonly author_id: string;
  readonly content: string;
  readonly frozen: string | null;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly object_id: string | null;
  readonly created_at: string;
  readonly sender_post: string;
  readonly sender_unit: string;
  readonly author: string;
  readonly agenda: string | null;
}

const baseColumns = sql`letter.position, letter.id, letter.kind, letter.state, letter.urgency, letter.security,
  letter.subject, letter.author_id, letter.content, letter.frozen, letter.number, letter.letter_date, letter.object_id,
  letter.created_at, letter.sender_post, letter.sender_unit, account.name AS author,
  (SELECT group_concat(agenda.sequence || ' ' || agenda.year, '; ') FROM agenda
    WHERE agenda.letter_id = letter.id AND agenda.state = 'open') AS agenda`;

export function readBases(db: ReadDb, positions: readonly number[]): LetterBase[] {
  return db.all<LetterBase>(sql`SELECT ${baseColumns}
    FROM json_each(${JSON.stringify(positions)}) AS wanted CROSS JOIN letter ON letter.position = wanted.value
    JOIN account ON account.id = letter.author_id`);
}

/** No letter is longer than this for the index, in UTF-16 units: the rest of a scanned book stays unfound. */
const maximumText = 400_000;
const cut = (text: string): string => (text.length > maximumText ? text.slice(0, maximumText) : text);

/** Text layers of PDFs that came in, by letter. */
export function readScans(db: ReadDb, positions: readonly number[]): ReadonlyMap<number, string> {
  const rows = db.all<{ position: number; words: string | null }>(
    sql`SELECT letter.position, incoming.words FROM json_each(${JSON.stringify(positions)}) AS wanted
      CROSS JOIN letter ON letter.position = wanted.value JOIN incoming ON incoming.letter_id = letter.id`,
  );
  return new Map(rows.flatMap((row) => (typeof row.words === 'string' ? [[row.position, row.words]] : [])));
}

/** The same of sealed letters, for whoever has their keys. */
export function readSealedScans(
  db: ReadDb,
  ring: Keyring,
  positions: readonly number[],
): ReadonlyMap<number, string> {
  const rows = db.all<{ position: number; id: string; words: Uint8Array }>(
    sql`SELECT letter.position, letter.id, incoming.sealed_words AS words
      FROM json_each(${JSON.stringify(positions)}) AS wanted CROSS JOIN letter ON letter.position = wanted.value
      JOIN incoming ON incoming.letter_id = letter.id WHERE incoming.sealed_words IS NOT NULL`,
  );
  return new Map(
    rows.flatMap(({ position, id, words }): [number, string][] => {
      if (ring.letterKey(id) === null) return [];
      try {
        return [[position, ring.words(id, words)]];
      } catch {
        // Damaged: found by its other words.
        return [];
      }
    }),
  );
}

/**
 * @param opened words of a sealed letter, which its row does not hold.
 * @param scan text layer of what came in.
 */
export function letterText(
  base: LetterBase,
  scan: string,
  opened?: { readonly content: LetterContent; readonly frozen: TypesetLetter | null },
): LetterText {
  const frozen = opened?.frozen ?? (base.frozen === null ? null : (JSON.parse(base.frozen) as TypesetLetter));
  const draft =
    opened?.content ?? (base.content === '' ? null : (JSON.parse(base.content) as Partial<LetterContent>));
  const content: Partial<LetterContent> = frozen?.content ?? draft ?? {};
  const signers = frozen ? (frozen.signers?.map((one) => one.official) ?? [frozen.signer]) : [];
  const people = [...(content.recipients ?? []), ...(content.copies ?? [])];
  const fields: [SearchField, string][] = [
    ['subject', content.subject ?? base.subject],
    ['number', base.number ?? ''],
    ['agenda', base.agenda ?? ''],
    [
      'sender',
      [
        base.sender_post,
        base.sender_unit,
        ...(signers.length > 0 ? signers.flatMap((one) => [one.name, one.post]) : [senderName(base)]),
      ].join(' · '),
    ],
    ['recipients', people.map((one) => `${one.name} ${one.place ?? ''}`.trim()).join('; ')],
    ['body', bodyOf(content)],
    ['kind', base.kind],
    ['classification', content.classification ?? ''],
    ['scan', scan],
  ];
  return {
    position: base.position,
    id: base.id,
    security: base.security,
    state: base.state,
    fields: fields.filter(([, text]) => text !== '').map(([field, text]) => [field, cut(text)]),
    number: base.number,
    classification: content.classification ?? '',
  };
}

/** A letter from outside was written by nobody of this vault. */
const senderName = (base: LetterBase): string =>
  base.state === 'registered' || base.state === 'voided' ? '' : base.author;

function bodyOf(content: Partial<LetterContent>): string {
  const parts = blocksText(content.body ?? [], 0);
  const { event } = content;
  if (event) parts.push(event.date, event.time, event.place, event.agenda);
  parts.push(...Object.values(content.details ?? {}));
  if (content.attachments) parts.push(content.attachments);
  return parts.filter((part) => part !== '').join('\n');
}

/** Lists in lists end somewhere: a letter is nested as deep as an editor lets it be. */
const maximumDepth = 20;

function blocksText(blocks: readonly Block[], depth: number): string[] {
  if (depth > maximumDepth) return [];
  return blocks.flatMap((block): string[] => {
    if (block.type === 'list') return block.items.flatMap((item) => blocksText(item, depth + 1));
    if (block.type === 'table')
      return block.rows.map((row) => row.map((cell) => inlineText(cell.content)).join(' '));
    return [inlineText(block.content)];
  });
}

const inlineText = (content: readonly Inline[]): string =>
  content.map((one) => (one.type === 'text' ? one.text : ' ')).join('');
