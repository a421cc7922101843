import { AppError } from '../contract/errors.ts';
import type {
  Delivery,
  Folder,
  LetterContent,
  LetterDetail,
  LetterKind,
  LetterRow,
  LetterState,
  TypesetLetter,
  Urgency,
} from '../contract/letters.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/**
 * Read-only views with the asker's scope inside the query: a letter is seen by its author and, once delivered, by
 * those it was delivered to. Nobody else, administrators included.
 */
interface Row {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly subject: string;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly content: string;
  readonly frozen: string | null;
  readonly revision: number;
  readonly object_id: string | null;
  readonly author_id: string;
  readonly post: string;
  readonly name: string;
  readonly front_title: string;
  readonly back_title: string;
  readonly nip: string;
  readonly rank: string;
  readonly unit: string;
  readonly unread: number;
  readonly awaiting: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly signed_at: string | null;
}

function toRow(row: Row): LetterRow {
  const content = JSON.parse(row.content) as LetterContent;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    urgency: row.urgency,
    subject: row.subject,
    number: row.number,
    date: row.letter_date,
    senderName: row.post,
    senderUnit: row.unit,
    recipientNames: content.recipients.map((one) => one.name),
    unread: row.unread === 1,
    awaiting: row.awaiting === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    signedAt: row.signed_at,
  };
}

const listLimit = 1000;

/** Newest first, at most 1,000 rows. */
export function listLetters(db: ReadDb, asker: string, folder: Folder): LetterRow[] {
  if (folder === 'incoming') {
    return db
      .all<Row>(
        sql`SELECT letter.*, account.post, account.name, account.front_title, account.back_title, account.nip, account.rank,
          account.unit, max(party.read_at IS NULL) AS unread, 0 AS awaiting
        FROM letter_party AS party
        JOIN letter ON letter.id = party.letter_id
        JOIN account ON account.id = letter.author_id
        WHERE party.account_id = ${asker} AND party.delivered_at IS NOT NULL
        GROUP BY letter.position ORDER BY letter.position DESC LIMIT ${listLimit}`,
      )
      .map(toRow);
  }
  const states = {
    drafts: ['draft', 'reserved'],
    outgoing: ['signed', 'signed'],
    discarded: ['discarded', 'discarded'],
  }[folder];
  return db
    .all<Row>(
      sql`SELECT letter.*, account.post, account.name, account.front_title, account.back_title, account.nip, account.rank,
        account.unit, 0 AS unread,
        EXISTS (SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND party.delivered_at IS NOT NULL
          AND party.read_at IS NULL AND party.account_id <> letter.author_id) AS awaiting
      FROM letter JOIN account ON account.id = letter.author_id
      WHERE letter.author_id = ${asker} AND letter.state IN (${states[0] ?? ''}, ${states[1] ?? ''})
      ORDER BY letter.position DESC LIMIT ${listLimit}`,
    )
    .map(toRow);
}

/** @throws AppError NOT_FOUND, also when it exists but is not the asker's to see. */
export function letterDetail(db: ReadDb, asker: string, id: string): LetterDetail {
  const row = db.get<Row>(
    sql`SELECT letter.*, account.post, account.name, account.front_title, account.back_title, account.nip, account.rank,
      account.unit,
      EXISTS (SELECT 1 FROM letter_party AS mine WHERE mine.letter_id = letter.id AND mine.account_id = ${asker}
        AND mine.delivered_at IS NOT NULL AND mine.read_at IS NULL) AS unread, 0 AS awaiting
    FROM letter JOIN account ON account.id = letter.author_id
    WHERE letter.id = ${id} AND (letter.author_id = ${asker} OR EXISTS (
      SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND party.account_id = ${asker}
        AND party.delivered_at IS NOT NULL))`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  const frozen = row.frozen === null ? null : (JSON.parse(row.frozen) as TypesetLetter);
  return {
    ...toRow(row),
    content: frozen?.content ?? (JSON.parse(row.content) as LetterContent),
    revision: row.revision,
    mine: row.author_id === asker,
    deliveries: deliveries(db, id),
    sha256: row.object_id,
    signer: frozen?.signer ?? {
      name: row.name,
      frontTitle: row.front_title,
      backTitle: row.back_title,
      nip: row.nip,
      rank: row.rank,
      post: row.post,
      unit: row.unit,
    },
  };
}

function deliveries(db: ReadDb, id: string): Delivery[] {
  return db
    .all<{
      role: 'to' | 'copy';
      name: string;
      account_id: string | null;
      delivered_at: string | null;
      read_at: string | null;
    }>(
      sql`SELECT role, name, account_id, delivered_at, read_at FROM letter_party WHERE letter_id = ${id} ORDER BY role DESC, place`,
    )
    .map((row) => ({
      role: row.role,
      name: row.name,
      internal: row.account_id !== null,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
    }));
}
