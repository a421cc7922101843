/**
 * Caps against hostile files (SIGNATURES §D, "DoS"). Each is far above what a letter, a scan or any file of
 * the test corpus needs; a file beyond one is unreadable, never half read.
 */
export const limits = {
  /** Nested arrays and dictionaries in one object. */
  depth: 200,
  /** Cross-reference sections along /Prev, i.e. saves of the file. */
  sections: 1_000,
  /** Highest object number, and so the number of objects. */
  objects: 1_000_000,
  /** Bytes that one stream may decode to. */
  decodedStream: 256 * 1024 * 1024,
  /** Bytes that all cross-reference and object streams together may decode to. */
  decodedTotal: 256 * 1024 * 1024,
  /** Filters on one stream. */
  filters: 8,
  /** References followed to reach one value. */
  hops: 32,
  /** Bytes parsed, as a multiple of the file's length (objects that overlap are parsed more than once). */
  workFactor: 8,
  /** Pages and form fields that a walk may visit. */
  nodes: 200_000,
  anomalies: 200,
} as const;

/** Why a strict reader stopped; stays inside pdf/ and becomes the cause of an AppError. */
export class PdfSyntaxError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(`${reason} at byte ${offset}`);
    this.name = 'PdfSyntaxError';
    this.offset = offset;
  }
}
