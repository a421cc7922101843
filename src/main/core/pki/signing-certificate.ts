import { AppError } from '../contract/errors.ts';
import { digestTitle } from './algorithms.ts';
import { signingAlgorithm } from './signing-algorithm.ts';
import { strongDigest } from './strength.ts';
import { certificateScheme } from './x509/certificate.ts';
import type { Certificate } from './x509/certificate.ts';

/** Purposes that say "not for documents" when a certificate names nothing else (RFC 5280 §4.2.1.12). */
const otherPurposes: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.1', // serverAuth
  '1.3.6.1.5.5.7.3.3', // codeSigning
  '1.3.6.1.5.5.7.3.8', // timeStamping
  '1.3.6.1.5.5.7.3.9', // OCSPSigning
]);

/**
 * May a letter be signed with this certificate now? Asked before any byte is written.
 * @throws AppError CERTIFICATE_EXPIRED {date}, CERTIFICATE_NOT_YET_VALID {date} (ISO dates, UTC),
 *   CERTIFICATE_WRONG_USAGE, KEY_UNSUPPORTED {algorithm}: of the key, or the broken digest of the issuer's signature
 */
export function checkSigningCertificate(certificate: Certificate, now: Date): void {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  if (now > certificate.notAfter) {
    throw new AppError('CERTIFICATE_EXPIRED', { date: day(certificate.notAfter) });
  }
  if (now < certificate.notBefore) {
    throw new AppError('CERTIFICATE_NOT_YET_VALID', { date: day(certificate.notBefore) });
  }
  // basicConstraints is not asked: a self-signed certificate that may issue may sign as well, unless keyUsage says
  // otherwise (RFC 5280 §4.2.1.3, §4.2.1.9).
  const { keyUsage, extendedKeyUsage } = certificate;
  const mayNotSign =
    keyUsage && !keyUsage.includes('digitalSignature') && !keyUsage.includes('nonRepudiation');
  const forOthers = extendedKeyUsage?.every((purpose) => otherPurposes.has(purpose));
  if (mayNotSign || forOthers) throw new AppError('CERTIFICATE_WRONG_USAGE');
  const { hash } = (certificate.selfIssued ? null : certificateScheme(certificate)) ?? { hash: null };
  // whoever can forge the certificate can sign as its holder; a root's own signature carries no weight
  if (hash !== null && !strongDigest(hash))
    throw new AppError('KEY_UNSUPPORTED', { algorithm: digestTitle(hash) });
  signingAlgorithm(certificate);
}
