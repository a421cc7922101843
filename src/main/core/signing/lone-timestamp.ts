import type { LoneTimestamp } from '../contract/tools.ts';
import { appendArchiveTimestamp } from './archive-timestamp.ts';
import { GrowingBytes } from './growing.ts';
import type { ValidationServices } from './services.ts';

/**
 * A document timestamp over a file as it is, signed or not (ISO 32000-2 §12.8.5), with its authority's validation
 * data behind it.
 * @throws AppError TIMESTAMP_REFUSED {reason}, PDF_UNREADABLE, PDF_ENCRYPTED, PDF_PASSWORD_WRONG
 */
export async function timestampPdf(
  pdf: Uint8Array,
  services: ValidationServices,
  password: string | null,
): Promise<LoneTimestamp> {
  const file = new GrowingBytes(pdf, password);
  const { stamp, lowering } = await appendArchiveTimestamp(file, services);
  if (!stamp) return { outcome: 'later', lowering };
  return { outcome: 'stamped', pdf: file.bytes, at: stamp.time.toISOString() };
}
