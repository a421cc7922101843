import type { Rectangle } from '../diff/index.ts';
import { differsAt, looksDifferent } from './compare.ts';
import type { Drawing } from './render.ts';

/** Pixels that lie in one square, or in squares beside each other, are one place to look at. */
const smallestCell = 8;
/** More places than this on one page are gathered in larger squares. */
const mostRegions = 24;
/** A place of fewer pixels is what two drawings of the same may do at an edge. */
const fewest = 3;

/** Left, top, right, bottom in pixels; right and bottom lie outside. */
type Box = [number, number, number, number];

/**
 * Where two pictures of a page differ, from the top.
 * @returns null where they are not of one size.
 */
export function differentRegions(before: Drawing, after: Drawing): readonly Rectangle[] | null {
  const { width, height } = before;
  if (width !== after.width || height !== after.height) return null;
  const different: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (differsAt(before, after, pixel)) different.push(pixel);
  }
  if (!looksDifferent(different.length)) return [];
  let cell = smallestCell;
  let boxes = gather(different, width, cell);
  while (boxes.length > mostRegions) {
    cell *= 2;
    boxes = gather(different, width, cell);
  }
  return boxes
    .toSorted((one, other) => one[1] - other[1] || one[0] - other[0])
    .map((box) => after.locate(box));
}

interface Cell {
  readonly box: Box;
  pixels: number;
}

function gather(different: readonly number[], width: number, size: number): readonly Box[] {
  const across = Math.ceil(width / size);
  const cells = new Map<number, Cell>();
  for (const pixel of different) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const key = Math.floor(y / size) * (across + 1) + Math.floor(x / size);
    const known = cells.get(key);
    if (known) {
      known.pixels++;
      widen(known.box, [x, y, x + 1, y + 1]);
    } else cells.set(key, { box: [x, y, x + 1, y + 1], pixels: 1 });
  }
  const found: Box[] = [];
  for (const [key, cell] of cells) {
    cells.delete(key);
    const whole = { box: cell.box, pixels: cell.pixels };
    const waiting = [key];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const next of neighbours(at, across + 1)) {
        const other = cells.get(next);
        if (!other) continue;
        cells.delete(next);
        widen(whole.box, other.box);
        whole.pixels += other.pixels;
        waiting.push(next);
      }
    }
    if (whole.pixels >= fewest) found.push(whole.box);
  }
  return found;
}

/** The row is one wider than the page, so that the last square of a line is not beside the first of the next. */
function neighbours(key: number, row: number): readonly number[] {
  return [-row - 1, -row, -row + 1, -1, 1, row - 1, row, row + 1].map((step) => key + step);
}

function widen(box: Box, by: Box): void {
  box[0] = Math.min(box[0], by[0]);
  box[1] = Math.min(box[1], by[1]);
  box[2] = Math.max(box[2], by[2]);
  box[3] = Math.max(box[3], by[3]);
}
