import { createHash } from 'node:crypto';
import { zipSync } from 'fflate/browser';
import { AppError } from '../contract/errors.ts';
import type { Input, Output } from '../contract/api.ts';
import type { IncomingFile, IncomingReading } from '../contract/incoming.ts';
import type { Context } from './context.ts';

/** The file of a letter from outside: looked into where it can do no harm, and kept as it came. */

/** For the text of some hundred pages. */
const readingTime = 120_000;
const showingTime = 120_000;

/** A moment that every computer writes alike, so that the same pictures make the same file. */
const packedAt = new Date(2000, 0, 1);

/** One file as it is; several pictures in one ZIP, uncompressed and in their order. */
export function packed(files: readonly IncomingFile[]): Uint8Array {
  const [only] = files;
  if (files.length === 1 && only) return only.bytes;
  const entries = files.map(({ bytes }, index) => [`${String(index + 1).padStart(3, '0')}`, bytes] as const);
  return zipSync(Object.fromEntries(entries), { level: 0, mtime: packedAt });
}

export const plainFileName = (name: string): string =>
  name
    .replace(/[\p{C}\\/]+/gu, ' ')
    .trim()
    .slice(0, 255);

/** @throws AppError INCOMING_*, TIMED_OUT */
export const readFiles = (context: Context, files: readonly IncomingFile[]): Promise<IncomingReading> =>
  context.ports.pool.run('incoming', { files: files.map((one) => one.bytes) }, readingTime);

/** Its pages to look at and to print. @throws AppError INCOMING_LOCKED and others of the kind, TIMED_OUT */
export async function pagesToShow(
  context: Context,
  bytes: Uint8Array,
  type: IncomingReading['type'],
): Promise<Uint8Array> {
  const { pdf } = await context.ports.pool.run('incomingPages', { bytes, type }, showingTime);
  return pdf;
}

export async function look(
  context: Context,
  { files }: Input<'incoming.look'>,
): Promise<Output<'incoming.look'>> {
  const { words: _words, ...reading } = await readFiles(context, files);
  const bytes = packed(files);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (reading.locked) return { ...reading, sha256, pdf: null };
  try {
    return { ...reading, sha256, pdf: await pagesToShow(context, bytes, reading.type) };
  } catch (error) {
    // Too slow to be shown is no reason not to keep it; a picture that cannot be drawn is.
    if (error instanceof AppError && error.code === 'TIMED_OUT') return { ...reading, sha256, pdf: null };
    throw error;
  }
}
