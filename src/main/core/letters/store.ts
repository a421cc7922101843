import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { isBelow, type Lowering, type SignatureLevel } from '../contract/levels.ts';
import type {
  LetterContent,
  LetterKind,
  SecurityClass,
  TypesetLetter,
  Urgency,
} from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { after } from './lifecycle.ts';
import { resealRemarks } from './remarks.ts';
import {
  isSealed,
  newLetterKey,
  requireKey,
  sealObjectKey,
  sealTo,
  wordColumns,
  type Reader,
} from './sealed.ts';
import { sealVersions } from './versions.ts';

/** A letter's row as its writers need it. Instants are ISO 8601 UTC; `date` is a plain date. */
export interface StoredLetter {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly authorId: string;
  readonly revision: number;
  readonly content: LetterContent;
  readonly frozen: TypesetLetter | null;
  readonly identityId: string | null;
  readonly number: string | null;
  readonly date: string | null;
  readonly objectId: string | null;
  readonly reservedAt: string | null;
  /** Who took the number, from the reservation on. */
  readonly holderId: string | null;
}

interface Row {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly author_id: string;
  readonly revision: number;
  readonly content: string;
  readonly frozen: string | null;
  readonly sealed_content: Uint8Array | null;
  readonly sealed_frozen: Uint8Array | null;
  readonly identity_id: string | null;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly object_id: string | null;
  readonly reserved_at: string | null;
  readonly holder_id: string | null;
  readonly destroyed_at: string | null;
}

/** Drafts of before classes and posts had none of either. */
const filled = (content: LetterContent): LetterContent => ({
  ...content,
  security: content.security ?? 'biasa',
  postId: content.postId ?? null,
});

/** @throws AppError NOT_FOUND; LETTER_SEALED when the person at work has no key to it; LETTER_DESTROYED. */
export function readLetter(db: ReadDb, ring: Keyring, id: string): StoredLetter {
  const row = db.get<Row>(sql`SELECT id, kind, state, urgency, security, author_id, revision, content, frozen,
    sealed_content, sealed_frozen, identity_id, number, letter_date, object_id, reserved_at, holder_id, destroyed_at
    FROM letter WHERE id = ${id}`);
  if (!row) throw new AppError('NOT_FOUND');
  if (row.destroyed_at !== null) throw new AppError('LETTER_DESTROYED');
  const clearFrozen = row.frozen === null ? null : (JSON.parse(row.frozen) as TypesetLetter);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    urgency: row.urgency,
    security: row.security,
    authorId: row.author_id,
    revision: row.revision,
    content: row.sealed_content
      ? ring.content(id, row.sealed_content)
      : filled(JSON.parse(row.content) as LetterContent),
    frozen: row.sealed_frozen ? ring.frozen(id, row.sealed_frozen) : clearFrozen,
    identityId: row.identity_id,
    number: row.number,
    date: row.letter_date,
    objectId: row.object_id,
    reservedAt: row.reserved_at,
    holderId: row.holder_id,
  };
}

/** Who writes, as lists show it: kept with the letter, because a person's post changes and the letter's does not. */
export interface Sender {
  readonly accountId: string;
  readonly post: string;
  readonly unit: string;
}

/** A new draft is of class biasa: what is in it is sealed when its class says so. */
export function createLetter(db: WriteDb, content: LetterContent, sender: Sender, at: Date): string {
  const id = randomUUID();
  const now = at.toISOString();
  db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at,
      sender_post, sender_unit)
    VALUES (${id}, ${content.kind}, 'draft', ${content.urgency}, ${content.subject}, ${sender.accountId}, 1,
            ${JSON.stringify(content)}, ${now}, ${now}, ${sender.post}, ${sender.unit})`);
  recordChange(db, 'letter', id, at);
  return id;
}

/**
 * Saves a draft, or what a reviewer mended. Where the class changed from open to sealed it gets a key, sealed to its author; where it changed
 * back the key goes.
 * @param author asked for only where something is sealed that was not.
 * @throws AppError LETTER_CHANGED_ELSEWHERE when `revision` is not the one last saved.
 */
export function saveContent(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  author: () => Reader,
  revision: number,
  content: LetterContent,
  at: Date,
  action: 'save' | 'correct' = 'save',
): number {
  after(action, letter.state);
  if (letter.revision !== revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
  const wasSealed = isSealed(letter.security);
  let key: Uint8Array | null = null;
  if (isSealed(content.security)) {
    key = wasSealed ? requireKey(ring, letter.id) : newLetterKey();
    if (!wasSealed) {
      sealTo(db, letter.id, key, [author()], at);
      resealRemarks(db, letter.id, null, key);
      sealVersions(db, letter.id, author().publicKey);
    }
  } else if (wasSealed) {
    resealRemarks(db, letter.id, requireKey(ring, letter.id), null);
    db.run(sql`DELETE FROM letter_key WHERE letter_id = ${letter.id}`);
  }
  const words = wordColumns(letter.id, key, content, null);
  db.run(sql`UPDATE letter SET content = ${words.content}, kind = ${content.kind}, urgency = ${content.urgency},
    security = ${content.security}, subject = ${words.subject}, sealed_summary = ${words.sealedSummary},
    sealed_content = ${words.sealedContent}, revision = ${revision + 1}, updated_at = ${at.toISOString()}
    WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  return revision + 1;
}

