import { AppError } from '../contract/errors.ts';
import type { Lowering, SignatureLevel } from '../contract/levels.ts';
import type {
  Delivery,
  Folder,
  LetterContent,
  LetterDetail,
  LetterKind,
  LetterRow,
  SecurityClass,
  TypesetLetter,
  Urgency,
} from '../contract/letters.ts';
import { isSignedState, type LetterState } from '../contract/lifecycle.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { turnOf } from './turns.ts';
import { storedVerification } from './verification.ts';
import { receivedBy, receivingAccounts, visible, type Asker } from './scope.ts';
import { deliveredTo, ofRole, sentBy } from './streams.ts';
import { givenTasks, openTasks, unsent, unsentParties, unsettled } from './waiting.ts';

/**
 * Read-only views with the asker's scope inside the query (scope.ts): what somebody may not see is not there, and a
 * sealed letter is there only for whoever has a key to it, administrators included.
 */
interface ListRow {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly subject: string;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly content: string;
  readonly sealed_summary: Uint8Array | null;
  readonly sender_post: string;
  readonly sender_unit: string;
  readonly unread: number;
  readonly awaiting: number;
  /** Of the receivers through whom the asker sees it: the asker's own account when it is among them. */
  readonly via: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly signed_at: string | null;
}

interface Row extends ListRow {
  readonly frozen: string | null;
  readonly sealed_content: Uint8Array | null;
  readonly sealed_frozen: Uint8Array | null;
  readonly revision: number;
  readonly object_id: string | null;
  readonly author_id: string;
  readonly name: string;
  readonly front_title: string;
  readonly back_title: string;
  readonly nip: string;
  readonly rank: string;
  readonly level: SignatureLevel;
  readonly lowering: string | null;
  readonly identity_id: string | null;
  readonly holder_id: string | null;
}

function summary(row: ListRow, asker: Asker): { subject: string; recipientNames: readonly string[] } {
  if (row.sealed_summary)
    return asker.ring.summary(row.id, row.sealed_summary) ?? { subject: '', recipientNames: [] };
  const content = JSON.parse(row.content) as LetterContent;
  return { subject: row.subject, recipientNames: content.recipients.map((one) => one.name) };
}

function toRow(row: ListRow, asker: Asker): LetterRow {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    urgency: row.urgency,
    security: row.security,
    ...summary(row, asker),
    number: row.number,
    date: row.letter_date,
    senderName: row.sender_post,
    senderUnit: row.sender_unit,
    unread: row.unread === 1,
    onBehalfOf:
      row.via === null || row.via === asker.accountId
        ? null
        : (asker.principals.find((one) => one.id === row.via)?.name ?? null),
    awaiting: row.awaiting === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    signedAt: row.signed_at,
  };
}

/** What a list shows: without the frozen page, which is most of a row. */
const columns = sql`letter.id, letter.kind, letter.state, letter.urgency, letter.security, letter.subject, letter.number,
  letter.letter_date, letter.content, letter.sealed_summary, letter.sender_post, letter.sender_unit, letter.created_at,
  letter.updated_at, letter.signed_at`;
const listLimit = 1000;

/** The page first, from an index alone; then the letters of that page. @param page position, unread, via, cut off. */
const pageOf = (page: Sql): Sql => sql`SELECT ${columns}, page.unread, page.via, 0 AS awaiting
  FROM (${page}) AS page JOIN letter ON letter.position = page.position ORDER BY page.position DESC`;

/** Newest first, at most 1,000 rows or as many as asked for. */
export function listLetters(db: ReadDb, asker: Asker, folder: Folder, limit = listLimit): LetterRow[] {
  return db.all<ListRow>(listQuery(asker, folder, limit)).map((row) => toRow(row, asker));
}

