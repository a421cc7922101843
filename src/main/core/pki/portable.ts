import { publicDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { constants } from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake256 } from '@noble/hashes/sha3.js';
import { nullValue, objectIdentifier, octetStringOf, sequence } from './der/write.ts';
import { digestOids } from './oids.ts';

/**
 * What Electron's BoringSSL lacks and plain Node has: SHA-3, SHAKE256, RIPEMD-160, brainpool and secp256k1,
 * Ed448, and RSA or ECDSA over such digests. Only for checking public things; no private key comes here.
 */

interface Running {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

const digests: Readonly<Record<string, () => Running>> = {
  'sha3-224': () => sha3_224.create(),
  'sha3-256': () => sha3_256.create(),
  'sha3-384': () => sha3_384.create(),
  'sha3-512': () => sha3_512.create(),
  shake256: () => shake256.create({ dkLen: 64 }),
  ripemd160: () => ripemd160.create(),
};

/** null for a digest that is not one of those. */
export function portableDigest(name: string, chunks: readonly Uint8Array[]): Buffer | null {
  const running = Object.hasOwn(digests, name) ? digests[name]?.() : undefined;
  if (!running) return null;
  for (const chunk of chunks) running.update(chunk);
  return Buffer.from(running.digest());
}

/** By the name that `curveOids` gives. */
const curves = {
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
  secp256k1,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
} as const;

const isCurve = (name: string): name is keyof typeof curves => Object.hasOwn(curves, name);

/**
 * ECDSA over a digest (SEC 1 §4.1.4).
 * @param format `der` for the sequence of r and s, `compact` for the two side by side (BSI TR-03111 §5.2).
 * @returns null for an unknown curve; a point or a value that cannot be read is simply not valid.
 */
export function portableEcdsa(
  curve: string,
  publicPoint: Uint8Array,
  hash: Uint8Array,
  signature: Uint8Array,
  format: 'der' | 'compact',
): boolean | null {
  if (!isCurve(curve)) return null;
  try {
    return curves[curve].verify(signature, hash, publicPoint, { prehash: false, lowS: false, format });
  } catch {
    return false;
  }
}

/** Ed448 without context (RFC 8032 §5.2). */
export function portableEd448(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed448.verify(signature, data, publicKey);
  } catch {
    return false;
  }
}

/** RSASSA-PKCS1-v1_5 over a digest: the DigestInfo is compared whole (RFC 8017 §8.2.2). */
export function portableRsa(
  key: KeyObject,
  hashName: string,
  hash: Uint8Array,
  signature: Uint8Array,
): boolean {
  const oid = Object.entries(digestOids).find(([, name]) => name === hashName)?.[0];
  if (!oid) return false;
  const expected = sequence(sequence(objectIdentifier(oid), nullValue()), octetStringOf(hash));
  try {
    const found = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return found.equals(expected);
  } catch {
    return false;
  }
}

/** RSASSA-PSS over a digest, mask generation by the same (RFC 8017 §9.1.2). */
export function portablePss(
  key: KeyObject,
  hashName: string,
  saltLength: number,
  hash: Uint8Array,
  signature: Uint8Array,
): boolean {
  const bits = (key.asymmetricKeyDetails?.modulusLength ?? 0) - 1;
  const size = Math.ceil(bits / 8);
  const width = hash.length;
  if (bits <= 0 || size < width + saltLength + 2) return false;
  let encoded: Buffer;
  try {
    encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return false;
  }
  // A modulus of 8n + 1 bits leaves a whole octet that must be zero.
  if (encoded.subarray(0, encoded.length - size).some((octet) => octet !== 0)) return false;
  encoded = encoded.subarray(encoded.length - size);
  const unused = 8 * size - bits;
  const mask = 0xff >> unused;
  if (encoded.at(-1) !== 0xbc || ((encoded[0] ?? 0xff) & ~mask & 0xff) !== 0) return false;
  const seed = encoded.subarray(size - width - 1, size - 1);
  const block = Buffer.from(encoded.subarray(0, size - width - 1));
  const stream = maskOf(hashName, seed, block.length);
  if (!stream) return false;
  for (let at = 0; at < block.length; at++) block[at] = (block[at] ?? 0) ^ (stream[at] ?? 0);
  block[0] = (block[0] ?? 0) & mask;
  const start = block.length - saltLength - 1;
  if (block.subarray(0, start).some((octet) => octet !== 0) || block[start] !== 1) return false;
  const again = portableDigest(hashName, [Buffer.alloc(8), hash, block.subarray(start + 1)]);
  return again !== null && again.equals(seed);
}

/** MGF1 (RFC 8017 §B.2.1). */
function maskOf(hashName: string, seed: Uint8Array, length: number): Buffer | null {
  const parts: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(counter);
    const part = portableDigest(hashName, [seed, index]);
    if (!part) return null;
    parts.push(part);
    made += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}
