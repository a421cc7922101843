import type { KeyObject } from 'node:crypto';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { TypesetLetter } from '../contract/letters.ts';
import type { KnownOffice, OfficeCard, StatementCheck } from '../contract/statement.ts';
import {
  checkStatement,
  exportStatementKey,
  importStatementKey,
  keyFingerprint,
  makeStatement,
  newStatementKey,
  publicKeyOf,
  readCard,
  writeCard,
} from '../statement/index.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/**
 * The office's statement key. It is no person's and speaks for no person: it says what this vault issued, so it lies
 * in the vault's encrypted database and needs no passphrase beyond the one that opened the vault.
 */
const keyRow = 'statement-key';
/** Other offices' cards, as an administrator confirmed them. */
const officesRow = 'statement-offices';

function keptKey(db: ReadDb): KeyObject | null {
  const row = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${keyRow}`);
  if (!row) return null;
  const der = Buffer.from(row.value, 'base64');
  try {
    return importStatementKey(der);
  } finally {
    der.fill(0);
  }
}

/** Made when it is first needed, which the audit log tells with its fingerprint. */
export function statementKey(context: Context): KeyObject {
  const { vault } = context.session();
  const kept = keptKey(vault.read);
  if (kept) return kept;
  const key = newStatementKey();
  const facts = { fingerprint: keyFingerprint(publicKeyOf(key)) };
  context.act({ action: 'statement.key-made', entity: 'vault', entityId: vault.id, facts }, (db) => {
    const der = exportStatementKey(key);
    db.run(sql`INSERT INTO meta (key, value) VALUES (${keyRow}, ${der.toString('base64')})`);
    der.fill(0);
  });
  return key;
}

/** The page as it is frozen: a letter that is resumed carries the very statement it was frozen with. */
export const withStatement = (page: TypesetLetter, key: KeyObject): TypesetLetter => ({
  ...page,
  statement: makeStatement(page, key),
});

interface StoredOffice {
  readonly name: string;
  /** Base64 SPKI. */
  readonly publicKey: string;
  readonly addedAt: string;
}

function storedOffices(db: ReadDb): readonly StoredOffice[] {
  const row = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${officesRow}`);
  return row ? (JSON.parse(row.value) as readonly StoredOffice[]) : [];
}

const cardOf = (stored: StoredOffice): OfficeCard => ({
  name: stored.name,
  publicKey: Buffer.from(stored.publicKey, 'base64'),
});

function ownCard(context: Context, key: KeyObject): OfficeCard {
  const { office, government } = context.letterhead();
  return { name: office || government, publicKey: publicKeyOf(key) };
}

/** @throws AppError STATEMENT_UNREADABLE */
export function check(context: Context, input: Input<'statement.check'>): StatementCheck {
  const { vault } = context.session();
  const own = keptKey(vault.read);
  const known = storedOffices(vault.read).map(cardOf);
  return checkStatement(input.text, own ? [ownCard(context, own), ...known] : known);
}

export function offices(context: Context): KnownOffice[] {
  const { vault } = context.session();
  const key = keptKey(vault.read);
  const own = key && ownCard(context, key);
  const first = own
    ? [{ name: own.name, fingerprint: keyFingerprint(own.publicKey), own: true, addedAt: null }]
    : [];
  const others = storedOffices(vault.read).map((stored) => ({
    name: stored.name,
    fingerprint: keyFingerprint(cardOf(stored).publicKey),
    own: false,
    addedAt: stored.addedAt,
  }));
  return [...first, ...others];
}

export function card(context: Context): Output<'statement.card'> {
  const own = ownCard(context, statementKey(context));
  return {
    card: writeCard(own),
    fingerprint: keyFingerprint(own.publicKey),
    fileName: 'kartu-kantor.json',
  };
}

/**
 * The card alone proves nothing: it counts once somebody compared its fingerprint with what the office itself says.
 * @throws AppError OFFICE_CARD_UNREADABLE, OFFICE_FINGERPRINT_DIFFERS
 */
export function addOffice(context: Context, input: Input<'statement.addOffice'>): KnownOffice[] {
  const read = readCard(input.card);
  const fingerprint = keyFingerprint(read.publicKey);
  if (input.fingerprint.replaceAll(/[\s:]/g, '').toLowerCase() !== fingerprint)
    throw new AppError('OFFICE_FINGERPRINT_DIFFERS');
  const publicKey = Buffer.from(read.publicKey).toString('base64');
  return keepOffices(context, 'statement.office-added', fingerprint, (kept, now) => [
    ...kept.filter((one) => one.publicKey !== publicKey),
    { name: read.name, publicKey, addedAt: now.toISOString() },
  ]);
}

/** What it signed before is then as unknown as what it signs later. */
export function removeOffice(context: Context, input: Input<'statement.removeOffice'>): KnownOffice[] {
  const { fingerprint } = input;
  return keepOffices(context, 'statement.office-removed', fingerprint, (kept) =>
    kept.filter((one) => keyFingerprint(cardOf(one).publicKey) !== fingerprint),
  );
}

function keepOffices(
  context: Context,
  action: string,
  fingerprint: string,
  change: (kept: readonly StoredOffice[], now: Date) => readonly StoredOffice[],
): KnownOffice[] {
  const facts = { fingerprint };
  context.act({ action, entity: 'trust', entityId: 'offices', facts }, (db, now) => {
    const value = JSON.stringify(change(storedOffices(db), now));
    db.run(sql`INSERT INTO meta (key, value) VALUES (${officesRow}, ${value})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
  });
  return offices(context);
}
