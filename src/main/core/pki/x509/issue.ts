import { createHash, createPublicKey, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bitString, readOuter, sequenceOf } from '../der/read.ts';
import {
  bitStringOf,
  booleanTrue,
  explicit,
  implicit,
  integer,
  nullValue,
  objectIdentifier,
  octetStringOf,
  printableString,
  sequence,
  setOfSorted,
  timeOf,
  utf8String,
} from '../der/write.ts';
import { extensionOids, keyOids } from '../oids.ts';
import { keyUsages } from './extensions.ts';
import type { KeyUsage } from './extensions.ts';

/** Issuing X.509 certificates (RFC 5280 §4). The signature is node:crypto's. */

export interface Issuance {
  readonly subject: Buffer;
  readonly subjectKey: KeyObject;
  readonly issuer: Buffer;
  /** Private. RSA signs with SHA-256, an elliptic curve with the digest of its strength, Ed25519 as it does. */
  readonly issuerKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `pathLength` null: no limit. */
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null };
  readonly keyUsage: readonly KeyUsage[];
  /** Made by `extension`; key identifiers are added to them. */
  readonly extensions?: readonly Buffer[];
}

/** DER of the certificate, with a random serial number. */
export function issueCertificate(request: Issuance): Buffer {
  const keyInfo = spki(request.subjectKey);
  const issuerKeyInfo = spki(createPublicKey(request.issuerKey));
  const identifier = issuerAlgorithm(request.issuerKey);
  const { ca, pathLength } = request.basicConstraints;
  const extensions = [
    extension(
      extensionOids.basicConstraints,
      true,
      sequence(...(ca ? [booleanTrue(), ...(pathLength === null ? [] : [integer(pathLength)])] : [])),
    ),
    extension(extensionOids.keyUsage, true, keyUsageBits(request.keyUsage)),
    extension(extensionOids.subjectKeyIdentifier, false, octetStringOf(keyIdentifier(keyInfo))),
    extension(
      extensionOids.authorityKeyIdentifier,
      false,
      sequence(implicit(0, octetStringOf(keyIdentifier(issuerKeyInfo)))),
    ),
    ...(request.extensions ?? []),
  ];
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serialNumber()),
    identifier,
    request.issuer,
    sequence(timeOf(request.notBefore), timeOf(request.notAfter)),
    request.subject,
    keyInfo,
    explicit(3, sequence(...extensions)),
  );
  return signedByIssuer(tbs, request.issuerKey);
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

const curveHashes: Readonly<Record<string, readonly [string, string]>> = {
  prime256v1: ['1.2.840.10045.4.3.2', 'sha256'],
  secp384r1: ['1.2.840.10045.4.3.3', 'sha384'],
  secp521r1: ['1.2.840.10045.4.3.4', 'sha512'],
};

function issuerScheme(key: KeyObject): { identifier: Buffer; hash: string | null } {
  const ecdsa = curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (ecdsa) return { identifier: sequence(objectIdentifier(ecdsa[0])), hash: ecdsa[1] };
  if (key.asymmetricKeyType === 'ed25519')
    return { identifier: sequence(objectIdentifier(keyOids.ed25519)), hash: null };
  if (key.asymmetricKeyType !== 'rsa')
    throw new TypeError('An issuer needs an RSA, a NIST curve or an Ed25519 key.');
  return { identifier: sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue()), hash: 'sha256' };
}

/** The AlgorithmIdentifier that a signed part names before an issuer's key signs it. */
export const issuerAlgorithm = (key: KeyObject): Buffer => issuerScheme(key).identifier;

/** SIGNED{} of X.509: what is signed, the algorithm, the value; also the shape of a CRL (RFC 5280 §5.1). */
export function signedByIssuer(tbs: Buffer, key: KeyObject, ...more: readonly Buffer[]): Buffer {
  const { identifier, hash } = issuerScheme(key);
  return sequence(tbs, identifier, bitStringOf(sign(hash, tbs, key)), ...more);
}

/** 127 random bits, never zero (§4.1.2.2). */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

/** SHA-1 of the key's bits (§4.2.1.2, method 1): a name for the key, not a protection. */
export const keyIdentifier = (keyInfo: Uint8Array): Buffer =>
  createHash('sha1')
    .update(bitString(sequenceOf(readOuter(keyInfo))[1]).bytes)
    .digest();

/** A named bit list: no trailing zero bits (X.690 §11.2.2). */
function keyUsageBits(usages: readonly KeyUsage[]): Buffer {
  const bits = usages.map((usage) => keyUsages.indexOf(usage));
  const last = Math.max(...bits, 0);
  const octets = Buffer.alloc((last >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitStringOf(octets, 7 - (last & 7));
}

export const extension = (type: string, critical: boolean, value: Uint8Array): Buffer =>
  sequence(objectIdentifier(type), ...(critical ? [booleanTrue()] : []), octetStringOf(value));

/**
 * A name with country ID in front. Empty parts are left out, long ones cut to the bound of RFC 5280
 * appendix A.1 (64 characters).
 */
export function indonesianName(parts: {
  readonly organisation: string;
  readonly unit?: string;
  readonly commonName: string;
}): Buffer {
  const rdn = (type: string, value: Uint8Array): Buffer =>
    setOfSorted(sequence(objectIdentifier(type), value));
  const text = (type: string, value: string): Buffer[] => {
    const cut = Array.from(value.trim()).slice(0, 64).join('');
    return cut === '' ? [] : [rdn(type, utf8String(cut))];
  };
  return sequence(
    rdn('2.5.4.6', printableString('ID')),
    ...text('2.5.4.10', parts.organisation),
    ...text('2.5.4.11', parts.unit ?? ''),
    ...text('2.5.4.3', parts.commonName),
  );
}
