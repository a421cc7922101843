import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { chainHead } from './chain.ts';

/**
 * An anchor: the head of the chain, signed, kept outside the vault. Whoever holds the data key can rewrite the whole
 * chain, but not an anchor that already lies on another drive or in somebody's export.
 *
 * The key pair is the vault's own and lies in it; an attacker inside can therefore make new anchors, never unmake
 * old ones. The public key stands in every anchor: one whose key is not the vault's counts all the same, because to
 * change the key would otherwise silence every earlier anchor.
 */
export interface Anchor {
  readonly format: 'eletter-audit-anchor';
  readonly version: 1;
  readonly vaultId: string;
  /** Last entry that it vouches for, and that entry's hash. */
  readonly seq: number;
  readonly hash: string;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
  /** Hash of the anchor before it, 64 zeros for the first. */
  readonly previous: string;
  /** Ed25519 public key, SPKI DER in base64. */
  readonly key: string;
  /** Ed25519 (RFC 8032) over the JSON array of the fields above, in base64. */
  readonly signature: string;
}

const keyName = 'audit-anchor-key';
const lastName = 'audit-anchor-last';
const first = '0'.repeat(64);

type Unsigned = Omit<Anchor, 'signature'>;

const signedBytes = (anchor: Unsigned): Buffer =>
  Buffer.from(
    JSON.stringify([
      anchor.format,
      anchor.version,
      anchor.vaultId,
      anchor.seq,
      anchor.hash,
      anchor.at,
      anchor.previous,
      anchor.key,
    ]),
  );

export function hashOfAnchor(anchor: Anchor): string {
  return createHash('sha256').update(signedBytes(anchor)).update(anchor.signature).digest('hex');
}

function meta(db: ReadDb, key: string): string | undefined {
  return db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)?.value;
}

function setMeta(db: WriteDb, key: string, value: string): void {
  db.run(
    sql`INSERT INTO meta (key, value) VALUES (${key}, ${value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
}

/** PKCS#8 DER in base64; made on first use. */
function privateKey(db: WriteDb): string {
  const kept = meta(db, keyName);
  if (kept !== undefined) return kept;
  const pair = generateKeyPairSync('ed25519');
  const made = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  setMeta(db, keyName, made);
  return made;
}

/** The anchor that this database was last given, or null. */
export function lastAnchor(db: ReadDb): Anchor | null {
  const text = meta(db, lastName);
  return text === undefined ? null : readAnchor(text);
}

/** Signs the head of the chain as it stands in this transaction, and remembers it in the vault. */
export function makeAnchor(db: WriteDb, vaultId: string, at: Date): Anchor {
  const head = chainHead(db);
  const key = createPrivateKey({ key: Buffer.from(privateKey(db), 'base64'), format: 'der', type: 'pkcs8' });
  const before = lastAnchor(db);
  const unsigned: Unsigned = {
    format: 'eletter-audit-anchor',
    version: 1,
    vaultId,
    seq: head.seq,
    hash: head.hash,
    at: at.toISOString(),
    previous: before === null ? first : hashOfAnchor(before),
    key: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
  };
  const anchor: Anchor = {
    ...unsigned,
    signature: sign(null, signedBytes(unsigned), key).toString('base64'),
  };
  setMeta(db, lastName, JSON.stringify(anchor));
  return anchor;
}

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isShort = (value: unknown): boolean => typeof value === 'string' && value.length <= 200;

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null) return false;
  const anchor = value as Record<string, unknown>;
  return (
    anchor['format'] === 'eletter-audit-anchor' &&
    anchor['version'] === 1 &&
    isShort(anchor['vaultId']) &&
    Number.isSafeInteger(anchor['seq']) &&
    Number(anchor['seq']) >= 0 &&
    isHash(anchor['hash']) &&
    typeof anchor['at'] === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(anchor['at']) &&
    isHash(anchor['previous']) &&
    isShort(anchor['key']) &&
    isShort(anchor['signature'])
  );
}

/** @returns null for anything that is no anchor or whose signature is not its own key's. */
export function readAnchor(text: string): Anchor | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isAnchor(value)) return null;
    const key = createPublicKey({ key: Buffer.from(value.key, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return null;
    return verify(null, signedBytes(value), key, Buffer.from(value.signature, 'base64')) ? value : null;
  } catch {
    return null;
  }
}
