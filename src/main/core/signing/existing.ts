import { isString, nameOf, numberOf, isArray, signatureFields } from '../pdf/index.ts';
import type { PdfFile } from '../pdf/index.ts';

/** A signature or document timestamp that a file carries. */
export interface ExistingSignature {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  /** /Contents as it stands, padding included. */
  readonly contents: Uint8Array;
  /** Octets of the file up to the end of what it covers. */
  readonly coveredEnd: number;
}

/** In the order in which they were made. */
export function existingSignatures(file: PdfFile): readonly ExistingSignature[] {
  return signatureFields(file)
    .flatMap(({ name, value }): ExistingSignature[] => {
      const contents = file.get(value, 'Contents');
      const range = file.get(value, 'ByteRange');
      const [, , start, length] = isArray(range)
        ? range.items.map((item) => numberOf(file.resolve(item)))
        : [];
      if (!isString(contents) || typeof start !== 'number' || typeof length !== 'number') return [];
      const timestamp = nameOf(file.get(value, 'SubFilter')) === 'ETSI.RFC3161';
      return [
        {
          field: name,
          kind: timestamp ? 'timestamp' : 'signature',
          contents: contents.bytes,
          coveredEnd: start + length,
        },
      ];
    })
    .sort((one, other) => one.coveredEnd - other.coveredEnd);
}

/** /Contents of the signature that was made last. */
export const lastSignature = (file: PdfFile): Uint8Array | null =>
  existingSignatures(file).at(-1)?.contents ?? null;
