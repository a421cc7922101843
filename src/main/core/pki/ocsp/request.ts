import { digest } from '../algorithms.ts';
import { bitString, readOuter, sequenceOf } from '../der/read.ts';
import { explicit, nullValue, objectIdentifier, octetStringOf, sequence } from '../der/write.ts';
import { extension } from '../x509/issue.ts';
import type { Certificate } from '../x509/certificate.ts';

export const nonceOid = '1.3.6.1.5.5.7.48.1.2';
const sha1 = '1.3.14.3.2.26';

/**
 * OCSPRequest for one certificate in DER (RFC 6960 §4.1.1), unsigned.
 * @param nonce 16 to 32 random octets (RFC 9654 §2.1); null for an answer that may be kept (RFC 5019 §2.1.1).
 */
export function buildOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  nonce: Uint8Array | null,
): Buffer {
  const { nameHash, keyHash } = issuerHashes(issuer, 'sha1');
  // SHA-1 only names the issuer here; many responders know nothing else (RFC 5019 §2.1.1).
  const identifier = sequence(
    sequence(objectIdentifier(sha1), nullValue()),
    octetStringOf(nameHash),
    octetStringOf(keyHash),
    certificate.serialDer,
  );
  const asked = sequence(sequence(identifier));
  if (!nonce) return sequence(sequence(asked));
  const extensions = sequence(extension(nonceOid, false, octetStringOf(nonce)));
  return sequence(sequence(asked, explicit(2, extensions)));
}

/** How a CertID names an issuer (§4.1.1): by its name and by the bits of its key. */
export function issuerHashes(issuer: Certificate, hash: string): { nameHash: Buffer; keyHash: Buffer } {
  const keyBits = bitString(sequenceOf(readOuter(issuer.publicKeyInfo))[1]).bytes;
  return { nameHash: digest(hash, [issuer.subjectDer]), keyHash: digest(hash, [keyBits]) };
}
