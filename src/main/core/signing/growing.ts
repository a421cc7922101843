import { createHash } from 'node:crypto';
import { joined, parsePdf } from '../pdf/index.ts';
import type { PdfFile } from '../pdf/index.ts';
import type { SignOptions } from './options.ts';
import { signPdf } from './sign.ts';

/** A file that grows by one revision after another: in memory, or on the disk where it is too large for that. */
export interface GrowingFile {
  /** As it is now. @throws AppError PDF_UNREADABLE, PDF_ENCRYPTED, PDF_PASSWORD_WRONG */
  parse(): PdfFile;
  /** @throws AppError as `signPdf`; it has not grown then. */
  sign(options: SignOptions): Promise<void>;
  append(tail: Uint8Array): void;
  /** Digest of the file as it is now, with these bytes behind it. */
  digest(algorithm: string, after: readonly Uint8Array[]): Promise<Buffer>;
}

/** In memory. `bytes` is the whole file as it is now. */
export class GrowingBytes implements GrowingFile {
  bytes: Uint8Array;
  private readonly password: string | null;

  constructor(bytes: Uint8Array, password: string | null) {
    this.bytes = bytes;
    this.password = password;
  }

  parse(): PdfFile {
    return parsePdf(this.bytes, { password: this.password });
  }

  async sign(options: SignOptions): Promise<void> {
    this.bytes = await signPdf(this.bytes, options);
  }

  append(tail: Uint8Array): void {
    this.bytes = joined([this.bytes, tail]);
  }

  async digest(algorithm: string, after: readonly Uint8Array[]): Promise<Buffer> {
    const hash = createHash(algorithm).update(this.bytes);
    for (const piece of after) hash.update(piece);
    return hash.digest();
  }
}
