import { AppError } from '../contract/errors.ts';
import type { Lowering, SignatureLevel } from '../contract/levels.ts';
import { isOverdue, type TaskState } from '../contract/disposition-life.ts';
import {
  listLimit,
  type Delivery,
  type Folder,
  type LetterContent,
  type LetterDetail,
  type LetterKind,
  type LetterRow,
  type ListPart,
  type SecurityClass,
  type TypesetLetter,
  type Urgency,
} from '../contract/letters.ts';
import { isSignedState, type LetterState } from '../contract/lifecycle.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { destroyedLetter } from './destroyed.ts';
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
  /** Of the lists of dispositions. */
  readonly task_state?: TaskState | null;
  readonly task_deadline?: string | null;
  readonly task_lead?: number | null;
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
  readonly destroyed_at: string | null;
  readonly destroyed_sha256: string | null;
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
const columns = sql`letter.position, letter.id, letter.kind, letter.state, letter.urgency, letter.security, letter.subject, letter.number,
  letter.letter_date, letter.content, letter.sealed_summary, letter.sender_post, letter.sender_unit, letter.created_at,
  letter.updated_at, letter.signed_at`;

/** The page first, from an index alone; then the letters of that page. @param page position, unread, via, cut off. */
const pageOf = (page: Sql): Sql => sql`SELECT ${columns}, page.unread, page.via, 0 AS awaiting
  FROM (${page}) AS page JOIN letter ON letter.position = page.position ORDER BY page.position DESC`;

/** The letter's task that is due first, of those that a list is about. @param which condition on `task`. */
const withTask = (found: Sql, which: Sql): Sql => sql`SELECT page.*, own.state AS task_state,
    own.deadline AS task_deadline, own.lead AS task_lead
  FROM (${found}) AS page LEFT JOIN disposition_task AS own ON own.id = (
    SELECT task.id FROM disposition_task AS task WHERE task.letter_id = page.id AND ${which}
    ORDER BY task.deadline IS NULL, task.deadline, task.place LIMIT 1)
  ORDER BY page.position DESC`;

interface ListOptions {
  /** A part of the folder. */
  readonly only?: ListPart | undefined;
  /** Plain date; without it nothing is told to be overdue. */
  readonly today?: string;
  readonly limit?: number;
}

/** Newest first, at most 1,000 rows or as many as asked for. */
export function listLetters(
  db: ReadDb,
  asker: Asker,
  folder: Folder,
  { only, today = '', limit = listLimit }: ListOptions = {},
): LetterRow[] {
  return db.all<ListRow>(listQuery(asker, folder, { only, limit })).map((row) => {
    const { task_state: state, task_deadline: due } = row;
    if (!state) return toRow(row, asker);
    const deadline = due ?? null;
    const overdue = isOverdue(state, deadline, today);
    return { ...toRow(row, asker), task: { state, deadline, overdue, lead: row.task_lead === 1 } };
  });
}

