import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';
import { condense, parsePdf } from '../pdf/index.ts';
import type { ByteSource } from '../pdf/index.ts';
import { certificateOf, checkSigningCertificate } from '../pki/index.ts';
import type { SignOptions } from './options.ts';
import { capacityFor, fillGap, prepare } from './sign.ts';
import { writeWhole } from './whole-file.ts';

/** Read, hashed and written at a time. */
const chunkLength = 1024 * 1024;
/** What ten digits in /ByteRange and four octets in a cross-reference stream can name. */
const largest = 4_000_000_000;

/**
 * Signs a file of any size without holding it in memory: its structure is read without the data of its streams,
 * then it is copied and hashed in one pass. The output is there whole, synced to the disk, or not at all.
 * @param input is never written to. @param output is replaced where it exists.
 * @throws AppError as `signPdf`; FILE_UNREADABLE, FILE_NOT_WRITTEN, PDF_TOO_LARGE
 */
export async function signPdfFile(input: string, output: string, options: SignOptions): Promise<void> {
  checkSigningCertificate(certificateOf(options.signer), options.time);
  const descriptor = openInput(input);
  try {
    const source = sourceOf(descriptor, basename(input));
    if (source.size > largest) throw new AppError('PDF_TOO_LARGE', { max: largest });
    const before = stateOf(descriptor);
    const { bytes, places } = condense(source);
    const file = parsePdf(bytes, { password: options.password ?? null, places });
    const { tail, gap } = prepare(file, options, capacityFor(options));
    await writeWhole(output, async (target) => {
      const messageDigest = await copyAndHash(source, target, gap.covered, options.signer.algorithm.digest);
      // what was parsed and what was hashed must be the same bytes
      if (stateOf(descriptor) !== before) throw new AppError('FILE_UNREADABLE', { file: basename(input) });
      await fillGap(gap, messageDigest, options);
      writeAll(target, tail);
    });
  } finally {
    closeSync(descriptor);
  }
}

function openInput(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new AppError('FILE_UNREADABLE', { file: basename(path) }, cause);
  }
}

function sourceOf(descriptor: number, file: string): ByteSource {
  const { size } = fstatSync(descriptor);
  return {
    size,
    read: (position, length, into) => {
      const bytes = into ? into.subarray(0, length) : new Uint8Array(length);
      for (let done = 0; done < length;) {
        const count = readSync(descriptor, bytes, done, length - done, position + done);
        if (count === 0) throw new AppError('FILE_UNREADABLE', { file });
        done += count;
      }
      return bytes;
    },
  };
}

function stateOf(descriptor: number): string {
  const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
  return `${size} ${mtimeNs}`;
}

/** One pass in one buffer; now and then others have their turn. */
async function copyAndHash(
  source: ByteSource,
  target: number,
  after: readonly Uint8Array[],
  algorithm: string,
): Promise<Buffer> {
  const hash = createHash(algorithm);
  const buffer = new Uint8Array(chunkLength);
  for (let at = 0, turn = 1; at < source.size; at += chunkLength, turn++) {
    const piece = source.read(at, Math.min(chunkLength, source.size - at), buffer);
    hash.update(piece);
    writeAll(target, piece);
    if (turn % 16 === 0) await setImmediate();
  }
  for (const piece of after) hash.update(piece);
  return hash.digest();
}

function writeAll(target: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(target, bytes, done);
}
