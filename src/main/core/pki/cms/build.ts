import {
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetStringOf,
  sequence,
  setOfSorted,
  sorted,
  tlv,
} from '../der/write.ts';
import { digest } from '../algorithms.ts';
import { cmsOids } from '../oids.ts';
import type { Signer } from '../signer.ts';
import { signatureIdentifier } from '../signing-algorithm.ts';
import type { SigningAlgorithm } from '../signing-algorithm.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

/**
 * SignedData for PAdES baseline B (EN 319 142-1 §6.3, EN 319 122-1 §5): detached, one signer, content-type,
 * message-digest, signing-certificate-v2 with issuerSerial and cms-algorithm-protection, all in DER order.
 * No signing-time attribute: in PAdES the time is claimed by /M in the signature dictionary.
 */
export async function buildSignedData(request: {
  /** Digest of the signed bytes by `signer.algorithm.digest`. */
  readonly messageDigest: Uint8Array;
  readonly signer: Signer;
}): Promise<Buffer> {
  const { signer, messageDigest } = request;
  const attributes = signedAttributes(messageDigest, signer);
  const signature = await signer.sign(tlv(0x31, ...attributes));
  return encode(signer, attributes, signature);
}

/** Octets that `buildSignedData` will need at most for this signer: only ECDSA values vary, by a few. */
export function signedDataSize(signer: Signer): number {
  const { algorithm } = signer;
  const attributes = signedAttributes(digest(algorithm.digest, []), signer);
  return encode(signer, attributes, Buffer.alloc(algorithm.maximumLength)).length;
}

const certificates = new WeakMap<Signer, Certificate>();

/** A signer's certificate, read once however many letters it signs. @throws AppError CERTIFICATE_UNREADABLE */
export function certificateOf(signer: Signer): Certificate {
  const known = certificates.get(signer);
  if (known) return known;
  const certificate = parseCertificate(signer.certificate);
  certificates.set(signer, certificate);
  return certificate;
}

/** Without parameters, as RFC 5754 §2 prefers for digests. */
const digestAlgorithm = (algorithm: SigningAlgorithm): Buffer =>
  sequence(objectIdentifier(algorithm.digestOid));

const attribute = (type: string, value: Uint8Array): Buffer =>
  sequence(objectIdentifier(type), setOfSorted(value));

/** What is the same in everything that a signer signs, made once. */
interface Fixed {
  /** All signed attributes but the message digest. */
  readonly attributes: readonly Buffer[];
  /** `SignerInfo` up to its signed attributes, and what stands between them and the signature value. */
  readonly signerHead: readonly Buffer[];
  readonly signatureAlgorithm: Buffer;
  /** `SignedData` up to its signer infos. */
  readonly head: readonly Buffer[];
}

const fixedParts = new WeakMap<Signer, Fixed>();

function fixedOf(signer: Signer): Fixed {
  const known = fixedParts.get(signer);
  if (known) return known;
  const { algorithm } = signer;
  const certificate = certificateOf(signer);
  const made = {
    attributes: [
      attribute(cmsOids.contentType, objectIdentifier(cmsOids.data)),
      attribute(cmsOids.signingCertificateV2, signingCertificateV2(certificate)),
      attribute(cmsOids.algorithmProtection, algorithmProtection(algorithm)),
    ],
    signerHead: [
      integer(1),
      sequence(certificate.issuerDer, certificate.serialDer),
      digestAlgorithm(algorithm),
    ],
    signatureAlgorithm: signatureIdentifier(algorithm),
    head: [
      integer(1),
      setOfSorted(digestAlgorithm(algorithm)),
      sequence(objectIdentifier(cmsOids.data)),
      tlv(0xa0, ...sorted([signer.certificate, ...signer.chain])),
    ],
  };
  fixedParts.set(signer, made);
  return made;
}

/** In DER order. */
const signedAttributes = (messageDigest: Uint8Array, signer: Signer): readonly Uint8Array[] =>
  sorted([...fixedOf(signer).attributes, attribute(cmsOids.messageDigest, octetStringOf(messageDigest))]);

/** RFC 5035 §3 and §4; SHA-256 is the default digest, so DER leaves it out. */
function signingCertificateV2(certificate: Certificate): Buffer {
  const directoryName = explicit(4, certificate.issuerDer);
  const issuerSerial = sequence(sequence(directoryName), certificate.serialDer);
  return sequence(sequence(sequence(octetStringOf(digest('sha256', [certificate.der])), issuerSerial)));
}

/** RFC 6211 §2: both algorithms as they stand outside, under implicit tags. */
const algorithmProtection = (algorithm: SigningAlgorithm): Buffer =>
  sequence(digestAlgorithm(algorithm), implicit(1, signatureIdentifier(algorithm)));

function encode(signer: Signer, attributes: readonly Uint8Array[], signature: Uint8Array): Buffer {
  const { signerHead, signatureAlgorithm, head } = fixedOf(signer);
  const signerInfo = sequence(
    ...signerHead,
    tlv(0xa0, ...attributes),
    signatureAlgorithm,
    octetStringOf(signature),
  );
  const signedData = sequence(...head, tlv(0x31, signerInfo));
  return sequence(objectIdentifier(cmsOids.signedData), explicit(0, signedData));
}
