import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ofDestroyed } from '../../../src/main/core/letters/archive/erase.ts';
import { databaseOfVersion, type OldDatabase } from '../../migrations/support.ts';

let db: OldDatabase;
beforeEach(() => {
  db = databaseOfVersion(Number.MAX_SAFE_INTEGER);
});
afterEach(() => db.remove());

describe('destroying a letter', () => {
  it('knows every table that speaks of letters: a new one says what it keeps of a letter, or nothing', () => {
    const tables = db.db
      .prepare(
        `SELECT DISTINCT owner.name FROM sqlite_schema AS owner
          WHERE owner.type = 'table' AND owner.name <> 'letter' AND (
            EXISTS (SELECT 1 FROM pragma_foreign_key_list(owner.name) AS link WHERE link."table" = 'letter')
            OR EXISTS (SELECT 1 FROM pragma_table_info(owner.name) AS col WHERE col.name = 'letter_id'))`,
      )
      .pluck()
      .all() as string[];
    expect(tables.toSorted()).toEqual(Object.keys(ofDestroyed).toSorted());
    // Every statement fits the tables as they are.
    for (const statement of Object.values(ofDestroyed)) {
      if (!statement) continue;
      const { text, values } = statement('l-1', 'now');
      expect(() => db.db.prepare(text).run(...values)).not.toThrow();
    }
  });
});
