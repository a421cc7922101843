import { createPrivateKey, createPublicKey, sign as signWithKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../contract/errors.ts';
import { publicKey } from './algorithms.ts';
import { parseCertificate } from './x509/certificate.ts';
import type { Certificate } from './x509/certificate.ts';

/** What can put a signature value under data. Where the key lives is the signer's own business. */
export interface Signer {
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the issuers to be sent along, nearest first. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SigningAlgorithm;
  /** The signature value over `data` (which it hashes itself), ECDSA as a DER sequence. */
  sign(data: Uint8Array): Promise<Buffer>;
}

export interface SigningAlgorithm {
  readonly digest: 'sha256' | 'sha384' | 'sha512';
  readonly digestOid: string;
  readonly signatureOid: string;
  /** RSA algorithms carry NULL, ECDSA none (RFC 5754 §3). */
  readonly nullParameters: boolean;
  /** Octets of the longest signature value. */
  readonly maximumLength: number;
}

const sha256 = '2.16.840.1.101.3.4.2.1';
const curves: Readonly<Record<string, SigningAlgorithm>> = {
  'P-256': ecdsa('sha256', sha256, '1.2.840.10045.4.3.2', 72),
  'P-384': ecdsa('sha384', '2.16.840.1.101.3.4.2.2', '1.2.840.10045.4.3.3', 104),
  'P-521': ecdsa('sha512', '2.16.840.1.101.3.4.2.3', '1.2.840.10045.4.3.4', 139),
};

function ecdsa(
  digest: SigningAlgorithm['digest'],
  digestOid: string,
  signatureOid: string,
  maximumLength: number,
): SigningAlgorithm {
  return { digest, digestOid, signatureOid, nullParameters: false, maximumLength };
}

/**
 * The algorithm that a certificate's key signs with here: RSA (2048 to 8192 bits, PKCS #1 v1.5, SHA-256) or
 * ECDSA over P-256, P-384, P-521 with the digest of the same strength (RFC 5754, RFC 5480 §4).
 * @throws AppError KEY_UNSUPPORTED {algorithm}
 */
export function signingAlgorithm(certificate: Certificate): SigningAlgorithm {
  const { type, bits, curve, title } = certificate.key;
  if (type === 'rsa' && bits >= 2048 && bits <= 8192 && !certificate.key.pssOnly) {
    return {
      digest: 'sha256',
      digestOid: sha256,
      signatureOid: '1.2.840.113549.1.1.11',
      nullParameters: true,
      maximumLength: Math.ceil(bits / 8),
    };
  }
  const found = type === 'ec' && curve ? curves[curve] : undefined;
  if (!found) throw new AppError('KEY_UNSUPPORTED', { algorithm: title });
  return found;
}

/** Is this the private half of the certificate's key? */
export function keyFits(key: KeyObject, certificate: Certificate): boolean {
  const certified = publicKey(certificate.publicKeyInfo);
  return certified !== null && createPublicKey(key).equals(certified);
}

const signAsync = promisify<string, Uint8Array, KeyObject, Buffer>(signWithKey);

/**
 * A signer that holds the key in this process's memory.
 * @param privateKeyDer PrivateKeyInfo (PKCS #8) in DER.
 * @throws AppError KEY_UNSUPPORTED {algorithm}, KEY_MISMATCH, CERTIFICATE_UNREADABLE
 */
export function signerFromPkcs8(
  privateKeyDer: Uint8Array,
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
): Signer {
  const parsed = parseCertificate(certificate);
  const algorithm = signingAlgorithm(parsed);
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(privateKeyDer), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new AppError('KEY_MISMATCH', undefined, cause);
  }
  if (!keyFits(key, parsed)) throw new AppError('KEY_MISMATCH');
  return { certificate, chain, algorithm, sign: (data) => signAsync(algorithm.digest, data, key) };
}
