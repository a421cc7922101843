/**
 * Where the offsets that a file names are found in the bytes at hand. For a file in memory they are the same;
 * a large file is read without the data of its streams (see condense.ts), and its later parts move up.
 */
export interface Places {
  /** Octets of the whole file. */
  readonly size: number;
  /** -1 for what was left out, or lies outside. */
  toImage(offset: number): number;
  toFile(offset: number): number;
  /** Octets of stream data left out at this place of the image; 0 for none. */
  leftOut(offset: number): number;
}

export const wholeFile = (size: number): Places => ({
  size,
  toImage: (offset) => offset,
  toFile: (offset) => offset,
  leftOut: () => 0,
});
