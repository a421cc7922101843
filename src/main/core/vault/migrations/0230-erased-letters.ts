import { sql, type WriteDb } from '../sql.ts';

/**
 * Which letters a berita acara of a destruction lists as destroyed, a JSON array of their ids: nothing else may be.
 * One that was made before is not known to list what would go now; its proposal is withdrawn and made again.
 */
export const version = 230;

export function up(db: WriteDb): void {
  db.run(sql`ALTER TABLE archive_proposal ADD COLUMN erases TEXT CHECK (json_valid(erases))`);
}
