import { createHash } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { algorithmIdentifier, signatureScheme, verifySignature } from '../algorithms.ts';
import type { AlgorithmIdentifier, SignatureScheme, SignatureVerdict } from '../algorithms.ts';
import {
  bitString,
  DerError,
  integerBytes,
  inside,
  integerHex,
  oid,
  raw,
  readOuter,
  sequenceOf,
  smallInteger,
  tags,
  time,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { curveOids, keyOids } from '../oids.ts';
import { remember } from '../remember.ts';
import { interpretExtensions, readExtensions } from './extensions.ts';
import type { CertificateExtensions } from './extensions.ts';
import { nameKey, namePart, nameText, readName } from './name.ts';

/** A certificate as read (RFC 5280 §4.1). Nothing in it is believed yet: `buildChain` decides that. */
export interface Certificate extends CertificateExtensions {
  readonly der: Uint8Array;
  /** 1 to 3 (RFC 5280 §4.1.2.1); extensions exist from 3 on. */
  readonly version: number;
  /** Lower-case hexadecimal SHA-256 of `der`. */
  readonly fingerprint: string;
  /** RFC 4514 text, most specific part first. */
  readonly subject: string;
  readonly issuer: string;
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  /** For comparing names across string types and letter case (RFC 5280 §7.1). */
  readonly subjectKey: string;
  readonly issuerKey: string;
  /** Common name of the subject, else its organisation, else the whole subject. */
  readonly commonName: string;
  readonly issuerCommonName: string;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  /** The serial number as an INTEGER element. */
  readonly serialDer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  readonly key: KeyDescription;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Subject and issuer are the same name; the signature may still be another's. */
  readonly selfIssued: boolean;
}

export interface KeyDescription {
  readonly type: 'rsa' | 'ec' | 'ed25519' | 'ed448' | 'other';
  /** Modulus bits or field bits; 0 where it is not known. */
  readonly bits: number;
  /** `P-256` and so on, or the curve's object identifier; null for other keys. */
  readonly curve: string | null;
  /** Short text for people and reports, such as `RSA-2048` or `ECDSA P-256`. */
  readonly title: string;
  /** An RSA key that may be used for PSS only (RFC 4055 §1.2). */
  readonly pssOnly: boolean;
}

/** @throws AppError CERTIFICATE_UNREADABLE */
export function parseCertificate(der: Uint8Array): Certificate {
  try {
    return read(der);
  } catch (cause) {
    throw new AppError('CERTIFICATE_UNREADABLE', undefined, cause);
  }
}

function read(der: Uint8Array): Certificate {
  const outer = readOuter(der, { strict: true });
  const [tbs, algorithm, signature] = sequenceOf(outer);
  const fields = sequenceOf(tbs);
  const versioned = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, innerAlgorithm, issuer, validity, subject, keyInfo] = fields.slice(versioned);
  if (!tbs || !serial || !issuer || !subject || !keyInfo || !innerAlgorithm || !algorithm) {
    throw new DerError('certificate lacks a field');
  }
  // §4.1.1.2: both say the same, else the signed part does not name its own algorithm
  if (Buffer.compare(raw(innerAlgorithm), raw(algorithm)) !== 0) {
    throw new DerError('signature algorithms differ inside and outside');
  }
  const [notBefore, notAfter] = sequenceOf(validity);
  const extensions = fields.find((field) => field.tag === 0xa3);
  const subjectName = readName(subject);
  const issuerName = readName(issuer);
  const subjectKey = nameKey(subjectName);
  const issuerKey = nameKey(issuerName);
  const bytes = raw(outer);
  return {
    ...interpretExtensions(extensions ? readExtensions(extensions) : []),
    der: bytes,
    version: versionOf(versioned === 1 ? fields[0] : undefined),
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
    subject: nameText(subjectName),
    issuer: nameText(issuerName),
    subjectDer: raw(subject),
    issuerDer: raw(issuer),
    subjectKey,
    issuerKey,
    commonName: shortName(subjectName),
    issuerCommonName: shortName(issuerName),
    serial: integerHex(serial),
    serialDer: raw(serial),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    publicKeyInfo: raw(keyInfo),
    key: describeKey(keyInfo),
    tbs: raw(tbs),
    signatureAlgorithm: algorithmIdentifier(algorithm),
    signature: bitString(signature).bytes,
    selfIssued: subjectKey === issuerKey,
  };
}

