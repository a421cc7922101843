import { createDecipheriv, createHmac, hash as digestOnce, pbkdf2Sync } from 'node:crypto';
import forge from 'node-forge';
import { AppError } from '../../contract/errors.ts';
import { algorithmIdentifier, digestName } from '../algorithms.ts';
import type { AlgorithmIdentifier } from '../algorithms.ts';
import { DerError, octetString, readOuter, sequenceOf, smallInteger, tags } from '../der/read.ts';

/**
 * Password-based encryption and integrity as PKCS#12 files use them: RFC 7292 appendix B and C for the old
 * ones, RFC 8018 (PBES2, PBMAC1) for the new. node:crypto does the work; RC2, which OpenSSL 3 and BoringSSL
 * dropped, comes from node-forge.
 */

/** More work than any honest file asks for, or none at all; final, unlike a passphrase that does not fit. */
export class WorkRefused extends DerError {}

/**
 * Work that a hostile file may ask for: 10 million rounds of PBKDF2 over the whole file, some seconds. A round
 * of the old key derivation costs about four of those.
 */
export class WorkBudget {
  #left = 10_000_000;

  spend(iterations: number, weight: 1 | 4): void {
    this.#left -= iterations * weight;
    if (iterations < 1 || this.#left < 0) throw new WorkRefused('bad iteration count');
  }
}

/** One way of turning the passphrase into octets; files in the wild differ. */
export interface PassphraseOctets {
  /** For RFC 7292 appendix B: UTF-16BE with a terminating zero. */
  readonly bmp: Buffer;
  /** For PBKDF2. */
  readonly utf8: Buffer;
}

const hashBlock: Readonly<Record<string, number>> = {
  sha1: 64,
  sha224: 64,
  sha256: 64,
  sha384: 128,
  sha512: 128,
};

export const kdfPurpose = { key: 1, iv: 2, mac: 3 } as const;

/** RFC 7292 appendix B.2; variables D, I and A as there. */
export function pkcs12Kdf(
  hash: string,
  purpose: number,
  passphrase: Buffer,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Buffer {
  const block = hashBlock[hash];
  if (!block) throw new AppError('P12_CIPHER_UNSUPPORTED', { cipher: hash });
  const stretch = (bytes: Uint8Array): Buffer =>
    Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes.length ? bytes : undefined);
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([stretch(salt), stretch(passphrase)]);
  const output: Buffer[] = [];
  for (let have = 0; have < length;) {
    let a = digestOnce(hash, Buffer.concat([diversifier, input]), 'buffer');
    for (let i = 1; i < iterations; i++) a = digestOnce(hash, a, 'buffer');
    output.push(a);
    have += a.length;
    const addend = Buffer.alloc(block, a);
    for (let at = 0; at < input.length; at += block) {
      let carry = 1;
      for (let i = block - 1; i >= 0; i--) {
        carry += (input[at + i] ?? 0) + (addend[i] ?? 0);
        input[at + i] = carry & 0xff;
        carry >>= 8;
      }
    }
  }
  return Buffer.concat(output).subarray(0, length);
}

interface Cipher {
  readonly name: string;
  readonly keyLength: number;
  readonly ivLength: number;
  /** Effective bits, for RC2 only. */
  readonly rc2Bits?: number;
}

/** PBES1 schemes of RFC 7292 appendix C. */
const oldSchemes: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyLength: 16, ivLength: 8, rc2Bits: 128 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyLength: 5, ivLength: 8, rc2Bits: 40 },
};
const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const pbes2Ciphers: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
};
const prfs: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
/** Only to name in a message what is refused. */
const unsupportedNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': 'RC4-128',
  '1.2.840.113549.1.12.1.2': 'RC4-40',
  '1.2.840.113549.1.12.1.4': '2-key 3DES',
  '1.2.840.113549.1.5.3': 'MD5-DES',
  '1.2.840.113549.1.5.10': 'SHA1-DES',
  '1.3.14.3.2.7': 'DES-CBC',
  '1.2.840.113549.3.2': 'RC2-CBC (PBES2)',
  '1.2.392.200011.61.1.1.1.2': 'Camellia-128-CBC',
  '1.2.392.200011.61.1.1.1.3': 'Camellia-192-CBC',
  '1.2.392.200011.61.1.1.1.4': 'Camellia-256-CBC',
  '1.2.410.200046.1.1.2': 'ARIA-128-CBC',
  '1.2.410.200046.1.1.7': 'ARIA-192-CBC',
  '1.2.410.200046.1.1.12': 'ARIA-256-CBC',
  '1.3.6.1.4.1.11591.4.11': 'scrypt',
};

const unsupported = (oid: string): AppError =>
  new AppError('P12_CIPHER_UNSUPPORTED', { cipher: unsupportedNames[oid] ?? oid });

