import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { LetterContent, LetterKind, LetterState, TypesetLetter, Urgency } from '../contract/letters.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { after } from './lifecycle.ts';

/** A letter's row as its writers need it. Instants are ISO 8601 UTC; `date` is a plain date. */
export interface StoredLetter {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly authorId: string;
  readonly revision: number;
  readonly content: LetterContent;
  readonly frozen: TypesetLetter | null;
  readonly identityId: string | null;
  readonly number: string | null;
  readonly date: string | null;
  readonly objectId: string | null;
  readonly reservedAt: string | null;
}

interface Row {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly author_id: string;
  readonly revision: number;
  readonly content: string;
  readonly frozen: string | null;
  readonly identity_id: string | null;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly object_id: string | null;
  readonly reserved_at: string | null;
}

/** @throws AppError NOT_FOUND. */
export function readLetter(db: ReadDb, id: string): StoredLetter {
  const row =
    db.get<Row>(sql`SELECT id, kind, state, urgency, author_id, revision, content, frozen, identity_id, number,
    letter_date, object_id, reserved_at FROM letter WHERE id = ${id}`);
  if (!row) throw new AppError('NOT_FOUND');
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    urgency: row.urgency,
    authorId: row.author_id,
    revision: row.revision,
    content: JSON.parse(row.content) as LetterContent,
    frozen: row.frozen === null ? null : (JSON.parse(row.frozen) as TypesetLetter),
    identityId: row.identity_id,
    number: row.number,
    date: row.letter_date,
    objectId: row.object_id,
    reservedAt: row.reserved_at,
  };
}

export function createLetter(db: WriteDb, content: LetterContent, authorId: string, at: Date): string {
  const id = randomUUID();
  const now = at.toISOString();
  db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
    VALUES (${id}, ${content.kind}, 'draft', ${content.urgency}, ${content.subject}, ${authorId}, 1,
            ${JSON.stringify(content)}, ${now}, ${now})`);
  recordChange(db, 'letter', id, at);
  return id;
}

/** @throws AppError LETTER_CHANGED_ELSEWHERE when `revision` is not the one last saved. */
export function saveContent(
  db: WriteDb,
  letter: StoredLetter,
  revision: number,
  content: LetterContent,
  at: Date,
): number {
  after('save', letter.state);
  if (letter.revision !== revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
  db.run(sql`UPDATE letter SET content = ${JSON.stringify(content)}, kind = ${content.kind}, urgency = ${content.urgency},
    subject = ${content.subject}, revision = ${revision + 1}, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  return revision + 1;
}

export function setState(db: WriteDb, letter: StoredLetter, action: 'discard' | 'restore', at: Date): void {
  db.run(
    sql`UPDATE letter SET state = ${after(action, letter.state)}, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`,
  );
  recordChange(db, 'letter', letter.id, at);
}

/** T1: what will be on the page, fixed together with its number and date. */
export function freeze(
  db: WriteDb,
  letter: StoredLetter,
  frozen: TypesetLetter,
  identityId: string,
  at: Date,
): void {
  db.run(sql`UPDATE letter SET state = ${after('reserve', letter.state)}, frozen = ${JSON.stringify(frozen)},
    identity_id = ${identityId}, number = ${frozen.number}, letter_date = ${frozen.date}, reserved_at = ${at.toISOString()},
    updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
}

/** Undoes T1: a draft again, as it was. */
export function thaw(db: WriteDb, letter: StoredLetter, at: Date): void {
  db.run(sql`UPDATE letter SET state = ${after('release', letter.state)}, frozen = NULL, identity_id = NULL, number = NULL,
    letter_date = NULL, reserved_at = NULL, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
}

/**
 * T2's part of the letter: signed, kept, and delivered at once to the people of this vault.
 * @returns the accounts that received it, without the signer's own.
 */
export function markSigned(db: WriteDb, letter: StoredLetter, objectId: string, at: Date): string[] {
  const now = at.toISOString();
  const parties = [
    ...(letter.frozen?.content.recipients ?? []).map((one, place) => ({ ...one, role: 'to', index: place })),
    ...(letter.frozen?.content.copies ?? []).map((one, place) => ({ ...one, role: 'copy', index: place })),
  ];
  const received = new Set<string>();
  for (const party of parties) {
    const delivered = party.accountId === null ? null : now;
    db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, delivered_at)
      VALUES (${letter.id}, ${party.role}, ${party.index}, ${party.accountId}, ${party.name}, ${party.place}, ${delivered})`);
    if (party.accountId !== null && party.accountId !== letter.authorId) received.add(party.accountId);
  }
  const sent = received.size > 0 ? now : null;
  db.run(sql`UPDATE letter SET state = ${after('sign', letter.state)}, object_id = ${objectId}, signed_at = ${now},
    sent_at = ${sent}, updated_at = ${now} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  return [...received];
}

/** @returns whether this was the first reading by that account. */
export function markRead(db: WriteDb, letterId: string, accountId: string, at: Date): boolean {
  const changed = db.run(sql`UPDATE letter_party SET read_at = ${at.toISOString()}
    WHERE letter_id = ${letterId} AND account_id = ${accountId} AND read_at IS NULL`);
  if (changed > 0) recordChange(db, 'letter', letterId, at);
  return changed > 0;
}

/** Letters whose number was taken but whose signature never came (the process died in between). */
export function interruptedLetters(db: ReadDb, authorId: string): string[] {
  return db
    .all<{ id: string }>(
      sql`SELECT id FROM letter WHERE author_id = ${authorId} AND state = 'reserved' ORDER BY position`,
    )
    .map((row) => row.id);
}