/** Exported for the test that asks SQLite how it would answer. */
export function listQuery(asker: Asker, folder: Folder, limit = listLimit): Sql {
  const paged = (found: Sql): Sql => pageOf(sql`${found} GROUP BY 1 ORDER BY 1 DESC LIMIT ${limit}`);
  if (folder === 'incoming')
    return paged(sql`SELECT received.position AS position, max(received.unread) AS unread,
        coalesce(max(CASE WHEN received.account_id = ${asker.accountId} THEN received.account_id END),
          max(received.account_id)) AS via
      FROM (${deliveredTo(asker, limit)}) AS received`);
  if (folder === 'notFollowedUp')
    return paged(sql`SELECT party.position AS position, max(party.read_at IS NULL) AS unread,
        coalesce(max(CASE WHEN party.account_id = ${asker.accountId} THEN party.account_id END),
          max(party.account_id)) AS via
      FROM letter_party AS party WHERE ${unsettled(asker)}`);
  if (folder === 'dispositions')
    return paged(sql`SELECT task.position AS position, max(task.state = 'unread') AS unread,
        coalesce(max(CASE WHEN task.account_id = ${asker.accountId} THEN task.account_id END),
          max(task.account_id)) AS via
      FROM disposition_task AS task WHERE ${openTasks(asker)}`);
  if (folder === 'given')
    return paged(sql`SELECT task.position AS position, 0 AS unread,
        coalesce(max(CASE WHEN task.giver_id = ${asker.accountId} THEN task.giver_id END), max(task.giver_id)) AS via
      FROM disposition_task AS task WHERE ${givenTasks(asker)}`);
  if (folder === 'notSent')
    return paged(sql`SELECT letter.position AS position, 0 AS unread, NULL AS via
      FROM ${unsentParties(asker)} WHERE ${unsent(asker)}`);
  if (folder === 'unit')
    // Each letter comes once, and grouped SQLite (3.53) would give this union the wrong way round.
    return pageOf(sql`SELECT position, 0 AS unread, NULL AS via FROM (${ofRole(asker, limit)})
      ORDER BY position DESC LIMIT ${limit}`);
  if (folder === 'toSign' || folder === 'toReview') {
    return sql`SELECT ${columns}, 0 AS unread, 0 AS awaiting, turn.via FROM (
        SELECT step.letter_id, coalesce(max(CASE WHEN step.account_id = ${asker.accountId} THEN step.account_id END),
          max(step.account_id)) AS via
        FROM letter_step AS step INDEXED BY letter_step_open JOIN letter ON letter.id = step.letter_id
        WHERE step.account_id IN ${receivingAccounts(asker)} AND ${turnOf(asker, folder === 'toSign' ? 'sign' : 'review')}
        GROUP BY step.letter_id) AS turn
      JOIN letter ON letter.id = turn.letter_id
      WHERE ${visible(asker)} ORDER BY letter.position DESC LIMIT ${limit}`;
  }
  const awaiting = sql`EXISTS (SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id
    AND party.delivered_at IS NOT NULL AND party.role <> 'grant' AND party.read_at IS NULL
    AND party.account_id <> letter.author_id)`;
  if (folder === 'outgoing') {
    return sql`SELECT ${columns}, 0 AS unread, NULL AS via, ${awaiting} AS awaiting
      FROM (SELECT position FROM (${sentBy(asker, limit)}) ORDER BY position DESC LIMIT ${limit}) AS page
      JOIN letter ON letter.position = page.position
      WHERE ${visible(asker)} ORDER BY page.position DESC`;
  }
  return sql`SELECT ${columns}, 0 AS unread, NULL AS via, 0 AS awaiting
    FROM letter
    WHERE letter.author_id = ${asker.accountId} AND ${ownStates[folder]}
    ORDER BY letter.position DESC LIMIT ${limit}`;
}

/** Rows of letters that were found otherwise, newest first. The caller has asked whether the asker may see them. */
export function lettersAt(db: ReadDb, asker: Asker, positions: readonly number[]): LetterRow[] {
  const received = sql`letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(asker)}`;
  return db
    .all<ListRow>(
      sql`SELECT ${columns}, EXISTS (SELECT 1 FROM ${received} AND party.read_at IS NULL) AS unread,
      (SELECT party.account_id FROM ${received} ORDER BY party.account_id = ${asker.accountId} DESC LIMIT 1) AS via,
      (letter.author_id = ${asker.accountId} AND EXISTS (SELECT 1 FROM letter_party AS party
        WHERE party.letter_id = letter.id AND party.delivered_at IS NOT NULL AND party.role <> 'grant'
        AND party.read_at IS NULL AND party.account_id <> letter.author_id)) AS awaiting
    FROM json_each(${JSON.stringify(positions)}) AS wanted CROSS JOIN letter ON letter.position = wanted.value
    ORDER BY letter.position DESC`,
    )
    .map((row) => toRow(row, asker));
}

const submitted = sql`EXISTS (SELECT 1 FROM letter_step AS step WHERE step.letter_id = letter.id)`;

