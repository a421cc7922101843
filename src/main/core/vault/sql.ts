import type Database from 'better-sqlite3';

/**
 * SQL only by tagged template: every `${value}` becomes a bound parameter, so a value can never become syntax.
 * Reading and writing handles are different types; only a transaction hands out the writing one.
 */
export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** A value is bound; another `sql` becomes part of the text, with its own values bound in their place. */
export function sql(parts: TemplateStringsArray, ...values: readonly (SqlValue | Sql)[]): Sql {
  let text = parts[0] ?? '';
  const bound: SqlValue[] = [];
  for (const [index, value] of values.entries()) {
    if (typeof value === 'object' && value !== null && 'text' in value) {
      text += value.text;
      bound.push(...value.values);
    } else {
      text += '?';
      bound.push(value);
    }
    text += parts[index + 1] ?? '';
  }
  return { text, values: bound };
}

export interface ReadDb {
  /** First row, or undefined. */
  get<Row>(query: Sql): Row | undefined;
  all<Row>(query: Sql): Row[];
}

export interface WriteDb extends ReadDb {
  /** Number of rows changed. */
  run(query: Sql): number;
}

/** Wraps one connection. Statements are prepared once per text. */
export class Connection implements WriteDb {
  #db: Database.Database;
  #open: (() => Database.Database) | null = null;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Goes on with another connection to the same rows: a re-keyed database replaces the file below us. Where it cannot
   * be opened just now, whoever needs it next tries again.
   */
  use(open: () => Database.Database): void {
    this.#open = open;
    this.#statements.clear();
    this.#db = open();
  }

  #living(): Database.Database {
    if (!this.#db.open && this.#open) this.use(this.#open);
    return this.#db;
  }

  #statement(text: string): Database.Statement {
    const db = this.#living();
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  get<Row>(query: Sql): Row | undefined {
    return this.#statement(query.text).get(...query.values) as Row | undefined;
  }

  all<Row>(query: Sql): Row[] {
    return this.#statement(query.text).all(...query.values) as Row[];
  }

  run(query: Sql): number {
    return this.#statement(query.text).run(...query.values).changes;
  }

  /** All or nothing. Takes the write lock at once, so that what was read inside still holds at the commit. */
  write<T>(work: (db: WriteDb) => T): T {
    return this.#living()
      .transaction(() => work(this))
      .immediate();
  }
}
