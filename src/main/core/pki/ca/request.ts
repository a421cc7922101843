import { AppError } from '../../contract/errors.ts';
import { algorithmIdentifier, signatureScheme, verifySignature } from '../algorithms.ts';
import { bitString, DerError, raw, readOuter, sequenceOf, smallInteger } from '../der/read.ts';
import { describeKey } from '../x509/certificate.ts';
import type { KeyDescription } from '../x509/certificate.ts';
import { namePart, readName } from '../x509/name.ts';

/** What somebody asks a certificate for (PKCS #10, RFC 2986). */
export interface CertificateRequest {
  readonly commonName: string;
  /** Organisational unit; may be empty. */
  readonly unit: string;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  readonly key: KeyDescription;
}

const pemPattern = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END/;
const maximumFile = 64 * 1024;

/**
 * Reads a request in PEM or DER and checks that whoever made it holds the private key (§3: it is signed by it).
 * Nothing else in it binds the issuer: extensions that it asks for are not read.
 * @throws AppError CSR_UNREADABLE, CSR_SIGNATURE_BAD, KEY_UNSUPPORTED {algorithm}
 */
export function readCertificateRequest(bytes: Uint8Array): CertificateRequest {
  try {
    if (bytes.length > maximumFile) throw new DerError('too large');
    const pem = pemPattern.exec(Buffer.from(bytes).toString('latin1'));
    return read(pem ? Buffer.from(pem[1] ?? '', 'base64') : bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('CSR_UNREADABLE', undefined, cause);
  }
}

function read(der: Uint8Array): CertificateRequest {
  const [info, algorithm, signature] = sequenceOf(readOuter(der));
  const [version, subject, keyInfo] = sequenceOf(info);
  if (!info || !keyInfo || smallInteger(version) !== 0) throw new DerError('not a certificate request');
  const name = readName(subject);
  const commonName = namePart(name, '2.5.4.3').trim();
  if (commonName === '') throw new DerError('request without a common name');
  const key = describeKey(keyInfo);
  const scheme = signatureScheme(algorithmIdentifier(algorithm), null);
  if (!scheme || scheme.hash === 'md5' || scheme.hash === 'sha1') {
    throw new AppError('KEY_UNSUPPORTED', { algorithm: key.title });
  }
  const verdict = verifySignature(scheme, raw(keyInfo), raw(info), bitString(signature).bytes);
  if (verdict === 'unsupported') throw new AppError('KEY_UNSUPPORTED', { algorithm: key.title });
  if (verdict === 'invalid') throw new AppError('CSR_SIGNATURE_BAD');
  return { commonName, unit: namePart(name, '2.5.4.11').trim(), publicKeyInfo: raw(keyInfo), key };
}
