import { createHash } from 'node:crypto';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** The office's pictures for the kop: PNGs that our own program made. */
export interface OfficeImage {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** @returns SHA-256 of the PNG in hex, by which changes name it. */
export function addImage(db: WriteDb, image: OfficeImage, at: Date): string {
  const id = createHash('sha256').update(image.png).digest('hex');
  db.run(sql`INSERT INTO office_image (id, png, width, height, added_at)
    VALUES (${id}, ${Buffer.from(image.png)}, ${image.width}, ${image.height}, ${at.toISOString()})
    ON CONFLICT (id) DO UPDATE SET added_at = excluded.added_at`);
  return id;
}

export function readImage(db: ReadDb, id: string): OfficeImage | null {
  return db.get<OfficeImage>(sql`SELECT png, width, height FROM office_image WHERE id = ${id}`) ?? null;
}

/** A picture that was taken in and never used goes after so long, in milliseconds. */
const patience = 7 * 24 * 60 * 60 * 1000;

/** Pictures that no version names any more. */
export function dropUnused(db: WriteDb, at: Date): void {
  const before = new Date(at.getTime() - patience).toISOString();
  db.run(sql`DELETE FROM office_image WHERE added_at < ${before} AND NOT EXISTS (
      SELECT 1 FROM office_profile WHERE instr(changes, office_image.id) > 0)
    AND NOT EXISTS (SELECT 1 FROM office_profile_draft WHERE instr(draft, office_image.id) > 0)`);
}
