import type { PdfFile } from './file.ts';
import { limits } from './limits.ts';
import { isArray, isDict, isRef, nameOf, numberOf } from './values.ts';
import type { PdfDict, PdfRef } from './values.ts';

export interface Page {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** [left, bottom, right, top] in points, normalised; inherited; A4 where the file names none. */
  readonly mediaBox: readonly [number, number, number, number];
  /** Clockwise, 0 | 90 | 180 | 270; inherited. */
  readonly rotate: number;
}

const a4: Page['mediaBox'] = [0, 0, 595.28, 841.89];

interface Inherited {
  readonly mediaBox: Page['mediaBox'];
  readonly rotate: number;
}

/**
 * The pages in reading order, as of a revision (ISO 32000-2 §7.7.3). Loops and over-long trees end the walk;
 * a page that is not an object of its own is left out.
 */
export function pages(file: PdfFile, revision?: number): readonly Page[] {
  const found: Page[] = [];
  const seen = new Set<number>();
  let left: number = limits.nodes;
  const root = file.catalog(revision)?.dict.entries.get('Pages');
  const waiting: { ref: PdfRef; from: Inherited }[] = [];
  if (isRef(root)) waiting.push({ ref: root, from: { mediaBox: a4, rotate: 0 } });
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node.ref.num)) continue;
    seen.add(node.ref.num);
    const dict = file.resolve(node.ref, revision);
    if (!isDict(dict)) continue;
    const own = inherit(file, dict, node.from, revision);
    const kids = file.get(dict, 'Kids', revision);
    if (isArray(kids) && nameOf(file.get(dict, 'Type', revision)) !== 'Page') {
      // Counted here, because many nodes may share one long list.
      const list = kids.items.slice(0, left);
      left -= list.length;
      for (const kid of list.reverse()) if (isRef(kid)) waiting.push({ ref: kid, from: own });
    } else found.push({ ref: node.ref, dict, ...own });
  }
  return found;
}

function inherit(file: PdfFile, dict: PdfDict, from: Inherited, revision: number | undefined): Inherited {
  const box = file.get(dict, 'MediaBox', revision);
  const numbers = isArray(box)
    ? box.items.slice(0, 4).map((item) => numberOf(file.resolve(item, revision)))
    : [];
  const [x1, y1, x2, y2] = numbers;
  const whole =
    typeof x1 === 'number' && typeof y1 === 'number' && typeof x2 === 'number' && typeof y2 === 'number';
  const turn = numberOf(file.get(dict, 'Rotate', revision));
  return {
    mediaBox: whole
      ? [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
      : from.mediaBox,
    rotate: turn !== null && turn % 90 === 0 ? ((turn % 360) + 360) % 360 : from.rotate,
  };
}

/** Numbers of the objects in use that call themselves pages, whether the page tree holds them or not. */
export function pageObjects(file: PdfFile): ReadonlySet<number> {
  const remembering: Remembering = file;
  const known = remembering[calledPages];
  if (known?.revisions === file.revisions.length) return known.found;
  const found = new Set(known?.found);
  const look = (num: number): void => {
    const value = file.objectAt(num)?.value;
    if (isDict(value) && nameOf(value.entries.get('Type')) === 'Page') found.add(num);
    else found.delete(num);
  };
  if (!known) file.numbers().forEach(look);
  for (const revision of known ? file.revisions.slice(known.revisions) : []) {
    revision.defined.forEach(look);
    revision.freed.forEach(look);
  }
  remembering[calledPages] = { found, revisions: file.revisions.length };
  return found;
}

const calledPages = Symbol('called pages');

interface Remembering extends PdfFile {
  [calledPages]?: { readonly found: ReadonlySet<number>; readonly revisions: number };
}

/** The answer for a file that has grown starts from the one for the file before. */
export function carryPageObjects(from: Remembering, to: Remembering): void {
  const known = from[calledPages];
  if (known) to[calledPages] = known;
}
