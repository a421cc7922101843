import { sql, type WriteDb } from '../sql.ts';

/** What inbox and counters ask of a letter lies with each receiver, so that an index alone answers them. */
export const version = 30;

export function up(db: WriteDb): void {
  db.run(sql`ALTER TABLE letter_party ADD COLUMN position INTEGER NOT NULL DEFAULT 0`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN security TEXT NOT NULL DEFAULT 'biasa'`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN author_id TEXT NOT NULL DEFAULT ''`);
  db.run(sql`UPDATE letter_party SET (position, security, author_id) =
    (SELECT letter.position, letter.security, letter.author_id FROM letter WHERE letter.id = letter_party.letter_id)`);
  db.run(sql`DROP INDEX letter_party_account`);
  db.run(sql`DROP INDEX letter_party_unread`);
  // Newest first, page by page, without touching a letter.
  db.run(
    sql`CREATE INDEX letter_party_inbox ON letter_party(account_id, position, security, role, read_at, delivered_at)
      WHERE delivered_at IS NOT NULL`,
  );
  db.run(
    sql`CREATE INDEX letter_party_unread ON letter_party(account_id, letter_id, role, security)
      WHERE delivered_at IS NOT NULL AND read_at IS NULL`,
  );
  db.run(
    sql`CREATE INDEX letter_party_awaiting ON letter_party(author_id, letter_id, account_id)
      WHERE delivered_at IS NOT NULL AND read_at IS NULL AND role <> 'grant'`,
  );
}
