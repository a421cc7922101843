import { parsePdf } from '../pdf/index.ts';
import { coverageOf } from './covered.ts';
import { appendDocumentTimestamp } from './document-timestamp.ts';
import type { Stamped } from './document-timestamp.ts';
import { appendSecurityStore, readSecurityStore } from './security-store.ts';
import type { ValidationServices } from './services.ts';
import { collectValidationData } from './validation-data.ts';

/**
 * A document timestamp, and behind it the validation data of its own authority where the store has none yet: the
 * newest timestamp can then be judged without a network, too. Nobody answering for that costs nothing, because the
 * next renewal asks again.
 * @throws AppError TIMESTAMP_REFUSED {reason}, REVOKED among them
 */
export async function appendArchiveTimestamp(
  pdf: Uint8Array,
  services: ValidationServices,
  password: string | null,
): Promise<Stamped> {
  const stamped = await appendDocumentTimestamp(pdf, services, password);
  if (!stamped.pdf) return stamped;
  const { path, time } = stamped.stamp;
  const stored = readSecurityStore(parsePdf(pdf, { password }));
  if (coverageOf(stored)({ path, provenAt: time })) return stamped;
  const data = await collectValidationData([{ path, whose: 'timestamp', provenAt: null }], services);
  return { ...stamped, pdf: appendSecurityStore(stamped.pdf, data, null, password) };
}