/** One's own letters that are not signed; of `letter`. The states first: the author's index finds them. */
export const ownStates: Readonly<Record<'drafts' | 'inProcess' | 'discarded', Sql>> = {
  drafts: sql`letter.state IN ('draft', 'returned', 'rejected', 'reserved')
    AND (letter.state <> 'reserved' OR NOT ${submitted})`,
  inProcess: sql`letter.state IN ('review', 'ready', 'cosigning', 'reserved')
    AND (letter.state <> 'reserved' OR ${submitted})`,
  discarded: sql`letter.state = 'discarded'`,
};

/** A letter without the way that it takes, which the application adds. */
type StoredDetail = Omit<LetterDetail, 'steps' | 'remarks' | 'links' | 'may'> & {
  readonly authorId: string;
  readonly holderId: string | null;
};

/** @throws AppError NOT_FOUND, also when it exists but is not the asker's to see. */
export function letterDetail(db: ReadDb, asker: Asker, id: string): StoredDetail {
  const row = db.get<Row>(
    sql`SELECT letter.*, account.name, account.front_title, account.back_title, account.nip, account.rank, 0 AS awaiting,
      EXISTS (SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(asker)}
        AND party.read_at IS NULL) AS unread,
      (SELECT party.account_id FROM letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(asker)}
        ORDER BY party.account_id = ${asker.accountId} DESC LIMIT 1) AS via
    FROM letter JOIN account ON account.id = letter.author_id
    WHERE letter.id = ${id} AND ${visible(asker)}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  const clear = row.frozen === null ? null : (JSON.parse(row.frozen) as TypesetLetter);
  const frozen = row.sealed_frozen ? asker.ring.frozen(id, row.sealed_frozen) : clear;
  const draft = row.sealed_content
    ? asker.ring.content(id, row.sealed_content)
    : (JSON.parse(row.content) as LetterContent);
  const content = frozen?.content ?? draft;
  const mine = row.author_id === asker.accountId;
  return {
    ...toRow(row, asker),
    content: { ...content, security: row.security, postId: content.postId ?? null },
    revision: row.revision,
    onBehalfOf: mine ? null : toRow(row, asker).onBehalfOf,
    mine,
    deliveries: deliveries(db, id, content),
    // A sealed copy has a suffix of its own behind the hash.
    sha256: row.object_id?.slice(0, 64) ?? null,
    signer: frozen?.signer ?? {
      name: row.name,
      frontTitle: row.front_title,
      backTitle: row.back_title,
      nip: row.nip,
      rank: row.rank,
      post: row.sender_post,
      unit: row.sender_unit,
    },
    signature: isSignedState(row.state)
      ? {
          level: row.level,
          lowering: row.lowering === null ? null : (JSON.parse(row.lowering) as Lowering),
          issuer: frozen?.issuer ?? '',
          certified: frozen?.certified ?? false,
        }
      : null,
    identityId: row.holder_id === asker.accountId ? row.identity_id : null,
    verification: storedVerification(db, id),
    authorId: row.author_id,
    holderId: row.holder_id,
  };
}

/** As people are named in a letter's history: the post is the newest one. */
export function personName(db: ReadDb, accountId: string): { name: string; post: string } {
  const row = db.get<{ name: string; post: string | null }>(
    sql`SELECT account.name, (SELECT title FROM post WHERE post.account_id = account.id
      ORDER BY post.until_date IS NULL DESC, post.from_date DESC LIMIT 1) AS post
      FROM account WHERE account.id = ${accountId}`,
  );
  return { name: row?.name ?? '', post: row?.post ?? '' };
}

/** Names come from the letter: those of a sealed one lie nowhere else. */
function deliveries(db: ReadDb, id: string, content: LetterContent): Delivery[] {
  return db
    .all<{
      role: 'to' | 'copy';
      place: number;
      name: string;
      account_id: string | null;
      delivered_at: string | null;
      read_at: string | null;
    }>(
      sql`SELECT role, place, name, account_id, delivered_at, read_at FROM letter_party
        WHERE letter_id = ${id} AND role <> 'grant' ORDER BY role DESC, place`,
    )
    .map((row) => ({
      role: row.role,
      name: row.name || ((row.role === 'to' ? content.recipients : content.copies)[row.place]?.name ?? ''),
      internal: row.account_id !== null,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
    }));
}
