import { timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { algorithmIdentifier } from '../algorithms.ts';
import {
  DerError,
  inside,
  octets,
  octetString,
  oid,
  raw,
  readOuter,
  sequenceOf,
  smallInteger,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { cmsOids } from '../oids.ts';
import { privateKeyFromPkcs8 } from '../private-key.ts';
import { keyFits } from '../signer.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';
import { issuersAbove } from '../x509/issuers.ts';
import { decryption, integrityCode, WorkBudget, WorkRefused } from './ciphers.ts';
import type { PassphraseOctets } from './ciphers.ts';

export interface OpenedPkcs12 {
  /** DER of PrivateKeyInfo (PKCS #8), unencrypted: wrap it at once. */
  readonly privateKey: Buffer;
  /** DER of the certificate that the key belongs to. */
  readonly certificate: Uint8Array;
  /** DER of its issuers, nearest first, as far as the file holds them. */
  readonly chain: readonly Uint8Array[];
}

const bags = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const;
const x509Certificate = '1.2.840.113549.1.9.22.1';
const maximumBags = 256;
const maximumFile = 4 * 1024 * 1024;

/**
 * Opens a PKCS#12 file (RFC 7292) of the old or the new kind.
 * @throws AppError P12_UNREADABLE, P12_CIPHER_UNSUPPORTED {cipher}, P12_PASSPHRASE_WRONG, P12_NO_KEY,
 *   KEY_MISMATCH, KEY_UNSUPPORTED {algorithm}, CERTIFICATE_UNREADABLE
 */
export function openPkcs12(bytes: Uint8Array, passphrase: string): OpenedPkcs12 {
  try {
    if (bytes.length > maximumFile) throw new DerError('too large');
    const contents = readFile(bytes, passphrase);
    try {
      return choose(contents);
    } finally {
      for (const key of contents.keys) key.fill(0);
    }
  } catch (cause) {
    if (cause instanceof DerError) throw new AppError('P12_UNREADABLE', undefined, cause);
    throw cause;
  }
}

interface Contents {
  readonly keys: Buffer[];
  readonly certificates: Uint8Array[];
}

function readFile(bytes: Uint8Array, passphrase: string): Contents {
  const [version, authSafe, macData] = sequenceOf(readOuter(bytes));
  if (smallInteger(version) !== 3 || !authSafe) throw new DerError('not PKCS#12');
  const safe = dataContent(authSafe);
  const budget = new WorkBudget();
  const parts = sequenceOf(readOuter(safe));
  refuseUnknownCiphers(parts, budget);
  const tried = encodings(passphrase);
  const fitting = macData ? tried.filter((octets) => macFits(macData, safe, octets, budget)) : tried;
  if (fitting.length === 0) throw new AppError('P12_PASSPHRASE_WRONG');

  const contents: Contents = { keys: [], certificates: [] };
  for (const part of parts) {
    const plain = isEncrypted(part) ? decrypted(encryptedParts(part), fitting, budget) : dataContent(part);
    readBags(readOuter(plain), contents, fitting, budget, 0);
  }
  return contents;
}

/** ContentInfo with id-data: the octets inside. */
function dataContent(element: Element): Uint8Array {
  const [type, wrapped] = sequenceOf(element);
  if (oid(type) !== cmsOids.data || wrapped?.tag !== 0xa0) {
    throw new AppError('P12_CIPHER_UNSUPPORTED', { cipher: oid(type) });
  }
  return octetString(inside(wrapped));
}

const isEncrypted = (part: Element): boolean => oid(sequenceOf(part)[0]) === cmsOids.encryptedData;

interface Encrypted {
  readonly algorithm: Element | undefined;
  readonly data: Uint8Array;
}

/** EncryptedData (RFC 5652 §8). */
function encryptedParts(part: Element): Encrypted {
  const wrapped = sequenceOf(part)[1];
  if (wrapped?.tag !== 0xa0) throw new DerError('bad encrypted data');
  const [, info] = sequenceOf(inside(wrapped));
  const [, algorithm, data] = sequenceOf(info);
  if (!data || (data.tag & ~0x20) !== 0x80) throw new DerError('bad encrypted data');
  return { algorithm, data: octets(data) };
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3). */
function shroudedParts(value: Element): Encrypted {
  const [algorithm, data] = sequenceOf(value);
  return { algorithm, data: octetString(data) };
}

/** Before the passphrase is judged, so that a cipher we lack is never called a wrong passphrase. */
function refuseUnknownCiphers(parts: readonly Element[], budget: WorkBudget): void {
  for (const part of parts) {
    if (isEncrypted(part)) {
      decryption(algorithmIdentifier(encryptedParts(part).algorithm), budget);
      continue;
    }
    for (const bag of sequenceOf(readOuter(dataContent(part)))) {
      const [type, value] = sequenceOf(bag);
      if (oid(type) !== bags.shroudedKey || !value) continue;
      decryption(algorithmIdentifier(shroudedParts(inside(value)).algorithm), budget);
    }
  }
}

/**
 * The usual encoding first: UTF-16 for the old key derivation, UTF-8 for PBKDF2. Then what OpenSSL 1.0 wrote
 * for non-ASCII (each UTF-8 octet widened), and no octets at all for an empty passphrase.
 */
function encodings(passphrase: string): PassphraseOctets[] {
  const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le').swap16();
  const utf8 = Buffer.from(passphrase, 'utf8');
  const all: PassphraseOctets[] = [{ bmp: wide(passphrase), utf8 }];
  if (utf8.length !== passphrase.length) all.push({ bmp: wide(utf8.toString('latin1')), utf8 });
  if (passphrase === '') all.push({ bmp: Buffer.alloc(0), utf8 });
  return all;
}

function macFits(macData: Element, safe: Uint8Array, octets: PassphraseOctets, budget: WorkBudget): boolean {
  const [digestInfo, salt, iterations] = sequenceOf(macData);
  const [algorithm, stated] = sequenceOf(digestInfo);
  const rounds = iterations ? smallInteger(iterations) : 1;
  const compute = integrityCode(algorithmIdentifier(algorithm), octetString(salt), rounds, budget);
  const code = compute(safe, octets);
  const expected = octetString(stated);
  return code.length === expected.length && timingSafeEqual(code, expected);
}

function decrypted(part: Encrypted, tried: readonly PassphraseOctets[], budget: WorkBudget): Buffer {
  const decrypt = decryption(algorithmIdentifier(part.algorithm), budget);
  for (const octets of tried) {
    let plain;
    try {
      plain = decrypt(part.data, octets);
    } catch (error) {
      // the budget's refusal is final; bad padding only means that this encoding is not it
      if (error instanceof WorkRefused) throw error;
      continue;
    }
    // one wrong key in 256 leaves good padding: what comes out must be a whole element too
    if (isElement(plain)) return plain;
  }
  throw new AppError('P12_PASSPHRASE_WRONG');
}

function isElement(bytes: Uint8Array): boolean {
  try {
    return sequenceOf(readOuter(bytes)).length >= 0;
  } catch {
    return false;
  }
}

function readBags(
  list: Element,
  contents: Contents,
  tried: readonly PassphraseOctets[],
  budget: WorkBudget,
  depth: number,
): void {
  if (depth > 4) throw new DerError('safes nested too deep');
  for (const bag of sequenceOf(list)) {
    const [type, wrapped] = sequenceOf(bag);
    if (wrapped?.tag !== 0xa0) throw new DerError('bad bag');
    const value = inside(wrapped);
    switch (oid(type)) {
      case bags.key:
        contents.keys.push(Buffer.from(raw(value)));
        break;
      case bags.shroudedKey:
        contents.keys.push(decrypted(shroudedParts(value), tried, budget));
        break;
      case bags.certificate: {
        const [kind, held] = sequenceOf(value);
        if (oid(kind) === x509Certificate && held) contents.certificates.push(octetString(inside(held)));
        break;
      }
      case bags.safeContents:
        readBags(value, contents, tried, budget, depth + 1);
        break;
      default: // CRLs and secrets are of no use here
    }
    if (contents.keys.length + contents.certificates.length > maximumBags)
      throw new DerError('too many bags');
  }
}

/** The key whose certificate is meant for signing, else the first that has a certificate at all. */
function choose({ keys, certificates }: Contents): OpenedPkcs12 {
  if (keys.length === 0) throw new AppError('P12_NO_KEY');
  const parsed = certificates.map(parseCertificate);
  const pairs = keys.flatMap((der) => {
    const key = privateKey(der);
    const certificate = parsed.find((c) => keyFits(key, c));
    return certificate ? [{ key, certificate }] : [];
  });
  const signs = (c: Certificate): boolean =>
    !c.keyUsage || c.keyUsage.includes('nonRepudiation') || c.keyUsage.includes('digitalSignature');
  const pair = pairs.find(({ certificate }) => signs(certificate)) ?? pairs[0];
  if (!pair) throw new AppError('KEY_MISMATCH');
  return {
    privateKey: pair.key.export({ type: 'pkcs8', format: 'der' }),
    certificate: pair.certificate.der,
    chain: issuersAbove(pair.certificate, parsed).map((c) => c.der),
  };
}

function privateKey(der: Buffer): KeyObject {
  const algorithm = algorithmIdentifier(sequenceOf(readOuter(der))[1]).oid;
  try {
    return privateKeyFromPkcs8(der);
  } catch (cause) {
    throw new AppError('KEY_UNSUPPORTED', { algorithm }, cause);
  }
}