/** Exported for the test that asks SQLite how it would answer. */
export function listQuery(
  asker: Asker,
  folder: Folder,
  { only, limit = listLimit }: Omit<ListOptions, 'today'> = {},
): Sql {
  const paged = (found: Sql, having: Sql = sql``): Sql =>
    pageOf(sql`${found} GROUP BY 1 ${having} ORDER BY 1 DESC LIMIT ${limit}`);
  if (folder === 'incoming' && only !== undefined)
    return paged(
      sql`SELECT party.position AS position, 1 AS unread,
        coalesce(max(CASE WHEN party.account_id = ${asker.accountId} THEN party.account_id END),
          max(party.account_id)) AS via
      FROM letter_party AS party
      WHERE party.account_id IN ${receivingAccounts(asker)} AND ${receivedBy(asker)} AND party.read_at IS NULL`,
      howTheyCame(only),
    );
  if (folder === 'incoming')
    return paged(sql`SELECT received.position AS position, max(received.unread) AS unread,
        coalesce(max(CASE WHEN received.account_id = ${asker.accountId} THEN received.account_id END),
          max(received.account_id)) AS via
      FROM (${deliveredTo(asker, limit)}) AS received`);
  if (folder === 'notFollowedUp')
    return paged(sql`SELECT party.position AS position,
        max(party.read_at IS NULL AND party.account_id IN ${receivingAccounts(asker)}) AS unread, coalesce(max(CASE WHEN party.account_id = ${asker.accountId} THEN party.account_id END),
          max(party.account_id)) AS via
      FROM letter_party AS party WHERE ${unsettled(asker)}`);
  if (folder === 'dispositions')
    return withTask(
      paged(sql`SELECT task.position AS position, max(task.state = 'unread') AS unread,
        coalesce(max(CASE WHEN task.account_id = ${asker.accountId} THEN task.account_id END),
          max(task.account_id)) AS via
      FROM disposition_task AS task WHERE ${openTasks(asker)} ${only === 'unread' ? sql`AND task.state = 'unread'` : sql``}`),
      openTasks(asker),
    );
  if (folder === 'given')
    return withTask(
      paged(sql`SELECT task.position AS position, 0 AS unread,
        coalesce(max(CASE WHEN task.giver_id = ${asker.accountId} THEN task.giver_id END), max(task.giver_id)) AS via
      FROM disposition_task AS task WHERE ${givenTasks(asker)}`),
      givenTasks(asker),
    );
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
  if (folder === 'outgoing' && only === 'unread') {
    return sql`SELECT ${columns}, 0 AS unread, NULL AS via, 1 AS awaiting
      FROM (SELECT DISTINCT party.letter_id FROM letter_party AS party WHERE ${unopened(asker)}) AS waits
      JOIN letter ON letter.id = waits.letter_id
      WHERE ${inForceOrEnded} ORDER BY letter.position DESC LIMIT ${limit}`;
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
    WHERE letter.author_id = ${asker.accountId} AND ${ownStates[folder]} ${folder === 'drafts' ? ofDrafts(asker, only) : sql``}
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

/** Who is addressed and copied at once has one letter to read, not two. */
function howTheyCame(only: ListPart | undefined): Sql {
  if (only === 'unreadTo') return sql`HAVING max(party.role <> 'copy') = 1`;
  return only === 'unreadCopies' ? sql`HAVING max(party.role <> 'copy') = 0` : sql``;
}

/** Of `party`: the asker's own letter, delivered to somebody here who has not opened it. */
export const unopened = (asker: Asker): Sql => sql`party.author_id = ${asker.accountId}
  AND party.delivered_at IS NOT NULL AND party.read_at IS NULL AND party.role <> 'grant'
  AND party.account_id <> ${asker.accountId}`;

/** Signed here, whatever became of it since; what came from outside was not sent by whoever entered it. */
export const inForceOrEnded = sql`letter.state IN ('signed', 'withdrawn', 'revoked', 'replaced')`;

/** What came back, and what stopped halfway through its signing. */
export const cameBack = sql`letter.state IN ('returned', 'rejected')`;
export const interrupted = (asker: Asker): Sql =>
  sql`letter.state = 'reserved' AND letter.holder_id = ${asker.accountId}`;

function ofDrafts(asker: Asker, only: ListPart | undefined): Sql {
  if (only === 'returned') return sql`AND ${cameBack}`;
  return only === 'interrupted' ? sql`AND ${interrupted(asker)}` : sql``;
}

/** Some letters by name, in no order; of those that the asker may not see none. */
export const lettersNamed = (db: ReadDb, asker: Asker, ids: readonly string[]): LetterRow[] =>
  db
    .all<ListRow>(
      sql`SELECT ${columns}, 0 AS unread, NULL AS via, 0 AS awaiting
        FROM json_each(${JSON.stringify(ids)}) AS named JOIN letter ON letter.id = named.value
        WHERE ${visible(asker)}`,
    )
    .map((row) => toRow(row, asker));

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
    sha256: row.object_id?.slice(0, 64) ?? row.destroyed_sha256,
    signer: frozen?.signer ?? {
      name: row.name,
      frontTitle: row.front_title,
      backTitle: row.back_title,
      nip: row.nip,
      rank: row.rank,
      post: row.sender_post,
      unit: row.sender_unit,
    },
    signature:
      isSignedState(row.state) && row.destroyed_at === null
        ? {
            level: row.level,
            lowering: row.lowering === null ? null : (JSON.parse(row.lowering) as Lowering),
            issuer: frozen?.issuer ?? '',
            certified: frozen?.certified ?? false,
          }
        : null,
    identityId: row.holder_id === asker.accountId ? row.identity_id : null,
    verification: storedVerification(db, id),
    destroyed: row.destroyed_at === null ? null : destroyedLetter(db, id),
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
