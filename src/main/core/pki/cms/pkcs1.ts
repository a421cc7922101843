import { octetString, readOuter } from '../der/read.ts';
import type { SignerInfo } from './signed-data.ts';

/** Digests that adbe.x509.rsa_sha1 may name inside its signature value (ISO 32000-2 Table 260). */
const digests = [
  '1.3.14.3.2.26',
  '2.16.840.1.101.3.4.2.1',
  '2.16.840.1.101.3.4.2.2',
  '2.16.840.1.101.3.4.2.3',
  '1.3.36.3.2.1',
] as const;
const rsaEncryption = '1.2.840.113549.1.1.1';

/**
 * A bare PKCS #1 signature (ISO 32000-2 §12.8.3.2): an OCTET STRING around the value, no attributes, nobody
 * named. As the SignerInfos that it may stand for, one per digest, since only the value itself says which.
 *
 * @throws DerError where it is anything else.
 */
export function pkcs1SignerInfos(contents: Uint8Array): readonly SignerInfo[] {
  const signature = octetString(readOuter(contents));
  return digests.map((oid) => ({
    version: 1,
    sid: { kind: 'key-identifier', keyIdentifier: new Uint8Array() },
    digestAlgorithm: { oid, parameters: null },
    signedAttributes: null,
    signatureAlgorithm: { oid: rsaEncryption, parameters: null },
    signature,
    unsignedAttributes: [],
    signatureTimeStamps: [],
  }));
}
