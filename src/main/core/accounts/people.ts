import { AppError } from '../contract/errors.ts';
import type { Official } from '../contract/letters.ts';
import type { NewPerson, Person, Role } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

interface Row {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly name: string;
  readonly front_title: string;
  readonly back_title: string;
  readonly nip: string;
  readonly rank: string;
  readonly post: string;
  readonly unit: string;
  readonly activated_at: string | null;
}

function toPerson(row: Row): Person {
  return {
    accountId: row.id,
    username: row.username,
    role: row.role,
    name: row.name,
    frontTitle: row.front_title,
    backTitle: row.back_title,
    nip: row.nip,
    rank: row.rank,
    post: row.post,
    unit: row.unit,
    activated: row.activated_at !== null,
  };
}

/** @throws AppError USERNAME_TAKEN. */
export function insertPerson(
  db: WriteDb,
  accountId: string,
  person: NewPerson,
  role: Role,
  at: Date,
  activated: boolean,
): void {
  if (db.get(sql`SELECT 1 FROM account WHERE username = ${person.username}`))
    throw new AppError('USERNAME_TAKEN');
  const now = at.toISOString();
  db.run(sql`INSERT INTO account (id, username, role, name, front_title, back_title, nip, rank, post, unit, created_at, activated_at)
    VALUES (${accountId}, ${person.username}, ${role}, ${person.name}, ${person.frontTitle}, ${person.backTitle}, ${person.nip},
            ${person.rank}, ${person.post}, ${person.unit}, ${now}, ${activated ? now : null})`);
}

export function updatePerson(db: WriteDb, accountId: string, official: Official): void {
  db.run(sql`UPDATE account SET name = ${official.name}, front_title = ${official.frontTitle},
    back_title = ${official.backTitle}, nip = ${official.nip}, rank = ${official.rank}, post = ${official.post},
    unit = ${official.unit} WHERE id = ${accountId}`);
}

export function activatePerson(db: WriteDb, accountId: string, at: Date): void {
  db.run(
    sql`UPDATE account SET activated_at = ${at.toISOString()} WHERE id = ${accountId} AND activated_at IS NULL`,
  );
}

/** @throws AppError NOT_FOUND. */
export function readPerson(db: ReadDb, accountId: string): Person {
  const row = db.get<Row>(sql`SELECT * FROM account WHERE id = ${accountId}`);
  if (!row) throw new AppError('NOT_FOUND');
  return toPerson(row);
}

export function listPeople(db: ReadDb): Person[] {
  return db.all<Row>(sql`SELECT * FROM account ORDER BY name COLLATE NOCASE, id`).map(toPerson);
}

export function toOfficial(person: Person): Official {
  const { name, frontTitle, backTitle, nip, rank, post, unit } = person;
  return { name, frontTitle, backTitle, nip, rank, post, unit };
}

/** Plain name with its titles, as people are addressed. */
export function titledName(person: Pick<Person, 'name' | 'frontTitle' | 'backTitle'>): string {
  const front = person.frontTitle ? `${person.frontTitle} ` : '';
  return `${front}${person.name}${person.backTitle ? `, ${person.backTitle}` : ''}`;
}
