import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { explicit, integer, sequence } from '../der/write.ts';
import { indonesianName, signedByIssuer } from '../x509/issue.ts';

/** A new key and what asks a certificate for it (PKCS #10, RFC 2986). */
export interface NewRequest {
  /** DER of PrivateKeyInfo (PKCS #8), unencrypted: seal it at once, then wipe it. */
  readonly privateKey: Buffer;
  /** DER, signed by that key (§3). */
  readonly request: Buffer;
}

const newKey = promisify(generateKeyPair);

/**
 * ECDSA P-256: every reader of PDF signatures knows it, and it is made in a millisecond. No attributes: the issuer
 * grants nothing for being asked.
 */
export async function newCertificateRequest(subject: {
  readonly organisation: string;
  readonly unit: string;
  readonly commonName: string;
}): Promise<NewRequest> {
  const { publicKey, privateKey } = await newKey('ec', { namedCurve: 'P-256' });
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const info = sequence(integer(0), indonesianName(subject), keyInfo, explicit(0));
  return {
    request: signedByIssuer(info, privateKey),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}
