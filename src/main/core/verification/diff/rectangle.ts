import { isArray, numberOf } from '../../pdf/index.ts';
import type { PdfFile, PdfValue } from '../../pdf/index.ts';

/** [left, bottom, right, top] in default user space, normalised. */
export type Rectangle = readonly [number, number, number, number];

export function readRectangle(
  file: PdfFile,
  value: PdfValue | undefined,
  revision: number,
): Rectangle | null {
  const list = file.resolve(value, revision);
  if (!isArray(list) || list.items.length !== 4) return null;
  const [x1, y1, x2, y2] = list.items.map((item) => numberOf(file.resolve(item, revision)));
  if (typeof x1 !== 'number' || typeof y1 !== 'number' || typeof x2 !== 'number' || typeof y2 !== 'number')
    return null;
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** Does it enclose any area that could be drawn on? */
export const hasArea = (area: Rectangle | null): area is Rectangle =>
  area !== null && area[2] - area[0] > 0 && area[3] - area[1] > 0;
