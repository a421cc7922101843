import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';

/**
 * Keys that protect keys: AES-256-GCM (NIST SP 800-38D) under a key derived from a passphrase by Argon2id
 * (RFC 9106) or from a random secret by HKDF-SHA256 (RFC 5869).
 */
export interface KdfCost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
}

/** DESIGN §2 and the bar of part 2: at least 64 MiB and three passes. */
export const standardCost: KdfCost = { memory: 65_536, passes: 3 };

/** A hostile header must not make us allocate without end. */
const maximumCost: KdfCost = { memory: 1_048_576, passes: 20 };

export interface SealedKey {
  readonly kdf: 'argon2id' | 'hkdf-sha256';
  readonly memory: number;
  readonly passes: number;
  /** The rest is base64. */
  readonly salt: string;
  readonly nonce: string;
  readonly sealed: string;
}

async function keyFrom(
  secret: string,
  sealed: Pick<SealedKey, 'kdf' | 'memory' | 'passes'>,
  salt: Uint8Array,
): Promise<Buffer> {
  const bytes = Buffer.from(secret.normalize('NFKC'), 'utf8');
  try {
    if (sealed.kdf === 'hkdf-sha256')
      return Buffer.from(hkdfSync('sha256', bytes, salt, 'eletter recovery', 32));
    if (sealed.memory > maximumCost.memory || sealed.passes > maximumCost.passes)
      throw new RangeError('key derivation cost');
    const derived = await argon2id({
      password: bytes,
      salt,
      parallelism: 1,
      memorySize: sealed.memory,
      iterations: sealed.passes,
      hashLength: 32,
      outputType: 'binary',
    });
    const key = Buffer.alloc(32);
    key.set(derived);
    derived.fill(0);
    return key;
  } finally {
    bytes.fill(0);
  }
}

/** AES-256-GCM, 12-byte random nonce in front, 16-byte tag behind. `purpose` is authenticated. */
export function seal(key: Uint8Array, plain: Uint8Array, purpose: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when key, purpose or bytes are not the ones that were sealed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, purpose: string): Buffer {
  if (sealed.length < 28) throw new RangeError('sealed bytes too short');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()]);
}

/** Wraps a key under a passphrase. The derivation's parameters are authenticated together with the purpose. */
export async function sealWithPassphrase(
  secret: string,
  key: Uint8Array,
  purpose: string,
  cost: KdfCost,
): Promise<SealedKey> {
  return sealWith(secret, key, purpose, { kdf: 'argon2id', memory: cost.memory, passes: cost.passes });
}

/** Wraps a key under a random secret of at least 128 bits (the printed recovery key). */
export async function sealWithRecovery(secret: string, key: Uint8Array, purpose: string): Promise<SealedKey> {
  return sealWith(secret, key, purpose, { kdf: 'hkdf-sha256', memory: 0, passes: 0 });
}

async function sealWith(
  secret: string,
  key: Uint8Array,
  purpose: string,
  kdf: Pick<SealedKey, 'kdf' | 'memory' | 'passes'>,
): Promise<SealedKey> {
  const salt = randomBytes(16);
  const wrapping = await keyFrom(secret, kdf, salt);
  const sealed = seal(wrapping, key, aad(purpose, kdf, salt));
  wrapping.fill(0);
  return {
    ...kdf,
    salt: salt.toString('base64'),
    nonce: sealed.subarray(0, 12).toString('base64'),
    sealed: sealed.subarray(12).toString('base64'),
  };
}

const aad = (purpose: string, kdf: Pick<SealedKey, 'kdf' | 'memory' | 'passes'>, salt: Uint8Array): string =>
  `${purpose}|${kdf.kdf}|${kdf.memory}|${kdf.passes}|${Buffer.from(salt).toString('base64')}`;

/** The key, or null when the secret is not the one it was sealed with (or the record was altered). */
export async function openSealedKey(
  secret: string,
  record: SealedKey,
  purpose: string,
): Promise<Buffer | null> {
  const salt = Buffer.from(record.salt, 'base64');
  let wrapping: Buffer;
  try {
    wrapping = await keyFrom(secret, record, salt);
  } catch {
    return null;
  }
  try {
    const sealed = Buffer.concat([Buffer.from(record.nonce, 'base64'), Buffer.from(record.sealed, 'base64')]);
    return unseal(wrapping, sealed, aad(purpose, record, salt));
  } catch {
    return null;
  } finally {
    wrapping.fill(0);
  }
}
