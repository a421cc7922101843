import { AppError } from '../contract/errors.ts';
import type { Unit } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Units of the office as a tree, by the code that letter numbers carry. */
export function listUnits(db: ReadDb): Unit[] {
  return db.all<Unit>(sql`SELECT code, name, parent FROM unit ORDER BY code`);
}

/** @throws AppError UNIT_UNKNOWN. */
export function requireUnit(db: ReadDb, code: string): void {
  if (!db.get(sql`SELECT 1 FROM unit WHERE code = ${code}`))
    throw new AppError('UNIT_UNKNOWN', { unit: code });
}

/** A unit named for the first time in somebody's post gets its code as its name, until somebody gives it one. */
export function ensureUnit(db: WriteDb, code: string): void {
  db.run(sql`INSERT INTO unit (code, name, parent) VALUES (${code}, ${code}, NULL) ON CONFLICT DO NOTHING`);
}

/** Adds a unit, or gives one a new name or place. @throws AppError UNIT_UNKNOWN, UNIT_CYCLE. */
export function saveUnit(db: WriteDb, unit: Unit): void {
  if (unit.parent !== null) {
    requireUnit(db, unit.parent);
    const parents = new Map(listUnits(db).map((one) => [one.code, one.parent]));
    let above: string | null | undefined = unit.parent;
    for (let steps = 0; above != null && steps <= parents.size; steps += 1) {
      if (above === unit.code) throw new AppError('UNIT_CYCLE', { unit: unit.code });
      above = parents.get(above);
    }
  }
  db.run(sql`INSERT INTO unit (code, name, parent) VALUES (${unit.code}, ${unit.name}, ${unit.parent})
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent`);
}
