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
  /** Entries of all cross-reference sections together. */
  entries: 500_000,
  /** Bytes that all steps of decoding one stream may give. */
  decodedStream: 128 * 1024 * 1024,
  /** The same for all cross-reference and object streams together. */
  decodedTotal: 128 * 1024 * 1024,
  /**
   * What the objects of one file may hold: an integer counts 1, a name or reference 2, a real or array 3, a
   * string 5 and a dictionary 9, about as they take memory.
   */
  values: 6_000_000,
  /** Bytes of one name; ISO 32000-1 Annex C allows 127. */
  name: 4_096,
  /** Filters on one stream. */
  filters: 8,
  /** References followed to reach one value. */
  hops: 32,
  /** Bytes parsed, as a multiple of the file's length (objects that overlap are parsed more than once). */
  workFactor: 8,
  /** Pages and form fields that a walk may visit. */
  nodes: 200_000,
  /** Characters of all qualified field names together. */
  nameCharacters: 16_000_000,
  /** Faults that are listed; as many objects that cannot be read end the reading. */
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
