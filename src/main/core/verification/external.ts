import { isStream } from '../pdf/index.ts';
import type { PdfFile } from '../pdf/index.ts';

/**
 * Does any stream take its data from another file (/F, ISO 32000-2 §7.3.8.2)? What such a reader shows can
 * change while every signed byte stays.
 */
export function takesFromOtherFiles(file: PdfFile): boolean {
  return file.revisions.some((revision) =>
    revision.defined.some((num) => {
      const value = file.objectAt(num, revision.number)?.value;
      return isStream(value) && (value.dict.entries.get('F') ?? null) !== null;
    }),
  );
}
