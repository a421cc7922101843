import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { NewPost, Post, PostStatus } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { within } from './dates.ts';
import { requireUnit } from './units.ts';

/** Posts: what a person is, from when to when. A person may hold several at once, such as an own one and a Plt. */
interface Row {
  readonly id: string;
  readonly account_id: string;
  readonly status: PostStatus;
  readonly title: string;
  readonly unit: string;
  readonly from_date: string;
  readonly until_date: string | null;
}

/** Printed before the post (DOMAIN §2). */
const prefixes: Readonly<Record<PostStatus, string>> = {
  definitif: '',
  plt: 'Plt. ',
  plh: 'Plh. ',
  pj: 'Pj. ',
  pjs: 'Pjs. ',
};

function toPost(row: Row, day: string): Post {
  const period = { from: row.from_date, until: row.until_date };
  return {
    id: row.id,
    status: row.status,
    title: row.title,
    unit: row.unit,
    ...period,
    printed: prefixes[row.status] + row.title,
    valid: within(period, day),
  };
}

/** The post by which somebody is known on a day comes first: valid ones, definitif before acting, newest first. */
function byRank(a: Post, b: Post): number {
  if (a.valid !== b.valid) return a.valid ? -1 : 1;
  if ((a.status === 'definitif') !== (b.status === 'definitif')) return a.status === 'definitif' ? -1 : 1;
  return b.from.localeCompare(a.from) || a.id.localeCompare(b.id);
}

/** Posts of every account, each list with the main post of the day first. */
export function postsByAccount(db: ReadDb, day: string): Map<string, Post[]> {
  const found = new Map<string, Post[]>();
  for (const row of db.all<Row>(sql`SELECT * FROM post`)) {
    const list = found.get(row.account_id) ?? [];
    list.push(toPost(row, day));
    found.set(row.account_id, list);
  }
  for (const list of found.values()) list.sort(byRank);
  return found;
}

export function postsOf(db: ReadDb, accountId: string, day: string): Post[] {
  return db
    .all<Row>(sql`SELECT * FROM post WHERE account_id = ${accountId}`)
    .map((row) => toPost(row, day))
    .toSorted(byRank);
}

/** @throws AppError UNIT_UNKNOWN, POST_DATES_WRONG. */
export function addPost(db: WriteDb, accountId: string, post: NewPost): string {
  requireUnit(db, post.unit);
  if (post.until !== null && post.until < post.from) throw new AppError('POST_DATES_WRONG');
  const id = randomUUID();
  db.run(sql`INSERT INTO post (id, account_id, status, title, unit, from_date, until_date)
    VALUES (${id}, ${accountId}, ${post.status}, ${post.title}, ${post.unit}, ${post.from}, ${post.until})`);
  return id;
}

/** @throws AppError NOT_FOUND, POST_DATES_WRONG. */
export function endPost(db: WriteDb, accountId: string, postId: string, until: string): void {
  const row = db.get<Row>(sql`SELECT * FROM post WHERE id = ${postId} AND account_id = ${accountId}`);
  if (!row) throw new AppError('NOT_FOUND');
  if (until < row.from_date) throw new AppError('POST_DATES_WRONG');
  db.run(sql`UPDATE post SET until_date = ${until} WHERE id = ${postId}`);
}

/** Corrects title and unit of a post, such as after a misprint. @throws AppError UNIT_UNKNOWN. */
export function correctPost(db: WriteDb, postId: string, title: string, unit: string): void {
  requireUnit(db, unit);
  db.run(sql`UPDATE post SET title = ${title}, unit = ${unit} WHERE id = ${postId}`);
}