/** The field is absent for version 1 (§4.1). */
const versionOf = (field: Element | undefined): number => (field ? smallInteger(inside(field)) + 1 : 1);

const shortName = (name: ReturnType<typeof readName>): string =>
  namePart(name, '2.5.4.3') || namePart(name, '2.5.4.10') || nameText(name);

/** @throws DerError */
export function describeKey(info: Element): KeyDescription {
  const [algorithm, bits] = sequenceOf(info);
  const [type, parameters] = sequenceOf(algorithm);
  const key = bitString(bits).bytes;
  const algorithmOid = oid(type);
  const pssOnly = algorithmOid === keyOids.rsassaPss;
  switch (algorithmOid) {
    case keyOids.rsaEncryption:
    case keyOids.rsassaPss: {
      const size = modulusBits(key);
      return { type: 'rsa', bits: size, curve: null, title: `RSA${pssOnly ? '-PSS' : ''}-${size}`, pssOnly };
    }
    case keyOids.ecPublicKey: {
      const curve = parameters?.tag === tags.oid ? oid(parameters) : 'explicit';
      const name = curveOids[curve] ?? curve;
      const fieldBits = Number(/(?:P-|P|secp)(\d{3})/.exec(name)?.[1] ?? 0);
      return { type: 'ec', bits: fieldBits, curve: name, title: `ECDSA ${name}`, pssOnly };
    }
    case keyOids.ed25519:
      return { type: 'ed25519', bits: 256, curve: null, title: 'Ed25519', pssOnly };
    case keyOids.ed448:
      return { type: 'ed448', bits: 448, curve: null, title: 'Ed448', pssOnly };
    default:
      return { type: 'other', bits: 0, curve: null, title: algorithmOid, pssOnly };
  }
}

function modulusBits(publicKey: Uint8Array): number {
  const modulus = integerBytes(sequenceOf(readOuter(publicKey))[0]);
  const start = modulus.findIndex((octet) => octet !== 0);
  const top = modulus[start];
  return top === undefined ? 0 : (modulus.length - start) * 8 - Math.clz32(top) + 24;
}

/** The scheme that a certificate was signed with; null where it is unknown or its parameters are unreadable. */
export function certificateScheme(certificate: Certificate): SignatureScheme | null {
  try {
    return signatureScheme(certificate.signatureAlgorithm, null);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

/** Did the holder of `issuer`'s key sign this certificate? */
export function issuedBy(certificate: Certificate, issuer: Certificate): SignatureVerdict {
  const scheme = certificateScheme(certificate);
  if (!scheme) return 'unsupported';
  // Both are what their bytes say, and the fingerprints are of those.
  return verdictOf(`${certificate.fingerprint} ${issuer.fingerprint}`, () =>
    verifySignature(scheme, issuer.publicKeyInfo, certificate.tbs, certificate.signature),
  );
}

const verdictOf = remember<SignatureVerdict>(256);

const pemPattern = /-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g;
const maximumFile = 4 * 1024 * 1024;

/**
 * DER certificates out of a file: PEM with one or many, or DER with one.
 * @throws AppError ANCHOR_UNREADABLE where there is none or one cannot be read.
 */
export function readCertificates(bytes: Uint8Array): Uint8Array[] {
  try {
    if (bytes.length > maximumFile) throw new DerError('too large');
    const text = Buffer.from(bytes).toString('latin1');
    if (!text.includes('-----BEGIN')) return [read(bytes).der];
    const found = [...text.matchAll(pemPattern)].map((match) => Buffer.from(match[1] ?? '', 'base64'));
    if (found.length === 0) throw new DerError('no certificate in the PEM file');
    return found.map((der) => read(der).der);
  } catch (cause) {
    throw new AppError('ANCHOR_UNREADABLE', undefined, cause);
  }
}
