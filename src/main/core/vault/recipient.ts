import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { seal, unseal } from './sealing.ts';

/**
 * Sealing to a person: a one-off X25519 key pair (RFC 7748), the shared secret through HKDF-SHA256 (RFC 5869) bound
 * to both public keys, then AES-256-GCM. Whoever seals needs the public key only, so that the vault's data key can
 * be renewed for people who are not there, and a letter sealed for them without their passphrase.
 */
export interface AccountKey {
  /** 32 raw bytes each. */
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

const keyLength = 32;
/** DER in front of the raw key in SubjectPublicKeyInfo and PKCS#8 (RFC 8410 §4, §7). */
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

const publicKeyObject = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });

function rawPublic(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length);
}

export function newAccountKey(): AccountKey {
  const { privateKey } = generateKeyPairSync('x25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  return accountKeyFrom(der.subarray(pkcs8Prefix.length));
}

/** The key pair of 32 raw private bytes. */
export function accountKeyFrom(privateKey: Uint8Array): AccountKey {
  const raw = Buffer.from(privateKey);
  return { privateKey: raw, publicKey: rawPublic(createPublicKey(privateKeyObject(raw))) };
}

function privateKeyObject(raw: Uint8Array): KeyObject {
  if (raw.length !== keyLength) throw new RangeError('an X25519 key has 32 bytes');
  const der = Buffer.concat([pkcs8Prefix, raw]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function wrappingKey(shared: Buffer, oneOff: Uint8Array, receiver: Uint8Array): Buffer {
  const salt = Buffer.concat([oneOff, receiver]);
  try {
    return Buffer.from(hkdfSync('sha256', shared, salt, 'eletter recipient', keyLength));
  } finally {
    shared.fill(0);
  }
}

/** @returns the one-off public key (32 bytes), then what `seal` gives. `purpose` is authenticated. */
export function sealFor(publicKey: Uint8Array, plain: Uint8Array, purpose: string): Buffer {
  const oneOff = generateKeyPairSync('x25519');
  const sender = rawPublic(oneOff.publicKey);
  const shared = diffieHellman({ privateKey: oneOff.privateKey, publicKey: publicKeyObject(publicKey) });
  const key = wrappingKey(shared, sender, publicKey);
  try {
    return Buffer.concat([sender, seal(key, plain, purpose)]);
  } finally {
    key.fill(0);
  }
}

/** @throws Error when it was sealed to somebody else, for another purpose, or altered. */
export function openSealedFor(account: AccountKey, sealed: Uint8Array, purpose: string): Buffer {
  if (sealed.length <= keyLength) throw new RangeError('sealed bytes too short');
  const sender = sealed.subarray(0, keyLength);
  const shared = diffieHellman({
    privateKey: privateKeyObject(account.privateKey),
    publicKey: publicKeyObject(sender),
  });
  const key = wrappingKey(shared, sender, account.publicKey);
  try {
    return unseal(key, sealed.subarray(keyLength), purpose);
  } finally {
    key.fill(0);
  }
}
