import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { indonesianName, issueCertificate } from './x509/issue.ts';

/**
 * A signing identity to try the app with: issued by a root of its own, named as a test, trusted by nobody.
 * The root's private key is gone when this returns, so nothing else can ever be issued under it.
 */

/** How the common name of every test root begins. */
export const testIssuer = 'CA Uji E-Letter';

export interface TestIdentityRequest {
  readonly commonName: string;
  readonly organisation: string;
  /** Organisational unit; may be empty. */
  readonly unit: string;
}

export interface TestIdentity {
  /** DER of PrivateKeyInfo (PKCS #8), unencrypted: wrap it at once. */
  readonly privateKey: Buffer;
  /** DER. */
  readonly certificate: Buffer;
  /** DER of the root. */
  readonly chain: readonly Buffer[];
}

const newKey = promisify(generateKeyPair);

/**
 * A root (RSA-3072) and a leaf (RSA-2048, digitalSignature and nonRepudiation, no revocation pointers), both
 * valid for two years from `now`.
 */
export async function createTestIdentity(request: TestIdentityRequest, now: Date): Promise<TestIdentity> {
  const [rootKey, leafKey] = await Promise.all([
    newKey('rsa', { modulusLength: 3072 }),
    newKey('rsa', { modulusLength: 2048 }),
  ]);
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + 2);
  const { organisation, unit, commonName } = request;
  const mark = randomBytes(3).toString('hex').toUpperCase();
  const issuer = indonesianName({ organisation, commonName: `${testIssuer} ${mark}` });
  const common = { issuer, issuerKey: rootKey.privateKey, notBefore, notAfter };
  const root = issueCertificate({
    ...common,
    subject: issuer,
    subjectKey: rootKey.publicKey,
    basicConstraints: { ca: true, pathLength: 0 },
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  const certificate = issueCertificate({
    ...common,
    subject: indonesianName({ organisation, unit, commonName }),
    subjectKey: leafKey.publicKey,
    basicConstraints: { ca: false, pathLength: null },
    keyUsage: ['digitalSignature', 'nonRepudiation'],
  });
  const privateKey = leafKey.privateKey.export({ type: 'pkcs8', format: 'der' });
  return { privateKey, certificate, chain: [root] };
}
