import { coverageOf } from './covered.ts';
import { appendDocumentTimestamp } from './document-timestamp.ts';
import type { GrowingFile } from './growing.ts';
import { readSecurityStore, securityStoreRevision } from './security-store.ts';
import type { ValidationServices } from './services.ts';
import type { Stamping } from './timestamping.ts';
import { collectValidationData } from './validation-data.ts';

/**
 * A document timestamp, and behind it the validation data of its own authority where the store has none yet: the
 * newest timestamp can then be judged without a network, too. Nobody answering for that costs nothing, because the
 * next renewal asks again.
 * @throws AppError TIMESTAMP_REFUSED {reason}, REVOKED among them
 */
export async function appendArchiveTimestamp(
  file: GrowingFile,
  services: ValidationServices,
): Promise<Stamping> {
  const stamping = await appendDocumentTimestamp(file, services);
  if (!stamping.stamp) return stamping;
  const { path, time } = stamping.stamp;
  const stamped = file.parse();
  if (coverageOf(readSecurityStore(stamped))({ path, provenAt: time })) return stamping;
  const data = await collectValidationData([{ path, whose: 'timestamp', provenAt: null }], services);
  file.append(securityStoreRevision(stamped, data, null));
  return stamping;
}
