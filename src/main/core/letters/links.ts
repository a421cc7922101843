import { AppError } from '../contract/errors.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { LinkKind, Succession } from '../contract/review.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { after } from './lifecycle.ts';

/** Letters that take another's place: linked while they are drafts, settled when they are signed. */
export interface StoredLink {
  readonly letterId: string;
  readonly targetId: string;
  readonly kind: LinkKind;
}

const actionOf = { replaces: 'replace', revokes: 'revoke' } as const;

/**
 * A reply points at what it answers and changes nothing in it.
 * @throws AppError LETTER_NOT_EDITABLE when the target can be neither replaced nor revoked any more.
 */
export function link(db: WriteDb, { letterId, targetId, kind }: StoredLink, at: Date): void {
  if (kind !== 'replies') requireTarget(db, targetId, kind);
  db.run(sql`INSERT INTO letter_link (letter_id, target_id, kind, made_at)
    VALUES (${letterId}, ${targetId}, ${kind}, ${at.toISOString()})`);
}

const stateOf = (db: ReadDb, id: string): LetterState => {
  const row = db.get<{ state: LetterState }>(sql`SELECT state FROM letter WHERE id = ${id}`);
  if (!row) throw new AppError('NOT_FOUND');
  return row.state;
};

const requireTarget = (db: ReadDb, id: string, kind: Succession): LetterState =>
  after(actionOf[kind], stateOf(db, id));

/**
 * The later letter is signed: what it replaces or revokes is so from now on.
 * @returns the targets, to tell their receivers.
 * @throws AppError LETTER_NOT_EDITABLE when another letter came first.
 */
export function settleLinks(db: WriteDb, letterId: string, at: Date): StoredLink[] {
  const rows = db.all<{ target_id: string; kind: Succession }>(
    sql`SELECT target_id, kind FROM letter_link WHERE letter_id = ${letterId} AND settled_at IS NULL
      AND kind <> 'replies'`,
  );
  for (const row of rows) {
    const state = requireTarget(db, row.target_id, row.kind);
    db.run(
      sql`UPDATE letter SET state = ${state}, updated_at = ${at.toISOString()} WHERE id = ${row.target_id}`,
    );
    db.run(
      sql`UPDATE letter_link SET settled_at = ${at.toISOString()} WHERE letter_id = ${letterId} AND target_id = ${row.target_id}`,
    );
    recordChange(db, 'letter', row.target_id, at);
  }
  return rows.map((row) => ({ letterId, targetId: row.target_id, kind: row.kind }));
}

/**
 * While a letter that takes its place is being signed by several, nothing else happens to it.
 * @throws AppError LETTER_NOT_EDITABLE
 */
export function requireNoSuccessorUnderWay(db: ReadDb, targetId: string, except = ''): void {
  const other = db.get(sql`SELECT 1 FROM letter_link AS link JOIN letter ON letter.id = link.letter_id
    WHERE link.target_id = ${targetId} AND link.settled_at IS NULL AND link.letter_id <> ${except}
      AND link.kind <> 'replies'
      AND letter.state IN ('reserved', 'cosigning')`);
  if (other) throw new AppError('LETTER_NOT_EDITABLE');
}

/**
 * A draft that takes nothing's place any more, or where it took none: answers nothing. The draft of a corrected answer
 * still answers. @returns whether there was a link.
 */
export function unlink(db: WriteDb, letterId: string, at: Date): boolean {
  const taken = sql`DELETE FROM letter_link WHERE letter_id = ${letterId} AND settled_at IS NULL`;
  const gone = db.run(sql`${taken} AND kind <> 'replies'`) || db.run(taken);
  if (gone > 0) recordChange(db, 'letter', letterId, at);
  return gone > 0;
}

/** May this letter still take the place of those it names? Asked before its number is taken. */
export function requireLinksOpen(db: ReadDb, letterId: string): void {
  const rows = db.all<{ target_id: string; kind: Succession }>(
    sql`SELECT target_id, kind FROM letter_link WHERE letter_id = ${letterId} AND settled_at IS NULL
      AND kind <> 'replies'`,
  );
  for (const row of rows) {
    requireTarget(db, row.target_id, row.kind);
    requireNoSuccessorUnderWay(db, row.target_id, letterId);
  }
}

/** Links of a letter in either direction; of those that point at it only settled ones, or the asker's own drafts. */
export function linksOf(db: ReadDb, letterId: string): (StoredLink & { readonly settled: boolean })[] {
  return db
    .all<{ letter_id: string; target_id: string; kind: LinkKind; settled: number }>(
      sql`SELECT letter_id, target_id, kind, settled_at IS NOT NULL AS settled FROM letter_link
        WHERE letter_id = ${letterId} OR target_id = ${letterId} ORDER BY made_at, letter_id`,
    )
    .map((row) => ({
      letterId: row.letter_id,
      targetId: row.target_id,
      kind: row.kind,
      settled: row.settled === 1,
    }));
}
