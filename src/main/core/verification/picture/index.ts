import { parsePdf, reserialise } from '../../pdf/index.ts';
import type { PdfFile } from '../../pdf/index.ts';
import type { Change, Rectangle } from '../diff/index.ts';
import { covers, differentPixels, hiddenInk, looksDifferent } from './compare.ts';
import { openDrawable } from './render.ts';
import type { Drawable } from './render.ts';

/** Beyond this many pages or versions, the rules stand alone: drawing takes a tenth of a second a page. */
const maximumPages = 24;
const maximumVersions = 6;
/** Largest file that is drawn, in octets. */
const maximumSize = 64 * 1024 * 1024;

/** Per signed revision: what its picture objects to, or null where none could be made. */
export type Pictures = ReadonlyMap<number, readonly Change[] | null>;

/** What is to be compared with the current file. */
export interface SignedVersion {
  readonly revision: number;
  /** Permitted changes since, of which some can be seen. */
  readonly changes: readonly Change[];
  /** Those that could look different; the others are drawn from the same objects. */
  readonly pages: readonly number[];
}

/**
 * Draws each signed version beside the current file (SIGNATURES "How others judge changes"): outside the areas
 * of permitted changes nothing may look different, and inside they may not cover what was written there.
 *
 * @returns per revision what the pictures object to; null for one that could not be drawn.
 */
export async function comparePictures(
  file: PdfFile,
  versions: readonly SignedVersion[],
  password: string | null,
): Promise<Pictures> {
  const found = new Map<number, readonly Change[] | null>(versions.map(({ revision }) => [revision, null]));
  if (versions.length === 0 || file.bytes.length > maximumSize) return found;
  let current: Drawable | null = null;
  try {
    current = await openDrawable(reserialise(file));
    for (const version of versions.slice(0, maximumVersions)) {
      const end = file.revisions[version.revision - 1]?.eofEnd ?? 0;
      const signed = await openDrawable(reserialise(parsePdf(file.bytes.subarray(0, end), { password })));
      try {
        found.set(version.revision, await compareVersion(signed, current, version, file.revisions.length));
      } finally {
        await signed.close();
      }
    }
  } catch {
    // A viewer that gives up says nothing about the file: the rules have judged every object, the report tells.
  } finally {
    await current?.close();
  }
  return found;
}

async function compareVersion(
  signed: Drawable,
  current: Drawable,
  { changes, pages }: SignedVersion,
  last: number,
): Promise<readonly Change[]> {
  const objections: Change[] = [];
  const object = (rule: 'PICTURE_CHANGED' | 'CONTENT_COVERED', page: number | null): void => {
    objections.push({ rule, revision: last, object: null, field: null, page, area: null, detail: null });
  };
  if (signed.pages !== current.pages) object('PICTURE_CHANGED', null);
  const both = Math.min(signed.pages, current.pages);
  for (const page of pages.filter((one) => one <= both).slice(0, maximumPages)) {
    const areas = changes.flatMap((change): Rectangle[] =>
      change.page === page && change.area ? [change.area] : [],
    );
    const [before, after] = [await signed.draw(page, true), await current.draw(page, true)];
    if (looksDifferent(differentPixels(before, after, areas))) object('PICTURE_CHANGED', page);
    if (areas.length === 0) continue;
    const hidden = hiddenInk(await signed.draw(page, false), after, areas);
    if (covers(hidden)) object('CONTENT_COVERED', page);
  }
  return objections;
}
