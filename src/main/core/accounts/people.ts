import { AppError } from '../contract/errors.ts';
import type { Official } from '../contract/letters.ts';
import type { NewPerson, Person, Post, Role } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { addPost, correctPost, postsByAccount, postsOf } from './posts.ts';
import { ensureUnit } from './units.ts';

interface Row {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly front_title: string;
  readonly back_title: string;
  readonly nip: string;
  readonly rank: string;
  readonly activated_at: string | null;
  readonly revoked_at: string | null;
}

function toPerson(row: Row, roles: readonly Role[], posts: readonly Post[]): Person {
  const [main] = posts;
  return {
    accountId: row.id,
    username: row.username,
    roles,
    name: row.name,
    frontTitle: row.front_title,
    backTitle: row.back_title,
    nip: row.nip,
    rank: row.rank,
    post: main?.printed ?? '',
    unit: main?.unit ?? '',
    posts,
    activated: row.activated_at !== null,
    revoked: row.revoked_at !== null,
  };
}

/** @param day plain date from which the person's post counts. @throws AppError USERNAME_TAKEN, ROLES_EMPTY. */
export function insertPerson(
  db: WriteDb,
  accountId: string,
  person: NewPerson,
  roles: readonly Role[],
  at: Date,
  day: string,
  activated: boolean,
): void {
  if (db.get(sql`SELECT 1 FROM account WHERE username = ${person.username}`))
    throw new AppError('USERNAME_TAKEN');
  const now = at.toISOString();
  db.run(sql`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES (${accountId}, ${person.username}, ${person.name}, ${person.frontTitle}, ${person.backTitle}, ${person.nip},
            ${person.rank}, ${now}, ${activated ? now : null})`);
  ensureUnit(db, person.unit);
  const post = {
    status: 'definitif',
    title: person.post,
    unit: person.unit,
    from: day,
    until: null,
  } as const;
  addPost(db, accountId, post);
  setRoles(db, accountId, roles);
}

/** @throws AppError ROLES_EMPTY, LAST_ADMINISTRATOR. */
export function setRoles(db: WriteDb, accountId: string, roles: readonly Role[]): void {
  if (roles.length === 0) throw new AppError('ROLES_EMPTY');
  db.run(sql`DELETE FROM account_role WHERE account_id = ${accountId}`);
  for (const role of new Set(roles))
    db.run(sql`INSERT INTO account_role (account_id, role) VALUES (${accountId}, ${role})`);
  requireAdministrator(db);
}

/** Somebody must be able to let people in. @throws AppError LAST_ADMINISTRATOR. */
function requireAdministrator(db: ReadDb): void {
  const one = db.get(sql`SELECT 1 FROM account_role JOIN account ON account.id = account_role.account_id
    WHERE account_role.role = 'administrator' AND account.activated_at IS NOT NULL AND account.revoked_at IS NULL`);
  if (!one) throw new AppError('LAST_ADMINISTRATOR');
}

/** Data of the person, and title and unit of the main post of the day. Letters signed already stay as they are. */
export function updatePerson(db: WriteDb, accountId: string, official: Official, day: string): void {
  db.run(sql`UPDATE account SET name = ${official.name}, front_title = ${official.frontTitle},
    back_title = ${official.backTitle}, nip = ${official.nip}, rank = ${official.rank} WHERE id = ${accountId}`);
  const [main] = postsOf(db, accountId, day);
  ensureUnit(db, official.unit);
  if (!main) {
    const post = { status: 'definitif', title: official.post, unit: official.unit, from: day } as const;
    addPost(db, accountId, { ...post, until: null });
  } else if (official.post !== main.printed || official.unit !== main.unit) {
    const title = official.post === main.printed ? main.title : official.post;
    correctPost(db, main.id, title, official.unit);
  }
}

export function activatePerson(db: WriteDb, accountId: string, at: Date): void {
  db.run(
    sql`UPDATE account SET activated_at = ${at.toISOString()} WHERE id = ${accountId} AND activated_at IS NULL`,
  );
}

/** What the person did stays; deputies end. @throws AppError LAST_ADMINISTRATOR. */
export function revokePerson(db: WriteDb, accountId: string, at: Date): void {
  const now = at.toISOString();
  db.run(sql`UPDATE account SET revoked_at = ${now} WHERE id = ${accountId} AND revoked_at IS NULL`);
  db.run(sql`UPDATE deputy SET ended_at = ${now} WHERE ended_at IS NULL
    AND (deputy_id = ${accountId} OR principal_id = ${accountId})`);
  requireAdministrator(db);
}

const rolesOf = (db: ReadDb, accountId: string): Role[] =>
  db
    .all<{ role: Role }>(sql`SELECT role FROM account_role WHERE account_id = ${accountId} ORDER BY role`)
    .map((row) => row.role);

/** @param day plain date that decides which posts are valid. @throws AppError NOT_FOUND. */
export function readPerson(db: ReadDb, accountId: string, day: string): Person {
  const row = db.get<Row>(sql`SELECT * FROM account WHERE id = ${accountId}`);
  if (!row) throw new AppError('NOT_FOUND');
  return toPerson(row, rolesOf(db, accountId), postsOf(db, accountId, day));
}

export function listPeople(db: ReadDb, day: string): Person[] {
  const posts = postsByAccount(db, day);
  const roles = new Map<string, Role[]>();
  for (const row of db.all<{ account_id: string; role: Role }>(sql`SELECT * FROM account_role ORDER BY role`))
    roles.set(row.account_id, [...(roles.get(row.account_id) ?? []), row.role]);
  return db
    .all<Row>(sql`SELECT * FROM account ORDER BY name COLLATE NOCASE, id`)
    .map((row) => toPerson(row, roles.get(row.id) ?? [], posts.get(row.id) ?? []));
}

/**
 * How a person signs: in one of their posts that is valid, or in the main one.
 * @throws AppError POST_MISSING when no post, or not that one, is valid.
 */
export function toOfficial(person: Person, postId: string | null): Official {
  const valid = person.posts.filter((post) => post.valid);
  const post = postId === null ? valid[0] : valid.find((one) => one.id === postId);
  if (!post) throw new AppError('POST_MISSING');
  const { name, frontTitle, backTitle, nip, rank } = person;
  return { name, frontTitle, backTitle, nip, rank, post: post.printed, unit: post.unit };
}

/** Plain name with its titles, as people are addressed. */
export function titledName(person: Pick<Person, 'name' | 'frontTitle' | 'backTitle'>): string {
  const front = person.frontTitle ? `${person.frontTitle} ` : '';
  return `${front}${person.name}${person.backTitle ? `, ${person.backTitle}` : ''}`;
}
