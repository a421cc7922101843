import { parsePdf, reserialise } from '../../pdf/index.ts';
import type { PdfFile } from '../../pdf/index.ts';
import type { Change, ChangeRule, Rectangle } from '../diff/index.ts';
import { differentPixels, looksDifferent, wordsInside } from './compare.ts';
import { openDrawable } from './render.ts';
import type { Drawable, Drawing } from './render.ts';

/** Beyond these, nothing is said about how a version looks; drawing takes a tenth of a second a page. */
const maximumPages = 80;
const maximumVersions = 60;
/** Largest file that is drawn, in octets. */
const maximumSize = 256 * 1024 * 1024;
/** Milliseconds for all pictures of one file: a page can be made to take very long. */
const maximumTime = 15_000;

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
 * of permitted changes nothing may look different, and inside they may neither cover nor uncover what was written
 * there.
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
  const deadline = performance.now() + maximumTime;
  let current: Drawable | null = null;
  try {
    current = await openDrawable(reserialise(file));
    const now = new Pages(current, deadline);
    for (const version of versions.slice(0, maximumVersions)) {
      const end = file.revisions[version.revision - 1]?.eofEnd ?? 0;
      const signed = await openDrawable(reserialise(parsePdf(file.bytes.subarray(0, end), { password })));
      try {
        const then = new Pages(signed, deadline);
        found.set(version.revision, await compareVersion(then, now, version, file.revisions.length));
      } finally {
        await signed.close();
      }
    }
  } catch {
    // A viewer that gives up, or takes too long, has said nothing about the versions that are left: they stay open.
  } finally {
    await current?.close();
  }
  return found;
}

/** The pages of one version as pictures, each drawn once. */
class Pages {
  readonly count: number;
  private readonly source: Drawable;
  private readonly deadline: number;
  private readonly drawn = new Map<string, Drawing>();

  constructor(source: Drawable, deadline: number) {
    this.source = source;
    this.count = source.pages;
    this.deadline = deadline;
  }

  async draw(page: number, annotations: boolean): Promise<Drawing> {
    const key = `${page} ${annotations}`;
    const known = this.drawn.get(key);
    if (known) return known;
    const drawing = await this.source.draw(page, annotations, this.deadline);
    // A few pages are megabytes each; most files have one that matters.
    if (this.drawn.size < 8) this.drawn.set(key, drawing);
    return drawing;
  }
}

/** Null where not all of it was compared. */
async function compareVersion(
  signed: Pages,
  current: Pages,
  { changes, pages }: SignedVersion,
  last: number,
): Promise<readonly Change[] | null> {
  const objections: Change[] = [];
  let incomplete = false;
  const object = (rule: ChangeRule, page: number | null): void => {
    objections.push({ rule, revision: last, object: null, field: null, page, area: null, detail: null });
  };
  if (signed.count !== current.count) object('PICTURE_CHANGED', null);
  const both = Math.min(signed.count, current.count);
  const areasOf = (page: number): readonly Rectangle[] =>
    changes.flatMap((change) => (change.page === page && change.area ? [change.area] : []));
  // Those with something to see first.
  const wanted = pages
    .filter((page) => page <= both)
    .toSorted((one, other) => areasOf(other).length - areasOf(one).length || one - other);
  for (const page of wanted.slice(0, maximumPages)) {
    const areas = areasOf(page);
    const [before, after] = [await signed.draw(page, true), await current.draw(page, true)];
    // What came since and is not drawn here may be drawn elsewhere: nothing is known of how that looks.
    if (after.gaps > before.gaps) incomplete = true;
    if (looksDifferent(differentPixels(before, after, areas))) object('PICTURE_CHANGED', page);
    if (areas.length === 0) continue;
    const words = wordsInside({ content: await signed.draw(page, false), before, after }, areas);
    if (words.covered) object('CONTENT_COVERED', page);
    if (words.revealed) object('CONTENT_REVEALED', page);
  }
  return objections.length === 0 && (incomplete || wanted.length > maximumPages) ? null : objections;
}
