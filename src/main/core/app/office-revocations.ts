import { AppError } from '../contract/errors.ts';
import { readAuthority } from '../authority/index.ts';
import { parseCertificate, type Certificate } from '../pki/index.ts';
import type { ReadDb } from '../vault/index.ts';
import type { Register } from './authority-file.ts';

/**
 * Since when (ISO instant) the office's own authority has called a certificate back, or null. Told by issuer and
 * serial number (RFC 5280 §4.1.2.2), so that it counts on whatever way the certificate came in: by a request, a file,
 * a token, the gateway. With the issuing certificate everything under it is called back.
 */
export function revokedByOffice(db: ReadDb): (certificate: Certificate) => string | null {
  const kept = readAuthority(db);
  if (!kept) return () => null;
  const register = JSON.parse(kept.register) as Register;
  const { subject } = parseCertificate(Buffer.from(register.issuing, 'base64'));
  const revoked = new Map(register.issued.map((one) => [one.serial, one.revoked?.at ?? null]));
  const all = register.issuingRevoked?.at ?? null;
  return ({ issuer, serial }) => (issuer === subject ? (revoked.get(serial) ?? all) : null);
}

/** @throws AppError CERTIFICATE_REVOKED { date } */
export function requireUnrevoked(db: ReadDb, certificate: Certificate): void {
  const since = revokedByOffice(db)(certificate);
  if (since !== null) throw new AppError('CERTIFICATE_REVOKED', { date: since.slice(0, 10) });
}
