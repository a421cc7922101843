import type { Renewal } from '../contract/tools.ts';
import { AppError } from '../contract/errors.ts';
import {
  buildChain,
  DerError,
  findSigner,
  parseSignedData,
  parseTimestampToken,
  readAllCertificates,
} from '../pki/index.ts';
import type { Certificate, SignedData } from '../pki/index.ts';
import { appendArchiveTimestamp } from './archive-timestamp.ts';
import { coverageOf } from './covered.ts';
import { existingSignatures } from './existing.ts';
import type { ExistingSignature } from './existing.ts';
import { GrowingBytes } from './growing.ts';
import { readSecurityStore, securityStoreRevision } from './security-store.ts';
import type { StoredData } from './security-store.ts';
import type { ValidationServices } from './services.ts';
import { collectValidationData } from './validation-data.ts';
import type { ProvenPath } from './validation-data.ts';

const dayLength = 86_400_000;
/** As many as a verifier judges. */
const maximumSignatures = 250;

/**
 * Carries a signed file on before its newest timestamp ages (EN 319 142-1 §6.3, B-LTA): first the validation data of
 * what is not covered yet, above all of the newest timestamp's authority, then a document timestamp over all of it.
 * A signature that stayed at a lower level, because somebody did not answer when it was made, is completed so.
 * Whether the signatures hold is the verifier's question: ask it first.
 * @param withinDays how long before its end the newest timestamp is renewed; `Infinity`: now, for a file that has a
 *   good timestamp and lacks the rest.
 * @throws AppError RENEWAL_REFUSED {reason: LAPSED | CHAIN | UNREADABLE | TOO_MANY}, CERTIFICATE_REVOKED {date},
 *   TIMESTAMP_REFUSED {reason}, PDF_UNREADABLE, PDF_ENCRYPTED
 */
export async function renewPdf(
  pdf: Uint8Array,
  withinDays: number,
  services: ValidationServices,
  password: string | null = null,
): Promise<Renewal> {
  const growing = new GrowingBytes(pdf, password);
  const file = growing.parse();
  const signatures = existingSignatures(file);
  if (signatures.length === 0) return { outcome: 'unsigned' };
  if (signatures.length > maximumSignatures) throw refused('TOO_MANY');
  const now = services.now();
  const stored = readSecurityStore(file);
  const proven = proofsOf(signatures, stored, services);
  const newest = proven.at(-1);
  if (newest?.kind === 'document-timestamp') {
    const end = endOf(newest.path);
    if (end.getTime() - now.getTime() > withinDays * dayLength) {
      return { outcome: 'not-due', goodUntil: end.toISOString() };
    }
  }
  const isCovered = coverageOf(stored);
  const open = proven.filter((one) => !isCovered(one));
  const data = await collectValidationData(open, services);
  if (data.missing) return { outcome: 'later', lowering: data.missing };
  growing.append(securityStoreRevision(file, data, null));
  const { stamp, lowering } = await appendArchiveTimestamp(growing, services);
  if (!stamp) return { outcome: 'later', lowering };
  return { outcome: 'renewed', pdf: growing.bytes, goodUntil: endOf(stamp.path).toISOString() };
}

const refused = (reason: string, cause?: unknown): AppError =>
  new AppError('RENEWAL_REFUSED', { reason }, cause);

/** When the first certificate below the anchor ends. */
const endOf = (path: readonly Certificate[]): Date =>
  new Date(
    Math.min(...path.slice(0, Math.max(1, path.length - 1)).map(({ notAfter }) => notAfter.getTime())),
  );

interface Proof extends ProvenPath {
  readonly kind: 'signature' | 'signature-timestamp' | 'document-timestamp';
}

/** Every chain that the file's signatures stand on, each at the moment from which its signature is proven. */
function proofsOf(
  signatures: readonly ExistingSignature[],
  stored: StoredData,
  services: ValidationServices,
): Proof[] {
  const extra = readAllCertificates(stored.certificates);
  const found: Proof[] = [];
  // from the newest to the oldest: a later document timestamp proves all that stands before it
  let provenAt: Date | null = null;
  for (const { kind, contents } of signatures.toReversed()) {
    if (kind === 'timestamp') {
      const token = read(() => parseTimestampToken(contents));
      const path = pathOf(token.signedData, extra, provenAt ?? services.now(), services);
      found.push({ kind: 'document-timestamp', whose: 'timestamp', provenAt, path });
      provenAt = token.time;
      continue;
    }
    const cms = read(() => parseSignedData(contents));
    let signedAt: Date | null = provenAt;
    for (const bytes of cms.signerInfos[0]?.signatureTimeStamps.slice(0, 8) ?? []) {
      const token = read(() => parseTimestampToken(bytes));
      const path = pathOf(token.signedData, extra, provenAt ?? services.now(), services);
      found.push({ kind: 'signature-timestamp', whose: 'timestamp', provenAt, path });
      if (!signedAt || token.time < signedAt) signedAt = token.time;
    }
    const path = pathOf(cms, extra, signedAt ?? services.now(), services);
    found.push({ kind: 'signature', whose: 'signer', provenAt: signedAt, path });
  }
  return found.reverse();
}

function read<T>(reading: () => T): T {
  try {
    return reading();
  } catch (error) {
    if (error instanceof DerError) throw refused('UNREADABLE', error);
    throw error;
  }
}

/** Only to anchors that are trusted here: what a stranger's file names is not asked. */
function pathOf(
  cms: SignedData,
  extra: readonly Certificate[],
  at: Date,
  { anchors }: ValidationServices,
): readonly Certificate[] {
  const [info] = cms.signerInfos;
  const candidates = [...readAllCertificates(cms.certificates), ...extra];
  const signer = info && findSigner(info, candidates);
  if (!signer) throw refused('CHAIN');
  const chain = buildChain(signer, candidates, anchors, at);
  if (!chain.ok) throw refused(chain.reason === 'EXPIRED' ? 'LAPSED' : 'CHAIN');
  return chain.path;
}
