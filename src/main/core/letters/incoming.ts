import { AppError } from '../contract/errors.ts';
import { squeeze } from '../contract/folding.ts';
import type {
  IncomingFacts,
  IncomingReading,
  IncomingSource,
  IncomingType,
  NewIncoming,
  TextLayer,
} from '../contract/incoming.ts';
import type { Addressee, LetterContent } from '../contract/letters.ts';
import type { Keyring } from '../ports.ts';
import { recordObject, sql, type ReadDb, type StoredObject, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { after } from './lifecycle.ts';
import {
  isSealed,
  newLetterKey,
  openWords,
  requireKey,
  sealObjectKey,
  sealTo,
  sealWords,
  wordColumns,
  type Reader,
} from './sealed.ts';
import type { StoredLetter } from './store.ts';

/**
 * Letters from outside. One is a row of `letter` like any other (state `registered`, its author the registrar who
 * entered it, its number and date the sender's), a row of `incoming` with what only such a letter has, and a receiver's
 * row for each whom it goes to.
 */

/** What is said of it beside the letter's own columns; of a sealed letter it is sealed. */
interface Details {
  readonly senderPlace: string;
  readonly note: string;
  readonly fileNames: readonly string[];
}

/** The kept file, as it was given; null for paper. */
export interface KeptFile {
  readonly object: StoredObject;
  readonly reading: IncomingReading;
  readonly fileNames: readonly string[];
}

export interface Entering {
  readonly id: string;
  readonly letter: NewIncoming;
  readonly file: KeptFile | null;
  /** Of those whom it goes to: name as printed, and the unit of their post. */
  readonly to: readonly (Addressee & { readonly unit: string })[];
  readonly copies: readonly (Addressee & { readonly unit: string })[];
  /** The unit whose book it is entered in. */
  readonly unit: string;
  readonly by: string;
  /** To whom a sealed one is sealed, the registrar among them. */
  readonly readers: readonly Reader[];
}

const contentOf = (
  facts: Pick<IncomingFacts, 'kind' | 'classification' | 'urgency' | 'attachments' | 'subject'>,
  rest: Pick<LetterContent, 'security' | 'recipients' | 'copies'>,
): LetterContent => ({
  kind: facts.kind,
  classification: facts.classification,
  urgency: facts.urgency,
  security: rest.security,
  postId: null,
  attachments: facts.attachments,
  subject: facts.subject,
  recipients: rest.recipients,
  copies: rest.copies,
  body: [],
  event: null,
});

/** The letter with its receivers; agenda and notices are the caller's. */
export function registerLetter(db: WriteDb, entering: Entering, at: Date): void {
  const { id, letter, file, unit, by } = entering;
  const now = at.toISOString();
  const plain = (one: Addressee): Addressee => ({
    accountId: one.accountId,
    name: one.name,
    place: one.place,
  });
  const content = contentOf(letter, {
    security: letter.security,
    recipients: entering.to.map(plain),
    copies: entering.copies.map(plain),
  });
  const key = isSealed(letter.security) ? newLetterKey() : null;
  const words = wordColumns(id, key, content, null);
  if (file) recordObject(db, key ? { ...file.object, key: Buffer.alloc(0) } : file.object, now);
  db.run(sql`INSERT INTO letter (id, kind, state, urgency, security, subject, author_id, revision, content, sealed_summary,
      sealed_content, number, letter_date, object_id, sealed_object_key, created_at, updated_at, sender_post, sender_unit)
    VALUES (${id}, ${letter.kind}, 'registered', ${letter.urgency}, ${letter.security}, ${words.subject}, ${by}, 1,
      ${words.content}, ${words.sealedSummary}, ${words.sealedContent}, ${letter.number || null}, ${letter.date},
      ${file?.object.id ?? null}, ${file && key ? sealObjectKey(key, id, file.object.key) : null}, ${now}, ${now},
      ${letter.sender}, '')`);
  const details: Details = {
    senderPlace: letter.senderPlace,
    note: letter.note,
    fileNames: file?.fileNames ?? [],
  };
  const kept = file?.reading;
  const text = kept?.words ? kept.words : null;
  const seal = (said: string): Buffer | null => key && sealWords(key, id, said);
  db.run(sql`INSERT INTO incoming (letter_id, source, media_type, pages, signatures, locked, text_layer, details,
      sealed_details, words, sealed_words, sender_key, number_key, sha256, received_on, unit, registered_by, registered_at)
    VALUES (${id}, ${sourceOf(kept?.type)}, ${kept?.type ?? null}, ${kept?.pages ?? 0}, ${kept?.signatures ?? 0},
      ${kept?.locked ? 1 : 0}, ${kept?.text ?? 'none'}, ${key ? null : JSON.stringify(details)},
      ${seal(JSON.stringify(details))}, ${key ? null : text}, ${text === null ? null : seal(text)},
      ${squeeze(letter.sender)}, ${squeeze(letter.number)}, ${file?.object.id.slice(0, 64) ?? null},
      ${letter.receivedOn}, ${unit}, ${by}, ${now})`);
  const parties = [
    ...entering.to.map((one, place) => ({ ...one, role: 'to', index: place })),
    ...entering.copies.map((one, place) => ({ ...one, role: 'copy', index: place })),
  ];
  for (const party of parties) {
    const [name, town] = key ? ['', ''] : [party.name, party.place];
    // Nobody's as their author: the registrar has not sent it, and is not to wait for its being read.
    db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position,
        security, author_id)
      SELECT ${id}, ${party.role}, ${party.index}, ${party.accountId}, ${name}, ${town}, ${party.unit}, ${now}, position,
        security, '' FROM letter WHERE id = ${id}`);
  }
  if (key) sealTo(db, id, key, entering.readers, at);
  recordChange(db, 'letter', id, at);
}

const sourceOf = (type: IncomingType | undefined): IncomingSource =>
  type === undefined ? 'paper' : type === 'application/pdf' ? 'pdf' : 'picture';

export interface StoredIncoming extends Details {
  readonly source: IncomingSource;
  readonly type: IncomingType | null;
  readonly pages: number;
  readonly signatures: number;
  readonly locked: boolean;
  readonly text: TextLayer;
  readonly receivedOn: string;
  readonly unit: string;
  readonly registeredBy: string;
  readonly registeredAt: string;
}

/** Null for a letter of this vault. @throws AppError LETTER_SEALED */
export function incomingOf(db: ReadDb, ring: Keyring, letterId: string): StoredIncoming | null {
  const row = db.get<{
    source: IncomingSource;
    media_type: IncomingType | null;
    pages: number;
    signatures: number;
    locked: number;
    text_layer: TextLayer;
    details: string | null;
    sealed_details: Uint8Array | null;
    received_on: string;
    unit: string;
    registered_by: string;
    registered_at: string;
  }>(sql`SELECT source, media_type, pages, signatures, locked, text_layer, details, sealed_details, received_on, unit,
    registered_by, registered_at FROM incoming WHERE letter_id = ${letterId}`);
  if (!row) return null;
  const details = row.sealed_details
    ? openWords(requireKey(ring, letterId), letterId, row.sealed_details)
    : (row.details ?? '{}');
  return {
    ...(JSON.parse(details) as Details),
    source: row.source,
    type: row.media_type,
    pages: row.pages,
    signatures: row.signatures,
    locked: row.locked === 1,
    text: row.text_layer,
    receivedOn: row.received_on,
    unit: row.unit,
    registeredBy: row.registered_by,
    registeredAt: row.registered_at,
  };
}

/** What the kept file of a letter is; PDF for a letter of this vault. */
export function fileTypeOf(db: ReadDb, letterId: string): { type: IncomingType | null; locked: boolean } {
  const row = db.get<{ media_type: IncomingType | null; locked: number }>(
    sql`SELECT media_type, locked FROM incoming WHERE letter_id = ${letterId}`,
  );
  return row
    ? { type: row.media_type, locked: row.locked === 1 }
    : { type: 'application/pdf', locked: false };
}

export interface SameQuery {
  readonly sender: string;
  readonly number: string;
  readonly date: string;
  readonly sha256: string | null;
}

/** Letters that are perhaps the same: by sender, number and date without separators, or by their file. */
export function sameLetters(db: ReadDb, query: SameQuery): { id: string; because: 'words' | 'file' }[] {
  const [sender, number] = [squeeze(query.sender), squeeze(query.number)];
  const found = new Map<string, 'words' | 'file'>();
  const add = (because: 'words' | 'file', ids: readonly { id: string }[]): void => {
    for (const { id } of ids) if (!found.has(id)) found.set(id, because);
  };
  if (query.sha256 !== null) {
    const hash = query.sha256;
    add(
      'file',
      db.all(sql`SELECT letter.id FROM incoming JOIN letter ON letter.id = incoming.letter_id
      WHERE incoming.sha256 = ${hash} AND letter.state <> 'voided' LIMIT 20`),
    );
    // A letter of this vault that comes back as a file; sealed ones have names of their own.
    add('file', db.all(sql`SELECT id FROM letter WHERE object_id = ${hash} AND state <> 'voided' LIMIT 20`));
  }
  if (number !== '' && sender !== '')
    add(
      'words',
      db.all(sql`SELECT letter.id FROM incoming JOIN letter ON letter.id = incoming.letter_id
      WHERE incoming.number_key = ${number} AND incoming.number_key <> '' AND incoming.sender_key = ${sender}
        AND letter.letter_date = ${query.date} AND letter.state <> 'voided' LIMIT 20`),
    );
  return [...found].map(([id, because]) => ({ id, because }));
}

/** @returns the names of the fields that are other now. */
export function correctRegistration(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  facts: IncomingFacts,
  at: Date,
): string[] {
  if (letter.state !== 'registered') throw new AppError('LETTER_NOT_EDITABLE');
  const stored = incomingOf(db, ring, letter.id);
  if (!stored) throw new AppError('NOT_FOUND');
  const sender = db.get<{ sender_post: string }>(sql`SELECT sender_post FROM letter WHERE id = ${letter.id}`);
  const before: IncomingFacts = {
    sender: sender?.sender_post ?? '',
    senderPlace: stored.senderPlace,
    number: letter.number ?? '',
    date: letter.date ?? '',
    receivedOn: stored.receivedOn,
    subject: letter.content.subject,
    kind: letter.kind,
    classification: letter.content.classification,
    urgency: letter.urgency,
    attachments: letter.content.attachments,
    note: stored.note,
  };
  const changed = (Object.keys(before) as (keyof IncomingFacts)[]).filter(
    (name) => before[name] !== facts[name],
  );
  if (changed.length === 0) return [];
  const key = isSealed(letter.security) ? requireKey(ring, letter.id) : null;
  const words = wordColumns(letter.id, key, contentOf(facts, letter.content), null);
  db.run(sql`UPDATE letter SET kind = ${facts.kind}, urgency = ${facts.urgency}, subject = ${words.subject},
    content = ${words.content}, sealed_summary = ${words.sealedSummary}, sealed_content = ${words.sealedContent},
    number = ${facts.number || null}, letter_date = ${facts.date}, sender_post = ${facts.sender},
    revision = revision + 1, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  const details = JSON.stringify({
    senderPlace: facts.senderPlace,
    note: facts.note,
    fileNames: stored.fileNames,
  } satisfies Details);
  db.run(sql`UPDATE incoming SET details = ${key ? null : details},
    sealed_details = ${key && sealWords(key, letter.id, details)}, sender_key = ${squeeze(facts.sender)},
    number_key = ${squeeze(facts.number)}, received_on = ${facts.receivedOn} WHERE letter_id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  return changed;
}

/**
 * A letter entered by mistake, while no receiver has opened it or done anything with it.
 * @returns who had received it.
 * @throws AppError LETTER_NOT_EDITABLE, LETTER_ALREADY_READ
 */
export function voidRegistration(db: WriteDb, letter: StoredLetter, at: Date): string[] {
  const state = after('void', letter.state);
  const parties = db.all<{ account_id: string; touched: number }>(
    sql`SELECT account_id, settled_at IS NOT NULL OR claimed_by IS NOT NULL
        OR (read_at IS NOT NULL AND account_id <> ${letter.authorId}) AS touched
      FROM letter_party WHERE letter_id = ${letter.id} AND account_id IS NOT NULL AND delivered_at IS NOT NULL`,
  );
  const disposed = db.get(sql`SELECT 1 FROM disposition WHERE letter_id = ${letter.id}`);
  if (disposed || parties.some((one) => one.touched === 1)) throw new AppError('LETTER_ALREADY_READ');
  db.run(sql`UPDATE letter_party SET delivered_at = NULL WHERE letter_id = ${letter.id}`);
  db.run(sql`UPDATE letter SET state = ${state}, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  return parties.map((one) => one.account_id);
}

/** What lay under the letter's old key lies under the new one. */
export function resealIncoming(db: WriteDb, letterId: string, from: Uint8Array, to: Uint8Array): void {
  const again = (sealed: Uint8Array | null): Buffer | null =>
    sealed && sealWords(to, letterId, openWords(from, letterId, sealed));
  const row = db.get<{ sealed_details: Uint8Array | null; sealed_words: Uint8Array | null }>(
    sql`SELECT sealed_details, sealed_words FROM incoming WHERE letter_id = ${letterId}`,
  );
  if (row?.sealed_details)
    db.run(sql`UPDATE incoming SET sealed_details = ${again(row.sealed_details)},
      sealed_words = ${again(row.sealed_words)} WHERE letter_id = ${letterId}`);
  const settled = db.all<{ role: string; place: number; sealed_settled: Uint8Array }>(
    sql`SELECT role, place, sealed_settled FROM letter_party WHERE letter_id = ${letterId}
      AND sealed_settled IS NOT NULL`,
  );
  for (const one of settled)
    db.run(sql`UPDATE letter_party SET sealed_settled = ${again(one.sealed_settled)} WHERE letter_id = ${letterId}
      AND role = ${one.role} AND place = ${one.place}`);
}
