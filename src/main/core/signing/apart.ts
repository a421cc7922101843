import { createHash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { SigningRisk } from '../contract/tools.ts';
import { parsePdf } from '../pdf/index.ts';
import { certificateOf, checkSigningCertificate } from '../pki/index.ts';
import type { PreparedRevision, SigningPlan } from '../contract/prepared.ts';
import type { SignOptions } from './options.ts';
import { capacityFor, fillGap, prepare } from './sign.ts';

/**
 * Signing in two places at once: a process without keys reads the file and writes the revision that a signature
 * needs; the process with the key hashes the file as it lies there, together with that revision, and signs. The
 * second never parses the file, and the first never says what is signed: it only proposes what is added.
 */

/** @throws AppError CERTIFICATE_* and KEY_UNSUPPORTED before anything is read. */
export function planFor(options: SignOptions): SigningPlan {
  checkSigningCertificate(certificateOf(options.signer), options.time);
  const { signer: _, unsigned: __, warn: ___, ...rest } = options;
  return { ...rest, capacity: capacityFor(options) };
}

/** In the process without keys. @throws AppError as `signPdf`, as far as the file is concerned. */
export function prepareRevision(pdf: Uint8Array, { capacity, ...options }: SigningPlan): PreparedRevision {
  let risks: readonly SigningRisk[] = [];
  const file = parsePdf(pdf, { password: options.password ?? null });
  const { tail, gap } = prepare(file, { ...options, warn: (found) => void (risks = found) }, capacity);
  const start = gap.hexadecimal.byteOffset - tail.byteOffset;
  return { tail, size: pdf.length, gap: { start, end: start + gap.hexadecimal.length }, risks };
}

/**
 * In the process with the key. @param pdf the bytes that were prepared.
 * @returns the tail with its signature, to stand behind `pdf`.
 * @throws AppError SIGN_FAILED {reason}, also where the revision is not one for this file.
 */
export async function signRevision(
  pdf: Uint8Array,
  { tail, size, gap }: PreparedRevision,
  options: SignOptions,
): Promise<Uint8Array> {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.length);
  const hexadecimal = bytes.subarray(gap.start, gap.end);
  const covered = [bytes.subarray(0, gap.start - 1), bytes.subarray(gap.end + 1)] as const;
  const end = pdf.length + gap.end + 1;
  const range = `/ByteRange [0 ${pdf.length + gap.start - 1} ${end} ${pdf.length + tail.length - end}]`;
  const fits =
    size === pdf.length &&
    bytes[gap.start - 1] === 0x3c &&
    bytes[gap.end] === 0x3e &&
    hexadecimal.every((digit) => digit === 0x30) &&
    covered[0].includes(range, 0, 'latin1');
  if (!fits) throw new AppError('SIGN_FAILED', { reason: 'REVISION' });
  const hash = createHash(options.signer.algorithm.digest).update(pdf);
  for (const piece of covered) hash.update(piece);
  await fillGap({ hexadecimal, covered }, hash.digest(), options);
  return tail;
}