export function setState(
  db: WriteDb,
  letter: StoredLetter,
  action: 'discard' | 'restore' | 'recall' | 'return' | 'reject' | 'reopen' | 'withdraw',
  at: Date,
): void {
  db.run(
    sql`UPDATE letter SET state = ${after(action, letter.state)}, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`,
  );
  recordChange(db, 'letter', letter.id, at);
}

const keyOf = (ring: Keyring, letter: StoredLetter): Uint8Array | null =>
  isSealed(letter.security) ? requireKey(ring, letter.id) : null;

/** T1: what will be on the page, fixed together with its number and date. */
export function freeze(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  frozen: TypesetLetter,
  by: { readonly identityId: string; readonly accountId: string },
  at: Date,
): void {
  const words = wordColumns(letter.id, keyOf(ring, letter), letter.content, frozen);
  db.run(sql`UPDATE letter SET state = ${after('reserve', letter.state)}, frozen = ${words.frozen},
    sealed_summary = ${words.sealedSummary}, sealed_frozen = ${words.sealedFrozen},
    subject = ${words.subject && frozen.content.subject},
    identity_id = ${by.identityId}, holder_id = ${by.accountId}, number = ${frozen.number}, letter_date = ${frozen.date},
    reserved_at = ${at.toISOString()}, sender_post = ${frozen.signer.post}, sender_unit = ${frozen.signer.unit}, updated_at = ${at.toISOString()}
    WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
}

/** Undoes T1: what it was before. @param to the state that it came from, or `rejected` where a later signer refuses. */
export function thaw(db: WriteDb, letter: StoredLetter, to: 'draft' | 'ready' | 'rejected', at: Date): void {
  const state = after(to === 'rejected' ? 'reject' : 'release', letter.state, to);
  db.run(sql`UPDATE letter SET state = ${state}, frozen = NULL, sealed_frozen = NULL,
    subject = ${isSealed(letter.security) ? '' : letter.content.subject},
    identity_id = NULL, holder_id = NULL, number = NULL, letter_date = NULL, reserved_at = NULL,
    object_id = NULL, sealed_object_key = NULL, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
}

/** The PDF of a letter: in the clear its key lies with the object; sealed it lies under the letter's key. */
export interface KeptPdf {
  readonly id: string;
  readonly key: Uint8Array;
}

/** What a receiver's row repeats of its letter, for the lists' indexes. */
export const ofLetter = sql`position, security, author_id`;

/** How a receiver of this vault is reached. */
export interface Receiver {
  readonly accountId: string;
  readonly unit: string;
}

/**
 * T2's part of the letter: signed, kept, and delivered at once to the people of this vault.
 * @param readers to whom a sealed letter is sealed besides its author.
 * @returns the accounts that received it, without the signer's own.
 */
export function markSigned(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  pdf: KeptPdf,
  receivers: ReadonlyMap<string, Receiver>,
  readers: readonly Reader[],
  at: Date,
): string[] {
  const now = at.toISOString();
  const content = letter.frozen?.content;
  const parties = [
    ...(content?.recipients ?? []).map((one, place) => ({ ...one, role: 'to', index: place })),
    ...(content?.copies ?? []).map((one, place) => ({ ...one, role: 'copy', index: place })),
  ];
  const key = keyOf(ring, letter);
  const received = new Set<string>();
  for (const party of parties) {
    const delivered = party.accountId === null ? null : now;
    const unit = receivers.get(party.accountId ?? '')?.unit ?? '';
    // Whom a sealed letter names in words is part of its words.
    const [name, town] = key ? ['', ''] : [party.name, party.place];
    db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, ${ofLetter})
      SELECT ${letter.id}, ${party.role}, ${party.index}, ${party.accountId}, ${name}, ${town}, ${unit}, ${delivered},
        ${ofLetter} FROM letter WHERE id = ${letter.id}`);
    if (party.accountId !== null && party.accountId !== letter.authorId) received.add(party.accountId);
  }
  if (key) sealTo(db, letter.id, key, readers, at);
  const sent = received.size > 0 ? now : null;
  const objectKey = key && sealObjectKey(key, letter.id, pdf.key);
  db.run(sql`UPDATE letter SET state = ${after('sign', letter.state, 'signed')}, object_id = ${pdf.id},
    sealed_object_key = ${objectKey}, signed_at = ${now}, sent_at = ${sent}, updated_at = ${now} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  return [...received];
}

/** One of several has signed: the file so far is kept, and the next one's turn has come. */
export function markCosigning(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  pdf: KeptPdf,
  at: Date,
): void {
  const key = keyOf(ring, letter);
  db.run(sql`UPDATE letter SET state = ${after('sign', letter.state, 'cosigning')}, object_id = ${pdf.id},
    sealed_object_key = ${key && sealObjectKey(key, letter.id, pdf.key)}, updated_at = ${at.toISOString()}
    WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
}

/**
 * Takes a letter back from its receivers while none of them has opened it or done anything with it.
 * @returns who had received it.
 * @throws AppError LETTER_ALREADY_READ.
 */
export function undeliver(db: WriteDb, letter: StoredLetter, at: Date): string[] {
  const parties = db.all<{ account_id: string; touched: number }>(
    sql`SELECT account_id, read_at IS NOT NULL OR settled_at IS NOT NULL OR claimed_by IS NOT NULL AS touched
      FROM letter_party WHERE letter_id = ${letter.id} AND account_id IS NOT NULL
      AND delivered_at IS NOT NULL AND account_id <> ${letter.authorId}`,
  );
  const passedOn = db.get(sql`SELECT 1 FROM disposition WHERE letter_id = ${letter.id}`) !== undefined;
  if (passedOn || parties.some((one) => one.touched === 1)) throw new AppError('LETTER_ALREADY_READ');
  db.run(sql`UPDATE letter_party SET delivered_at = NULL WHERE letter_id = ${letter.id}
    AND account_id IS NOT ${letter.authorId}`);
  recordChange(db, 'letter', letter.id, at);
  return parties.map((one) => one.account_id);
}

/**
 * What the signature of a letter reached, as it is told with the letter.
 * @param several a letter is worth what the weakest of its signatures is.
 */
export function recordLevel(
  db: WriteDb,
  letterId: string,
  { level, lowering }: { readonly level: SignatureLevel; readonly lowering: Lowering | null },
  several = false,
): void {
  const before = db.get<{ level: SignatureLevel }>(sql`SELECT level FROM letter WHERE id = ${letterId}`);
  if (several && before && isBelow(before.level, level)) return;
  const why = lowering && JSON.stringify(lowering);
  db.run(sql`UPDATE letter SET level = ${level}, lowering = ${why} WHERE id = ${letterId}`);
}

/**
 * A signed letter's file has grown: the new one is what is kept from now on.
 * @throws AppError LETTER_CHANGED_ELSEWHERE when it is not the file any more that was read.
 */
export function replacePdf(db: WriteDb, ring: Keyring, letter: StoredLetter, pdf: KeptPdf, at: Date): void {
  const key = keyOf(ring, letter);
  const objectKey = key && sealObjectKey(key, letter.id, pdf.key);
  const changed = db.run(sql`UPDATE letter SET object_id = ${pdf.id}, sealed_object_key = ${objectKey},
    updated_at = ${at.toISOString()} WHERE id = ${letter.id} AND state IN ('signed', 'withdrawn', 'revoked', 'replaced')
    AND object_id = ${letter.objectId}`);
  if (changed !== 1) throw new AppError('LETTER_CHANGED_ELSEWHERE');
  recordChange(db, 'letter', letter.id, at);
}

/** A deputy reads for whom the letter was sent to. @returns whether this was its first reading by these accounts. */
export function markRead(db: WriteDb, letterId: string, accountIds: readonly string[], at: Date): boolean {
  const changed =
    db.run(sql`UPDATE letter_party SET read_at = ${at.toISOString()} WHERE letter_id = ${letterId}
    AND account_id IN (SELECT value FROM json_each(${JSON.stringify(accountIds)})) AND delivered_at IS NOT NULL
    AND read_at IS NULL`);
  if (changed > 0) recordChange(db, 'letter', letterId, at);
  return changed > 0;
}

/** Letters whose number was taken but whose signature never came (the process died in between). */
export function interruptedLetters(db: ReadDb, holderId: string): string[] {
  return db
    .all<{ id: string }>(
      sql`SELECT id FROM letter WHERE holder_id = ${holderId} AND state = 'reserved' ORDER BY position`,
    )
    .map((row) => row.id);
}
