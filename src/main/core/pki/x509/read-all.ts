import { AppError } from '../../contract/errors.ts';
import { parseCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';

/** Those that can be read: one bad certificate among others must not hide the rest. */
export function readAllCertificates(ders: readonly Uint8Array[]): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}
