import { digest, digestName, digestSupported, signatureScheme, verifySignature } from '../algorithms.ts';
import type { AlgorithmIdentifier, SignatureScheme, SignatureVerdict } from '../algorithms.ts';
import { DerError } from '../der/read.ts';
import { keyOids } from '../oids.ts';
import type { Certificate } from '../x509/certificate.ts';
import { names } from './issuer-serial.ts';
import type { SignerInfo } from './signed-data.ts';

/** Judging one SignerInfo against the content it is said to cover (RFC 5652 §5.4 and §5.6). */

/**
 * The certificate that the signer identifier points to. Where several fit (a renewed certificate keeps its key
 * identifier), the one that the signer referred to by its hash.
 */
export function findSigner(info: SignerInfo, certificates: readonly Certificate[]): Certificate | null {
  const { sid } = info;
  const fits = (certificate: Certificate): boolean =>
    sid.kind === 'issuer-and-serial'
      ? names(sid, certificate)
      : certificate.subjectKeyIdentifier !== null &&
        Buffer.compare(sid.keyIdentifier, certificate.subjectKeyIdentifier) === 0;
  const fitting = certificates.filter(fits);
  return fitting.find((c) => referenceHolds(info, c) === 'match') ?? fitting[0] ?? null;
}

export interface SignerCheck {
  /** Digest of the content against the message-digest attribute; null where it cannot be judged. */
  readonly digestMatches: boolean | null;
  /** The signature value alone: it counts only where `contradictions` is empty and the digest matches. */
  readonly signature: SignatureVerdict;
  /** null where the identifiers are unknown here. */
  readonly scheme: SignatureScheme | null;
  /**
   * Named contradictions, each of which makes the signature bad whatever its value:
   * DIGEST_ALGORITHM_MISMATCH the signature algorithm brings another digest than digestAlgorithm;
   * ALGORITHM_PROTECTION_MISMATCH RFC 6211 §3; CONTENT_TYPE_MISMATCH and MESSAGE_DIGEST_MISSING RFC 5652 §5.3;
   * SIGNING_CERTIFICATE_MISMATCH RFC 5035 §5.4: the certificate used is not the one that was signed over.
   */
  readonly contradictions: readonly SignerContradiction[];
  readonly signingCertificate: 'match' | 'mismatch' | 'absent' | 'unsupported';
}

export type SignerContradiction =
  | 'DIGEST_ALGORITHM_MISMATCH'
  | 'ALGORITHM_PROTECTION_MISMATCH'
  | 'CONTENT_TYPE_MISMATCH'
  | 'MESSAGE_DIGEST_MISSING'
  | 'SIGNATURE_PARAMETERS_BAD'
  | 'SIGNING_CERTIFICATE_MISMATCH';

/**
 * @param contentType of the SignedData, against which the content-type attribute is held.
 * @param content the signed bytes in pieces, such as both sides of a PDF's gap.
 * @param digestOf another way to their digest, for who has done part of the work already.
 */
export function verifySignerInfo(
  info: SignerInfo,
  certificate: Certificate,
  contentType: string,
  content: readonly Uint8Array[],
  digestOf: typeof digest = digest,
): SignerCheck {
  const contradictions: SignerContradiction[] = [];
  const attributes = info.signedAttributes;
  const hash = digestName(info.digestAlgorithm.oid);
  let scheme: SignatureScheme | null = null;
  try {
    scheme = signatureScheme(info.signatureAlgorithm, hash);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    contradictions.push('SIGNATURE_PARAMETERS_BAD');
  }
  const expected = scheme?.hash ?? edwardsDigests[info.signatureAlgorithm.oid];
  if (expected && expected !== hash) contradictions.push('DIGEST_ALGORITHM_MISMATCH');
  if (attributes && !protectionHolds(info)) contradictions.push('ALGORITHM_PROTECTION_MISMATCH');
  if (attributes && attributes.contentType !== contentType) contradictions.push('CONTENT_TYPE_MISMATCH');
  if (attributes && !attributes.messageDigest) contradictions.push('MESSAGE_DIGEST_MISSING');
  const signingCertificate = referenceHolds(info, certificate);
  if (signingCertificate === 'mismatch') contradictions.push('SIGNING_CERTIFICATE_MISMATCH');

  const stated = attributes?.messageDigest;
  const contentDigest = stated && hash && digestSupported(hash) ? digestOf(hash, content) : null;
  const signedBytes = attributes ? attributes.toBeSigned : content;
  return {
    digestMatches: contentDigest && stated ? Buffer.compare(contentDigest, stated) === 0 : null,
    signature: scheme
      ? verifySignature(scheme, certificate.publicKeyInfo, signedBytes, info.signature)
      : 'unsupported',
    scheme,
    contradictions,
    signingCertificate,
  };
}

/** The message digest that goes with an EdDSA key (RFC 8419 §3.1). */
const edwardsDigests: Readonly<Record<string, string>> = {
  [keyOids.ed25519]: 'sha512',
  [keyOids.ed448]: 'shake256',
};

function protectionHolds(info: SignerInfo): boolean {
  const protection = info.signedAttributes?.algorithmProtection;
  if (!protection) return true;
  return (
    sameAlgorithm(protection.digestAlgorithm, info.digestAlgorithm) &&
    protection.signatureAlgorithm !== null &&
    sameAlgorithm(protection.signatureAlgorithm, info.signatureAlgorithm)
  );
}

/** NULL parameters and absent ones mean the same for digests and RSA (RFC 5754 §2). */
function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  const parameters = (id: AlgorithmIdentifier): Buffer => {
    const bytes = Buffer.from(id.parameters ?? []);
    return bytes.equals(Buffer.of(0x05, 0x00)) ? Buffer.alloc(0) : bytes;
  };
  return a.oid === b.oid && parameters(a).equals(parameters(b));
}

/** RFC 5035 §5.4: the first reference must be the certificate that the signature is checked with. */
function referenceHolds(info: SignerInfo, certificate: Certificate): SignerCheck['signingCertificate'] {
  const reference = info.signedAttributes?.signingCertificate;
  if (!reference) return 'absent';
  const [first] = reference.certificates;
  if (!first) return 'mismatch';
  const hash = digestName(first.hashOid);
  if (!hash || !digestSupported(hash)) return 'unsupported';
  if (Buffer.compare(digest(hash, [certificate.der]), first.hash) !== 0) return 'mismatch';
  return first.issuerSerial && !names(first.issuerSerial, certificate) ? 'mismatch' : 'match';
}
