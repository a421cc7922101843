import { PdfSyntaxError } from './limits.ts';

/** Collects bytes one by one or in pieces, in one growing array, and refuses to grow beyond its cap. */
export class ByteSink {
  private bytes = new Uint8Array(1024);
  private length = 0;
  private readonly cap: number;

  constructor(cap: number) {
    this.cap = cap;
  }

  push(byte: number): void {
    if (this.length >= this.bytes.length) this.grow(this.length + 1);
    this.bytes[this.length++] = byte;
  }

  append(piece: Uint8Array): void {
    if (this.length + piece.length > this.bytes.length) this.grow(this.length + piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  private grow(needed: number): void {
    if (needed > this.cap) throw new PdfSyntaxError('stream decodes to too many bytes', 0);
    const grown = new Uint8Array(Math.max(needed, Math.min(this.cap, this.bytes.length * 2)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** A view of what was collected. */
  take(): Uint8Array {
    if (this.length > this.cap) throw new PdfSyntaxError('stream decodes to too many bytes', 0);
    return this.bytes.subarray(0, this.length);
  }
}
