import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { KnownOffice, OfficeCard } from '../contract/statement.ts';
import { hasLookalikes, keyFingerprint, readCard, writeCard } from '../statement/index.ts';
import { sql, writeWhole, type ReadDb } from '../vault/index.ts';
import { certifierOf } from './card-certificates.ts';
import type { Context } from './context.ts';
import { ownCard, statementKey } from './statement-keys.ts';

/**
 * The offices whose statements count. The vault keeps them; a file beside it, public data only, lets paper be checked
 * before anyone signs in. Once the vault is open it alone is believed, and the file is written anew from it.
 */
const officesRow = 'statement-offices';
const shadowName = 'offices.json';

export interface StoredOffice {
  readonly name: string;
  /** Base64 SPKI. */
  readonly publicKey: string;
  readonly addedAt: string;
  /** The card as JSON; absent on what was added before cards had more than a key. */
  readonly card?: string;
  /** True where no fingerprint was compared: a certificate vouches for it, as long as it is trusted. */
  readonly byCertificate?: boolean;
}

export function storedOffices(db: ReadDb): readonly StoredOffice[] {
  const row = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${officesRow}`);
  return row ? (JSON.parse(row.value) as readonly StoredOffice[]) : [];
}

export const asStored = (card: OfficeCard, addedAt: Date, byCertificate: boolean): StoredOffice => ({
  name: card.name,
  publicKey: Buffer.from(card.publicKey).toString('base64'),
  addedAt: addedAt.toISOString(),
  card: writeCard(card).toString('utf8'),
  byCertificate,
});

export function cardOf(stored: StoredOffice): OfficeCard {
  if (stored.card !== undefined) return readCard(Buffer.from(stored.card));
  const publicKey = Buffer.from(stored.publicKey, 'base64');
  return { name: stored.name, publicKey, previous: [], signature: null, certification: null };
}

interface Entry {
  readonly card: OfficeCard;
  readonly own: boolean;
  readonly addedAt: string | null;
  readonly byCertificate: boolean;
}

function entries(context: Context): readonly Entry[] {
  const { vault } = context;
  if (!vault) return shadowed(context);
  const own = ownCard(vault.read);
  const others = storedOffices(vault.read).map((stored) => ({
    card: cardOf(stored),
    own: false,
    addedAt: stored.addedAt,
    byCertificate: stored.byCertificate ?? false,
  }));
  return own ? [{ card: own, own: true, addedAt: null, byCertificate: false }, ...others] : others;
}

function describe(context: Context, { card, own, addedAt, byCertificate }: Entry): KnownOffice {
  const at = addedAt === null ? context.ports.clock.now() : new Date(addedAt);
  const certifiedBy = certifierOf(context, card, at);
  return {
    name: card.name,
    fingerprint: keyFingerprint(card.publicKey),
    own,
    addedAt,
    certifiedBy,
    certified: card.certification !== null,
    trusted: !byCertificate || certifiedBy !== null,
    retired: card.previous.map((one) => one.until),
    lookalike: hasLookalikes(card.name),
  };
}

export const listOffices = (context: Context): KnownOffice[] =>
  entries(context).map((one) => describe(context, one));

/** The cards that a statement is judged by. */
export const trustedCards = (context: Context): OfficeCard[] =>
  entries(context)
    .filter((one) => describe(context, one).trusted)
    .map((one) => one.card);

/** Changes the list and has the log tell it. */
export function keepOffices(
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
  shadowOffices(context);
  return listOffices(context);
}

/** To be called whenever the vault is opened and whenever something here changed. */
export function shadowOffices(context: Context): void {
  try {
    const list = entries(context).map(({ card, own, addedAt, byCertificate }) => ({
      card: writeCard(card).toString('utf8'),
      own,
      addedAt,
      byCertificate,
    }));
    writeWhole(join(context.ports.dataDir, shadowName), Buffer.from(JSON.stringify(list)));
  } catch (error) {
    // Before unlock the older list is used then; nothing else depends on it.
    context.ports.logger.error('offices not written', {}, error);
  }
}

/** The office's statement key; a new one is at once known to who checks paper before unlock. */
export const officeKey = (context: Context): KeyObject => statementKey(context, () => shadowOffices(context));

/** Whatever the file holds beyond cards is passed over. */
function shadowed(context: Context): readonly Entry[] {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(join(context.ports.dataDir, shadowName), 'utf8'));
  } catch {
    // No file, no offices: what is scanned then comes from an office that is not known yet.
    return [];
  }
  return Array.isArray(list) ? list.flatMap((one: unknown) => entryOf(one)) : [];
}

function entryOf(value: unknown): Entry[] {
  const { card, own, addedAt, byCertificate } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const dated = addedAt === null || (typeof addedAt === 'string' && !Number.isNaN(Date.parse(addedAt)));
  if (typeof card !== 'string' || !dated) return [];
  try {
    const read = readCard(Buffer.from(card));
    return [{ card: read, own: own === true, addedAt, byCertificate: byCertificate === true }];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
