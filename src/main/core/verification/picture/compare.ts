import type { Rectangle } from '../diff/index.ts';
import type { Drawing } from './render.ts';

/** A pixel differs where one of its colours does by more than this. */
const tolerance = 40;
/** So many pixels may differ: what two drawings of the same may do at an edge. */
const allowed = 6;
/** An appearance may reach a little beyond its rectangle by antialiasing. */
const border = 2;

/** Do two drawings of the same size show something else here? */
export const differsAt = (before: Drawing, after: Drawing, pixel: number): boolean =>
  distance(before, after, pixel) > tolerance;

/** How many pixels outside the masked areas show something else. */
export function differentPixels(before: Drawing, after: Drawing, masks: readonly Rectangle[]): number {
  const { width, height } = before;
  if (width !== after.width || height !== after.height) return width * height;
  const hidden = maskOf(before, masks, border);
  let count = 0;
  for (let at = 0; at < width * height; at++) {
    if (hidden[at] === 0 && distance(before, after, at) > tolerance) count++;
  }
  return count;
}

export const looksDifferent = (pixels: number): boolean => pixels > allowed;

export interface Covered {
  /** Pixels of what was written on the page, within the areas. */
  readonly ink: number;
  /** Those of them that are to be seen no more. */
  readonly lost: number;
}

/** Dark against the paper, whatever colour the paper has. */
const contrast = 90;

/**
 * What did the areas hide of the signed page's own content?
 * @param content the signed page without fields and comments.
 */
export function hiddenInk(content: Drawing, after: Drawing, areas: readonly Rectangle[]): Covered {
  const { width, height } = content;
  if (width !== after.width || height !== after.height) return { ink: 0, lost: 0 };
  const inside = maskOf(content, areas, 0);
  let ink = 0;
  let lost = 0;
  for (let at = 0; at < width * height; at++) {
    if (inside[at] === 0 || luminance(content, at) > 255 - contrast) continue;
    ink++;
    if (luminance(after, at) - luminance(content, at) > contrast) lost++;
  }
  return { ink, lost };
}

/** Words, not a line or a frame to sign on. */
const smallestHidden = 400;
export const covers = ({ lost }: Covered): boolean => lost >= smallestHidden;

const at4 = (drawing: Drawing, pixel: number, channel: number): number =>
  drawing.pixels[4 * pixel + channel] ?? 0;

function distance(one: Drawing, other: Drawing, pixel: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel++) {
    most = Math.max(most, Math.abs(at4(one, pixel, channel) - at4(other, pixel, channel)));
  }
  return most;
}

const luminance = (drawing: Drawing, pixel: number): number =>
  0.3 * at4(drawing, pixel, 0) + 0.59 * at4(drawing, pixel, 1) + 0.11 * at4(drawing, pixel, 2);

function maskOf(drawing: Drawing, areas: readonly Rectangle[], more: number): Uint8Array {
  const { width, height } = drawing;
  const mask = new Uint8Array(width * height);
  for (const area of areas) {
    const [left, top, right, bottom] = drawing.place(area);
    const [x1, x2] = [Math.max(0, Math.floor(left) - more), Math.min(width, Math.ceil(right) + more)];
    const [y1, y2] = [Math.max(0, Math.floor(top) - more), Math.min(height, Math.ceil(bottom) + more)];
    for (let y = y1; y < y2; y++) mask.fill(1, y * width + x1, Math.max(y * width + x1, y * width + x2));
  }
  return mask;
}
