import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';
import type { SignatureLevel } from '../contract/tools.ts';
import { condense, parsePdf } from '../pdf/index.ts';
import type { ByteSource, PdfFile } from '../pdf/index.ts';
import { certificateOf, checkSigningCertificate } from '../pki/index.ts';
import type { GrowingFile } from './growing.ts';
import { growToLevel } from './levels.ts';
import type { ReachedLevel } from './levels.ts';
import type { SignOptions } from './options.ts';
import type { ValidationServices } from './services.ts';
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
  await grow(input, output, options, (file) => file.sign(options));
}

/** The same at a level. @throws AppError as `signAtLevel` and `signPdfFile` */
export async function signFileAtLevel(
  input: string,
  output: string,
  options: SignOptions,
  level: SignatureLevel,
  services: ValidationServices,
): Promise<ReachedLevel> {
  return grow(input, output, options, (file) => growToLevel(file, options, level, services));
}

async function grow<T>(
  input: string,
  output: string,
  options: SignOptions,
  work: (file: GrowingFile) => Promise<T>,
): Promise<T> {
  checkSigningCertificate(certificateOf(options.signer), options.time);
  const descriptor = openInput(input);
  try {
    return await writeWhole(output, (target) =>
      work(new GrowingOnDisk(descriptor, target, basename(input), options.password ?? null)),
    );
  } finally {
    closeSync(descriptor);
  }
}

/** Begins as a copy of the input, made while it is signed. */
class GrowingOnDisk implements GrowingFile {
  private readonly input: number;
  private readonly target: number;
  private readonly name: string;
  private readonly password: string | null;

  constructor(input: number, target: number, name: string, password: string | null) {
    this.input = input;
    this.target = target;
    this.name = name;
    this.password = password;
  }

  parse(): PdfFile {
    return parsed(sourceOf(this.target, this.name), this.password);
  }

  async sign(options: SignOptions): Promise<void> {
    const source = sourceOf(this.input, this.name);
    if (source.size > largest) throw new AppError('PDF_TOO_LARGE', { max: largest });
    const before = stateOf(this.input);
    const { tail, gap } = prepare(parsed(source, this.password), options, capacityFor(options));
    const { digest } = options.signer.algorithm;
    const messageDigest = await hashInPieces(source, digest, gap.covered, this.target);
    // what was parsed and what was hashed must be the same bytes
    if (stateOf(this.input) !== before) throw new AppError('FILE_UNREADABLE', { file: this.name });
    await fillGap(gap, messageDigest, options);
    this.append(tail);
  }

  append(tail: Uint8Array): void {
    writeAll(this.target, tail);
  }

  digest(algorithm: string, after: readonly Uint8Array[]): Promise<Buffer> {
    return hashInPieces(sourceOf(this.target, this.name), algorithm, after, null);
  }
}

function parsed(source: ByteSource, password: string | null): PdfFile {
  const { bytes, places } = condense(source);
  return parsePdf(bytes, { password, places });
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

/**
 * One pass in one buffer; now and then others have their turn.
 * @param after hashed behind the file. @param copy where the file is copied to, null for nowhere.
 */
async function hashInPieces(
  source: ByteSource,
  algorithm: string,
  after: readonly Uint8Array[],
  copy: number | null,
): Promise<Buffer> {
  const hash = createHash(algorithm);
  const buffer = new Uint8Array(chunkLength);
  for (let at = 0, turn = 1; at < source.size; at += chunkLength, turn++) {
    const piece = source.read(at, Math.min(chunkLength, source.size - at), buffer);
    hash.update(piece);
    if (copy !== null) writeAll(copy, piece);
    if (turn % 16 === 0) await setImmediate();
  }
  for (const piece of after) hash.update(piece);
  return hash.digest();
}

function writeAll(target: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(target, bytes, done);
}
