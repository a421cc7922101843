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

/** Seen against what lies around it, whatever colour the paper has. */
const contrast = 90;

/** One signed page three times: its own content alone, with what lay on it, and as it is now. */
export interface Seen {
  readonly content: Drawing;
  readonly before: Drawing;
  readonly after: Drawing;
}

/**
 * What happened inside the areas of permitted changes to the signed page's own words?
 * `covered`: they could be read when it was signed and cannot now. `revealed`: the other way round.
 */
export function wordsInside(
  { content, before, after }: Seen,
  areas: readonly Rectangle[],
): { readonly covered: boolean; readonly revealed: boolean } {
  const { width, height } = content;
  if ([before, after].some((one) => one.width !== width || one.height !== height))
    return { covered: false, revealed: false };
  const covered = new Uint8Array(width * height);
  const revealed = new Uint8Array(width * height);
  for (const area of areas) {
    const inside = maskOf(content, [area], 0);
    const paper = usualLuminance(content, inside);
    const grounds = [
      usualPixel(content, inside),
      usualPixel(before, inside),
      usualPixel(after, inside),
    ] as const;
    for (let at = 0; at < width * height; at++) {
      if (inside[at] === 0) continue;
      if (standsOut(content, at, grounds[0])) {
        const then_ = apart(before, at, content, at) <= faint;
        const now_ = apart(after, at, content, at) <= faint;
        if (then_ && !now_ && !standsOut(after, at, grounds[2], merged)) covered[at] = 1;
        if (!then_ && now_ && !standsOut(before, at, grounds[1], merged)) revealed[at] = 1;
      }
      const written = luminance(content, at);
      if (Math.abs(written - paper) <= contrast) continue;
      const then = Math.abs(luminance(before, at) - written) <= contrast;
      const now = Math.abs(luminance(after, at) - written) <= contrast;
      if (then && !now) covered[at] = 1;
      if (!then && now) revealed[at] = 1;
    }
  }
  return { covered: holdsWords(covered, width), revealed: holdsWords(revealed, width) };
}

/** Colours so far apart are told apart, though they be as light as each other or both pale. */
const faint = 60;
/** And so near they are one. */
const merged = 30;

function apart(one: Drawing, at: number, other: Drawing, otherAt: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel++)
    most = Math.max(most, Math.abs(at4(one, at, channel) - at4(other, otherAt, channel)));
  return most;
}

const standsOut = (drawing: Drawing, at: number, ground: number, by = faint): boolean =>
  ground >= 0 && apart(drawing, at, drawing, ground) > by;

/** A pixel of the colour that fills most of the area; -1 where there is none. */
function usualPixel(drawing: Drawing, inside: Uint8Array): number {
  const counts = new Map<number, { count: number; readonly at: number }>();
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] !== 1) continue;
    const [r, g, b] = [0, 1, 2].map((channel) => at4(drawing, at, channel) >> 3);
    const key = ((r ?? 0) << 10) | ((g ?? 0) << 5) | (b ?? 0);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { count: 1, at });
  }
  let [most, found] = [0, -1];
  for (const { count, at } of counts.values()) if (count > most) [most, found] = [count, at];
  return found;
}

function usualLuminance(drawing: Drawing, inside: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] === 1) {
      const level = Math.round(luminance(drawing, at));
      counts[level] = (counts[level] ?? 0) + 1;
    }
  }
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

/** So few pixels are less than one digit of small print. */
const smallestWord = 10;

/** Are these pixels letters, rather than the line or the frame that a signature is put on? */
function holdsWords(spots: Uint8Array, width: number): boolean {
  const left = Uint8Array.from(spots);
  let letters = 0;
  for (let at = left.indexOf(1); at >= 0; at = left.indexOf(1, at)) {
    const spot = takeSpot(left, width, at);
    if (!isLine(spot)) letters += spot.count;
  }
  return letters >= smallestWord;
}

interface Spot {
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

/** Flat things: rules, dotted leaders, dashes; tall thin ones; and frames of thin lines. */
function isLine({ count, width, height }: Spot): boolean {
  if (height <= 3 || (width <= 3 && height >= 24)) return true;
  return width >= 24 && height >= 24 && count <= 6 * (width + height);
}

/** Takes one connected spot out of the mask. */
function takeSpot(left: Uint8Array, width: number, start: number): Spot {
  const waiting = [start];
  left[start] = 0;
  let [count, x1, x2, y1, y2] = [0, width, 0, left.length, 0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    count++;
    [x1, x2, y1, y2] = [Math.min(x1, x), Math.max(x2, x), Math.min(y1, y), Math.max(y2, y)];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const next = at + dy * width + dx;
        if (x + dx < 0 || x + dx >= width || left[next] !== 1) continue;
        left[next] = 0;
        waiting.push(next);
      }
    }
  }
  return { count, width: x2 - x1 + 1, height: y2 - y1 + 1 };
}

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