interface Derivation {
  readonly prf: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

function pbkdf2Parameters(algorithm: AlgorithmIdentifier): Derivation {
  if (algorithm.oid !== pbkdf2 || !algorithm.parameters) throw unsupported(algorithm.oid);
  const [salt, iterations, ...rest] = sequenceOf(readOuter(algorithm.parameters));
  const named = rest.find((part) => part.tag === tags.sequence);
  const prfOid = named ? algorithmIdentifier(named).oid : '1.2.840.113549.2.7';
  const prf = prfs[prfOid];
  if (!prf) throw unsupported(prfOid);
  return { prf, salt: octetString(salt), iterations: smallInteger(iterations) };
}

type Decrypt = (data: Uint8Array, passphrase: PassphraseOctets) => Buffer;

/**
 * What undoes an encryption algorithm. The returned function throws what node:crypto throws where the key (so
 * the passphrase) does not fit.
 * @throws AppError P12_CIPHER_UNSUPPORTED before any passphrase is tried.
 */
export function decryption(algorithm: AlgorithmIdentifier, budget: WorkBudget): Decrypt {
  if (!algorithm.parameters) throw unsupported(algorithm.oid);
  const parameters = sequenceOf(readOuter(algorithm.parameters));
  const old = oldSchemes[algorithm.oid];
  if (old) {
    const salt = octetString(parameters[0]);
    const iterations = smallInteger(parameters[1]);
    return (data, { bmp }) => {
      budget.spend(2 * iterations, 4);
      const key = pkcs12Kdf('sha1', kdfPurpose.key, bmp, salt, iterations, old.keyLength);
      const iv = pkcs12Kdf('sha1', kdfPurpose.iv, bmp, salt, iterations, old.ivLength);
      return old.rc2Bits ? rc2(key, old.rc2Bits, iv, data) : blockCipher(old.name, key, iv, data);
    };
  }
  if (algorithm.oid !== pbes2) throw unsupported(algorithm.oid);
  const derivation = pbkdf2Parameters(algorithmIdentifier(parameters[0]));
  const scheme = algorithmIdentifier(parameters[1]);
  const cipher = pbes2Ciphers[scheme.oid];
  if (!cipher || !scheme.parameters) throw unsupported(scheme.oid);
  const iv = octetString(readOuter(scheme.parameters));
  return (data, { utf8 }) => {
    budget.spend(derivation.iterations, 1);
    const { prf, salt, iterations } = derivation;
    const key = pbkdf2Sync(utf8, salt, iterations, cipher.keyLength, prf);
    return blockCipher(cipher.name, key, iv, data);
  };
}

function blockCipher(name: string, key: Buffer, iv: Uint8Array, data: Uint8Array): Buffer {
  const decipher = createDecipheriv(name, key, iv);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

function rc2(key: Buffer, bits: number, iv: Buffer, data: Uint8Array): Buffer {
  const decipher = forge.rc2.createDecryptionCipher(key.toString('latin1'), bits);
  decipher.start(iv.toString('latin1'));
  decipher.update(forge.util.createBuffer(Buffer.from(data).toString('latin1')));
  if (!decipher.finish()) throw new DerError('bad padding');
  return Buffer.from(decipher.output.getBytes(), 'latin1');
}

/**
 * What computes the integrity code over the authenticated safe: RFC 7292 §4 or PBMAC1 (RFC 9579).
 * @throws AppError P12_CIPHER_UNSUPPORTED before any passphrase is tried.
 */
export function integrityCode(
  algorithm: AlgorithmIdentifier,
  salt: Uint8Array,
  iterations: number,
  budget: WorkBudget,
): Decrypt {
  if (algorithm.oid === '1.2.840.113549.1.5.14') {
    if (!algorithm.parameters) throw unsupported(algorithm.oid);
    const [kdf, scheme] = sequenceOf(readOuter(algorithm.parameters)).map(algorithmIdentifier);
    const hash = prfs[scheme?.oid ?? ''];
    if (!kdf || !hash) throw unsupported(scheme?.oid ?? algorithm.oid);
    const derivation = pbkdf2Parameters(kdf);
    const keyLength = pbmacKeyLength(kdf);
    return (data, { utf8 }) => {
      budget.spend(derivation.iterations, 1);
      const key = pbkdf2Sync(utf8, derivation.salt, derivation.iterations, keyLength, derivation.prf);
      return createHmac(hash, key).update(data).digest();
    };
  }
  const hash = digestName(algorithm.oid);
  if (!hash || !hashBlock[hash]) throw unsupported(algorithm.oid);
  return (data, { bmp }) => {
    budget.spend(iterations, 4);
    const size = digestOnce(hash, '', 'buffer').length;
    const key = pkcs12Kdf(hash, kdfPurpose.mac, bmp, salt, iterations, size);
    return createHmac(hash, key).update(data).digest();
  };
}

/** keyLength must be given for PBMAC1 (RFC 9579 §5). */
function pbmacKeyLength(kdf: AlgorithmIdentifier): number {
  const parts = kdf.parameters ? sequenceOf(readOuter(kdf.parameters)) : [];
  const length = smallInteger(parts.slice(2).find((part) => part.tag === tags.integer));
  if (length < 1 || length > 1024) throw new DerError('bad key length');
  return length;
}
