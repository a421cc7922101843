import { isDeepStrictEqual } from 'node:util';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';
import { AppError } from '../../src/main/core/contract/errors.ts';
import {
  appendUpdate,
  nextObjectNumber,
  pages,
  parsePdf,
  reserialise,
} from '../../src/main/core/pdf/index.ts';
import {
  DerError,
  parseCertificate,
  parseSignedData,
  parseTimestampToken,
  readCertificateList,
} from '../../src/main/core/pki/index.ts';
import { readOcspResponse } from '../../src/main/core/pki/ocsp/response.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import { looksGreen } from '../conformance/corpus.ts';
import { fixedNow } from '../fixtures/pki.ts';
import { rangeOf } from '../unit/verification/forging.ts';
import { mutate } from './mutate.ts';
import { trust } from './seeds.ts';

/** What must hold whatever is done to a file. Each returns what is wrong, or null. */

export const verify = (bytes: Uint8Array): Promise<VerificationReport> =>
  verifyPdf({ file: 'f', bytes, trust, at: fixedNow.toISOString(), language: 'en', password: null });

const isGreen = (report: VerificationReport): boolean =>
  looksGreen(report) || report.conclusion === 'TOTAL-PASSED';
const joined = (...pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(pieces));

/** A flipped, inserted or removed byte that the last signature covers: never green. */
export async function coveredByte(bytes: Uint8Array, random: () => number): Promise<string | null> {
  const below = (limit: number): number => Math.floor(random() * limit);
  const [, start, end] = rangeOf(bytes);
  const place = below(bytes.length - (end - start));
  const at = place < start ? place : place + end - start;
  const kind = below(3);
  const changed = Uint8Array.from(bytes);
  const octet = below(255) + 1;
  if (kind === 0) changed[at] = (changed[at] ?? 0) ^ octet;
  const spoilt =
    kind === 0
      ? changed
      : kind === 1
        ? joined(bytes.subarray(0, at), Uint8Array.of(octet), bytes.subarray(at))
        : joined(bytes.subarray(0, at), bytes.subarray(at + 1));
  return isGreen(await verify(spoilt)) ? `covered byte ${at}, kind ${kind}, ${octet}` : null;
}

/** What lies in the gap and is not signed: the same verdict and the same pages, or not green. */
export async function uncoveredByte(
  bytes: Uint8Array,
  original: VerificationReport,
  random: () => number,
): Promise<string | null> {
  const below = (limit: number): number => Math.floor(random() * limit);
  const [, start, end] = rangeOf(bytes);
  const at = start + 1 + below(end - start - 2);
  const changed = Uint8Array.from(bytes);
  const digits = '0123456789abcdefABCDEF';
  const old = String.fromCharCode(changed[at] ?? 0);
  const other = below(2) === 0 ? otherCase(old) : (digits[below(digits.length)] ?? '0');
  changed[at] = other.charCodeAt(0);
  const report = await verify(changed);
  if (report.conclusion !== 'TOTAL-PASSED' && !looksGreen(report)) return null;
  const what = `uncovered byte ${at}: ${old} to ${other}`;
  if (!isDeepStrictEqual(shown(changed), shown(bytes))) return `${what}: other pages`;
  // Trust may be lost with a certificate that nobody signed; nothing may be won.
  const better = report.conclusion === 'TOTAL-PASSED' && original.conclusion !== 'TOTAL-PASSED';
  const told = ({ signatures }: VerificationReport): unknown =>
    signatures.map(({ integrity, signer, claimedTime, changesAfter, docMdp }) => ({
      integrity,
      signer: signer?.subject,
      claimedTime,
      changesAfter,
      docMdp,
    }));
  return better || !isDeepStrictEqual(told(report), told(original)) ? what : null;
}

const otherCase = (digit: string): string =>
  digit === digit.toLowerCase() ? digit.toUpperCase() : digit.toLowerCase();

/** The pages as a viewer gets them. */
function shown(bytes: Uint8Array): unknown {
  const file = parsePdf(bytes);
  return pages(file).map(({ dict }) => {
    const content = file.resolve(dict.entries.get('Contents'));
    return typeof content === 'object' && content?.kind === 'stream' ? Buffer.from(content.raw) : null;
  });
}

/** Bytes behind the file: never green. */
export async function appended(bytes: Uint8Array, random: () => number): Promise<string | null> {
  const below = (limit: number): number => Math.floor(random() * limit);
  const from = below(bytes.length);
  const piece = [
    (): Uint8Array => Uint8Array.from({ length: 1 + below(40) }, () => below(256)),
    () => bytes.subarray(from, from + 1 + below(400)),
    () => mutate(bytes.subarray(bytes.lastIndexOf(0x78) - 400), random),
    () => Uint8Array.from({ length: 1 + below(80) }, () => [0, 9, 10, 13, 32][below(5)] ?? 32),
  ][below(4)];
  const more = piece?.() ?? new Uint8Array(1);
  if (more.length === 0) return null;
  return isGreen(await verify(joined(bytes, more)))
    ? `${more.length} bytes behind: ${Buffer.from(more).toString('hex')}`
    : null;
}

/** Any file at all: a report, and never a pass; what the parser accepts can be written and read again. */
export async function anyFile(bytes: Uint8Array): Promise<{ fault: string | null; conclusion: string }> {
  const report = await verify(bytes);
  const { conclusion } = report;
  if (conclusion === 'TOTAL-PASSED') return { fault: 'passes', conclusion };
  let file;
  try {
    file = parsePdf(bytes);
  } catch (error) {
    if (error instanceof AppError) return { fault: null, conclusion };
    throw error;
  }
  if (file.catalog() && parsePdf(reserialise(file)).needsRepair)
    return { fault: 'not re-serialised soundly', conclusion };
  if (file.needsRepair) return { fault: null, conclusion };
  const longer = appendUpdate(file, { objects: [{ num: nextObjectNumber(file), value: null }] }).bytes;
  return { fault: parsePdf(longer).needsRepair ? 'not appended to soundly' : null, conclusion };
}

const readers: readonly ((der: Uint8Array) => unknown)[] = [
  parseSignedData,
  parseTimestampToken,
  parseCertificate,
  readCertificateList,
  readOcspResponse,
];

/** Any DER: every reader reads it or refuses it by its own kind of error. */
export function anyDer(der: Uint8Array): void {
  for (const read of readers) {
    try {
      read(der);
    } catch (error) {
      if (!(error instanceof DerError) && !(error instanceof AppError)) throw error;
    }
  }
}

/** A spoilt CMS in the place of the right one. */
export function withContents(bytes: Uint8Array, cms: Uint8Array): Uint8Array {
  const [, start, end] = rangeOf(bytes);
  const room = (end - start - 2) / 2;
  const hex = Buffer.from(cms.subarray(0, room))
    .toString('hex')
    .padEnd(2 * room, '0');
  const changed = Uint8Array.from(bytes);
  changed.set(Buffer.from(hex, 'latin1'), start + 1);
  return changed;
}
