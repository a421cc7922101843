import { createHash, type KeyObject } from 'node:crypto';
import type { TypesetLetter } from '../contract/letters.ts';
import type { OfficeCard, RetiredKey } from '../contract/statement.ts';
import {
  cardBody,
  exportStatementKey,
  importStatementKey,
  keyFingerprint,
  makeCard,
  makeStatement,
  newStatementKey,
  publicKeyOf,
} from '../statement/index.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/**
 * The office's statement key. It is no person's and speaks for no person: it says what this vault issued, so it lies
 * in the vault's encrypted database and needs no passphrase beyond the one that opened the vault.
 */
const keyRow = 'statement-key';
/** Public halves of those it had before: what they signed stays checkable. */
const retiredRow = 'statement-retired-keys';
const certificationRow = 'statement-certification';

const meta = (db: ReadDb, key: string): string | null =>
  db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)?.value ?? null;

function keep(db: WriteDb, key: string, value: string): void {
  db.run(sql`INSERT INTO meta (key, value) VALUES (${key}, ${value})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
}

function keptKey(db: ReadDb): KeyObject | null {
  const value = meta(db, keyRow);
  if (value === null) return null;
  const der = Buffer.from(value, 'base64');
  try {
    return importStatementKey(der);
  } finally {
    der.fill(0);
  }
}

function keepKey(db: WriteDb, key: KeyObject): void {
  const der = exportStatementKey(key);
  keep(db, keyRow, der.toString('base64'));
  der.fill(0);
}

function retiredKeys(db: ReadDb): readonly RetiredKey[] {
  const list = JSON.parse(meta(db, retiredRow) ?? '[]') as readonly { publicKey: string; until: string }[];
  return list.map(({ publicKey, until }) => ({ publicKey: Buffer.from(publicKey, 'base64'), until }));
}

/** Made when it is first needed, which the audit log tells with its fingerprint. */
export function statementKey(context: Context, onMade: () => void = () => undefined): KeyObject {
  const { vault } = context.session();
  const kept = keptKey(vault.read);
  if (kept) return kept;
  const key = newStatementKey();
  const facts = { fingerprint: keyFingerprint(publicKeyOf(key)) };
  context.act({ action: 'statement.key-made', entity: 'vault', entityId: vault.id, facts }, (db) =>
    keepKey(db, key),
  );
  onMade();
  return key;
}

/** The page as it is frozen: a letter that is resumed carries the very statement it was frozen with. */
export const withStatement = (page: TypesetLetter, key: KeyObject): TypesetLetter => ({
  ...page,
  statement: makeStatement(page, key),
});

/** A new key from now on; of the old one only the public half is left, good for letters until today. */
export function replaceKey(context: Context): void {
  const old = statementKey(context);
  const key = newStatementKey();
  const { vault } = context.session();
  const facts = {
    fingerprint: keyFingerprint(publicKeyOf(key)),
    before: keyFingerprint(publicKeyOf(old)),
  };
  context.act({ action: 'statement.key-replaced', entity: 'vault', entityId: vault.id, facts }, (db) => {
    const retired = [{ publicKey: publicKeyOf(old), until: context.today }, ...retiredKeys(db)];
    const list = retired.map(({ publicKey, until }) => ({
      publicKey: Buffer.from(publicKey).toString('base64'),
      until,
    }));
    keep(db, retiredRow, JSON.stringify(list));
    keepKey(db, key);
  });
}

/** This office's card, with its certification as long as that says the same; null before there is a key. */
export function ownCard(db: ReadDb): OfficeCard | null {
  const key = keptKey(db);
  const row = meta(db, 'letterhead');
  if (!key || row === null) return null;
  const { office, government } = JSON.parse(row) as { office: string; government: string };
  const card = makeCard(office || government, key, retiredKeys(db));
  return { ...card, certification: keptCertification(db, card) };
}

const digestOf = (card: OfficeCard): string => createHash('sha256').update(cardBody(card)).digest('hex');

function keptCertification(db: ReadDb, card: OfficeCard): Buffer | null {
  const value = meta(db, certificationRow);
  if (value === null) return null;
  const { body, cms } = JSON.parse(value) as { body: string; cms: string };
  return body === digestOf(card) ? Buffer.from(cms, 'base64') : null;
}

export function keepCertification(db: WriteDb, card: OfficeCard, cms: Buffer): void {
  keep(db, certificationRow, JSON.stringify({ body: digestOf(card), cms: cms.toString('base64') }));
}
