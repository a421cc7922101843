import { AppError } from '../contract/errors.ts';
import type { PagePair, ShownField, ShownFile, ShownVersion } from '../contract/verification.ts';
import { isArray, isRef, numberOf, pages, parsePdf, reserialise, signatureFields } from '../pdf/index.ts';
import type { PdfFile } from '../pdf/index.ts';
import type { PoolTasks } from '../ports.ts';
import { hasArea, kindOf, readRectangle, RevisionChanges } from './diff/index.ts';
import { differentRegions } from './picture/regions.ts';
import { openDrawable } from './picture/render.ts';
import { needsRepair } from './soundness.ts';

/** Drawing a pair takes a quarter of a second; whoever looks must not wait for more. */
const maximumDrawn = 24;
/** Milliseconds after which no further pair is begun. */
const drawingTime = 12_000;
/** Largest file of which pictures are compared, in octets. */
const maximumSize = 64 * 1024 * 1024;
const maximumPairs = 20_000;
const maximumFields = 250;
const maximumAnnotations = 100_000;
const longestName = 200;

/**
 * A file to look at: as it is now and, where a revision is named, as it was when that was closed, page by page,
 * with the places that look different. Judges nothing; what a change means is in the report.
 *
 * @throws AppError PDF_* where the file cannot be read, BAD_REQUEST where there is no such revision.
 */
export async function showPdf(input: PoolTasks['show']['input']): Promise<ShownFile> {
  const { bytes, password, revision, pictures } = input;
  const file = parsePdf(bytes, { password });
  const last = file.revisions.length;
  if (revision !== null && revision > last) throw new AppError('BAD_REQUEST', { field: 'revision' });
  const current = versionOf(file, last);
  if (revision === null || revision === last)
    return { current, signed: null, pairs: [], differences: [], notCompared: 0 };
  const end = file.revisions[revision - 1]?.eofEnd ?? 0;
  const before = parsePdf(bytes.subarray(0, end), { password });
  const signed = versionOf(before, revision);
  const pairs = pairPages(
    pages(before).map(({ ref }) => ref.num),
    pages(file).map(({ ref }) => ref.num),
  ).slice(0, maximumPairs);
  const doubtful = pairsInDoubt(file, revision, pairs);
  const compared = pictures
    ? await comparePairs(signed.pdf, current.pdf, pairs, doubtful)
    : { differences: [], notCompared: doubtful.length };
  return { current, signed, pairs, ...compared };
}

function versionOf(file: PdfFile, revision: number): ShownVersion {
  return { revision, pdf: reserialise(file), pages: pages(file).length, fields: fieldsOf(file) };
}

/** Fields for signing that have a place on a page. */
function fieldsOf(file: PdfFile): readonly ShownField[] {
  const fields = signatureFields(file).slice(0, maximumFields);
  if (fields.length === 0) return [];
  const pageOf = widgetPages(file);
  const found: ShownField[] = [];
  for (const field of fields) {
    const kids = file.get(field.dict, 'Kids');
    const widgets = isArray(kids) ? kids.items : field.ref ? [field.ref] : [];
    for (const widget of widgets.slice(0, maximumFields - found.length)) {
      const page = isRef(widget) ? pageOf.get(widget.num) : undefined;
      const area = readRectangle(file, file.get(widget, 'Rect'), file.revisions.length);
      if (page === undefined || !hasArea(area)) continue;
      found.push({
        name: field.name.slice(0, longestName),
        signed: field.valueRef !== null || field.value !== null,
        page,
        area,
      });
    }
  }
  return found;
}

/** The page, from 1, of every annotation that a page lists and does not hide (ISO 32000-2 Table 167). */
function widgetPages(file: PdfFile): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let left = maximumAnnotations;
  pages(file).forEach((page, index) => {
    const list = file.get(page.dict, 'Annots');
    for (const item of isArray(list) ? list.items.slice(0, left) : []) {
      left -= 1;
      const flags = numberOf(file.get(item, 'F')) ?? 0;
      if (isRef(item) && (flags & (2 | 32)) === 0) found.set(item.num, index + 1);
    }
  });
  return found;
}

/**
 * Pages of two versions beside each other, by their objects: the same object is the same page. What has no
 * partner is shown beside another one that has none either, at the same place, else alone.
 */
export function pairPages(signed: readonly number[], current: readonly number[]): readonly PagePair[] {
  const placeInCurrent = new Map(current.map((num, index) => [num, index]));
  const pairs: PagePair[] = [];
  let next = 0;
  const alone: number[] = [];
  const put = (until: number): void => {
    while (alone.length > 0 || next < until) {
      const current = next < until ? ++next : null;
      pairs.push({ signed: alone.shift() ?? null, current, same: false });
    }
  };
  signed.forEach((num, index) => {
    const place = placeInCurrent.get(num);
    // A page that now stands further up was moved: it is shown where it was, and where it is.
    if (place === undefined || place < next) {
      alone.push(index + 1);
      return;
    }
    put(place);
    next = place + 1;
    pairs.push({ signed: index + 1, current: place + 1, same: true });
  });
  put(current.length);
  return pairs;
}

/** Indices of the pairs that need not look the same. */
function pairsInDoubt(file: PdfFile, revision: number, pairs: readonly PagePair[]): readonly number[] {
  const later = new RevisionChanges(file);
  const behind = file.revisions.filter(({ number }) => number > revision);
  const everywhere =
    needsRepair(file) ||
    behind.some(({ number }) =>
      later.of(number).some(({ rule, page }) => kindOf(rule) === 'forbidden' && page === null),
    );
  const touched = new Set(later.touchedPages(revision));
  const both = pairs.flatMap((pair, index) => (pair.signed !== null && pair.current !== null ? [index] : []));
  const first = both.filter((index) => !pairs[index]?.same || touched.has(pairs[index]?.current ?? 0));
  return everywhere ? [...new Set([...first, ...both])] : first;
}

async function comparePairs(
  before: Uint8Array,
  after: Uint8Array,
  pairs: readonly PagePair[],
  doubtful: readonly number[],
): Promise<Pick<ShownFile, 'differences' | 'notCompared'>> {
  const differences: { pair: number; area: ShownField['area'] | null }[] = [];
  let compared = 0;
  const began = performance.now();
  if (doubtful.length > 0 && before.length <= maximumSize && after.length <= maximumSize) {
    // The viewer takes the bytes away with it.
    const opened = await Promise.allSettled([openDrawable(before.slice()), openDrawable(after.slice())]);
    const [one, other] = opened.map((each) => (each.status === 'fulfilled' ? each.value : null));
    try {
      for (const index of one && other ? doubtful.slice(0, maximumDrawn) : []) {
        const pair = pairs[index];
        if (performance.now() - began > drawingTime) break;
        if (!one || !other || !pair?.signed || !pair.current) continue;
        const [old, now] = [await one.draw(pair.signed, true), await other.draw(pair.current, true)];
        const regions = differentRegions(old, now);
        if (regions === null) differences.push({ pair: index, area: null });
        for (const area of regions ?? []) differences.push({ pair: index, area });
        compared++;
      }
    } catch {
      // A page that the viewer cannot draw is not compared; how many those are is told.
    } finally {
      await Promise.all([one?.close(), other?.close()]);
    }
  }
  return {
    differences: differences.toSorted((one, other) => one.pair - other.pair),
    notCompared: doubtful.length - compared,
  };
}
