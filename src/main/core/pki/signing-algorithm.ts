import { AppError } from '../contract/errors.ts';
import { explicit, integer, nullValue, objectIdentifier, sequence } from './der/write.ts';
import { keyOids } from './oids.ts';
import type { Certificate } from './x509/certificate.ts';

/** Which signature a key makes here, and how the standards name it. */

export type SigningDigest = 'sha256' | 'sha384' | 'sha512';

export interface SigningAlgorithm {
  readonly kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'eddsa';
  /** Of the content, and of what the key signs; Ed25519 itself takes whole data (RFC 8419 §2.3). */
  readonly digest: SigningDigest;
  readonly digestOid: string;
  readonly signatureOid: string;
  /** DER of the parameters of the signature's AlgorithmIdentifier; null where it has none. */
  readonly parameters: Uint8Array | null;
  /** Octets of the longest signature value. */
  readonly maximumLength: number;
}

/** What somebody may prefer where the key leaves a choice. */
export interface AlgorithmWish {
  readonly digest?: SigningDigest;
  /** RSA keys only: PSS in place of PKCS #1 v1.5. */
  readonly pss?: boolean;
}

const digestOids: Readonly<Record<SigningDigest, string>> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};
/** Octets; also the length of the PSS salt (RFC 4055 §3.1, as CAs and readers expect it). */
const digestLengths: Readonly<Record<SigningDigest, number>> = { sha256: 32, sha384: 48, sha512: 64 };
const rsaOids: Readonly<Record<SigningDigest, string>> = {
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const ecdsaOids: Readonly<Record<SigningDigest, string>> = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

/** The digest of the curve's strength, and the longest DER of two integers of its size. */
const curves: Readonly<Record<string, { readonly digest: SigningDigest; readonly maximumLength: number }>> = {
  'P-256': { digest: 'sha256', maximumLength: 72 },
  'P-384': { digest: 'sha384', maximumLength: 104 },
  'P-521': { digest: 'sha512', maximumLength: 139 },
};

/** RSASSA-PSS-params with one digest for the message and for MGF1 (RFC 4055 §3.1). */
function pssParameters(digest: SigningDigest): Buffer {
  const hash = sequence(objectIdentifier(digestOids[digest]), nullValue());
  return sequence(
    explicit(0, hash),
    explicit(1, sequence(objectIdentifier(keyOids.mgf1), hash)),
    explicit(2, integer(digestLengths[digest])),
  );
}

export const saltLength = (algorithm: SigningAlgorithm): number => digestLengths[algorithm.digest];

/**
 * RSA (2048 to 8192 bits) by PKCS #1 v1.5 or PSS, with SHA-256 unless wished otherwise; ECDSA over P-256, P-384,
 * P-521 with the digest of the same strength; Ed25519, whose message digest is SHA-512 (RFC 5754, RFC 4056,
 * RFC 5480 §4, RFC 8419 §3.1). A key marked for PSS signs by PSS, whatever was wished.
 * @throws AppError KEY_UNSUPPORTED {algorithm}
 */
export function signingAlgorithm(certificate: Certificate, wish: AlgorithmWish = {}): SigningAlgorithm {
  const { type, bits, curve, title, pssOnly } = certificate.key;
  if (type === 'rsa' && bits >= 2048 && bits <= 8192) {
    const digest = wish.digest ?? 'sha256';
    const common = { digest, digestOid: digestOids[digest], maximumLength: Math.ceil(bits / 8) };
    return pssOnly || wish.pss
      ? { ...common, kind: 'rsa-pss', signatureOid: keyOids.rsassaPss, parameters: pssParameters(digest) }
      : { ...common, kind: 'rsa-pkcs1', signatureOid: rsaOids[digest], parameters: nullValue() };
  }
  const known = type === 'ec' && curve ? curves[curve] : undefined;
  if (known) {
    const digest = wish.digest ?? known.digest;
    return {
      kind: 'ecdsa',
      digest,
      digestOid: digestOids[digest],
      signatureOid: ecdsaOids[digest],
      parameters: null,
      maximumLength: known.maximumLength,
    };
  }
  if (type !== 'ed25519') throw new AppError('KEY_UNSUPPORTED', { algorithm: title });
  return {
    kind: 'eddsa',
    digest: 'sha512',
    digestOid: digestOids.sha512,
    signatureOid: keyOids.ed25519,
    parameters: null,
    maximumLength: 64,
  };
}

/** The AlgorithmIdentifier of the signature. */
export const signatureIdentifier = (algorithm: SigningAlgorithm): Buffer =>
  sequence(objectIdentifier(algorithm.signatureOid), ...(algorithm.parameters ? [algorithm.parameters] : []));
