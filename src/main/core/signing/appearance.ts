import { AppError } from '../contract/errors.ts';
import { array, dict, name, numberOf, isArray, stream } from '../pdf/index.ts';
import type { Page, PdfFile, PdfRef, PdfValue, UpdateObject } from '../pdf/index.ts';
import { real } from './form.ts';
import type { Rect } from './form.ts';
import type { VisibleMark } from './options.ts';
import { setText } from './text-font.ts';
import type { SetText } from './text-font.ts';

/**
 * What the widget shows. There is always a normal appearance, since PDF/A-2 §6.3.3 asks for one; it has no
 * transparency and, for text, an embedded font.
 */

const padding = 3;
const largestSize = 12;
const leading = 1.2;

/** For an invisible signature: a form XObject that draws nothing (ISO 32000-2 §12.5.5). */
export function emptyAppearance(rect: Rect, drawn: PdfRef): UpdateObject[] {
  const [left, bottom, right, top] = rect;
  const box = array(0, 0, real(right - left), real(top - bottom));
  const entries = { Type: name('XObject'), Subtype: name('Form'), BBox: box, Resources: dict({}) };
  return [{ num: drawn.num, value: stream(entries, new Uint8Array()) }];
}

/**
 * The lines in a thin frame, upright as the page is shown.
 * @param next the first of five object numbers for the font.
 */
export function textAppearance(
  { rect, turn }: { readonly rect: Rect; readonly turn: number },
  mark: VisibleMark,
  drawn: PdfRef,
  next: number,
): UpdateObject[] {
  const [left, bottom, right, top] = rect;
  const sideways = turn === 90 || turn === 270;
  const width = sideways ? top - bottom : right - left;
  const height = sideways ? right - left : top - bottom;
  const text = setText(mark.lines, mark.font, next);
  const content = Buffer.from(drawing(text, width, height), 'latin1');
  const entries = {
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: array(0, 0, real(width), real(height)),
    Matrix: array(...(turns[turn] ?? [1, 0, 0, 1, 0, 0])),
    Resources: dict({ Font: dict({ F1: text.font }) }),
  };
  return [{ num: drawn.num, value: stream(entries, Uint8Array.from(content)) }, ...text.objects];
}

/** Turns the drawing against the page's own /Rotate; the viewer shifts it into the rectangle (§12.5.5). */
const turns: Readonly<Record<number, readonly number[]>> = {
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
};

function drawing(text: SetText, width: number, height: number): string {
  const widest = Math.max(1, ...text.lines.map((line) => line.width));
  const byWidth = ((width - 2 * padding) * 1000) / widest;
  const byHeight = (height - 2 * padding) / (leading * Math.max(1, text.lines.length));
  const size = Math.max(1, Math.min(largestSize, byWidth, byHeight));
  const number = (value: number): string => value.toFixed(2);
  const step = size * leading;
  // centred between the frame's edges, the first baseline an ascent below the block's top
  const blockTop = (height + step * text.lines.length) / 2;
  const first = blockTop - (step - size) / 2 - (size * text.ascent) / (text.ascent - text.descent);
  const shown = text.lines.map((line, i) => `${i === 0 ? '' : `0 ${number(-step)} Td `}<${line.codes}> Tj\n`);
  return (
    `q 0 G 0.5 w 0.5 0.5 ${number(width - 1)} ${number(height - 1)} re S Q\n` +
    `q 0 g BT /F1 ${number(size)} Tf ${number(padding)} ${number(first)} Td\n${shown.join('')}ET Q\n`
  );
}

/**
 * A rectangle given as the page is shown, in the page's own coordinates (/Rotate turns clockwise).
 * @throws AppError SIGN_FAILED {reason: RECTANGLE}
 */
export function rectOnPage(file: PdfFile, page: Page, mark: VisibleMark): Rect {
  const numbers = [mark.x, mark.y, mark.w, mark.h];
  if (
    !numbers.every((value) => Number.isFinite(value) && Math.abs(value) < 20_000) ||
    mark.w <= 0 ||
    mark.h <= 0
  ) {
    throw new AppError('SIGN_FAILED', { reason: 'RECTANGLE' });
  }
  const [left, bottom, right, top] = shownBox(file, page);
  const near = [mark.x, mark.y] as const;
  const far = [mark.x + mark.w, mark.y + mark.h] as const;
  const place = ([u, v]: readonly [number, number]): readonly [number, number] => {
    switch (page.rotate) {
      case 90:
        return [right - v, bottom + u];
      case 180:
        return [right - u, top - v];
      case 270:
        return [left + v, top - u];
      default:
        return [left + u, bottom + v];
    }
  };
  const [x1, y1] = place(near);
  const [x2, y2] = place(far);
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** The crop box is what a viewer shows (§14.11.2); it is inherited, like the media box. */
function shownBox(file: PdfFile, page: Page): Rect {
  let holder: PdfValue = page.dict;
  for (let hops = 0; hops < 64 && holder !== null; hops++) {
    const box = file.get(holder, 'CropBox');
    const numbers = isArray(box) ? box.items.slice(0, 4).map((item) => numberOf(file.resolve(item))) : [];
    const [x1, y1, x2, y2] = numbers;
    if (
      typeof x1 === 'number' &&
      typeof y1 === 'number' &&
      typeof x2 === 'number' &&
      typeof y2 === 'number'
    ) {
      const [left, bottom, right, top] = page.mediaBox;
      const shown = [
        Math.max(left, Math.min(x1, x2)),
        Math.max(bottom, Math.min(y1, y2)),
        Math.min(right, Math.max(x1, x2)),
        Math.min(top, Math.max(y1, y2)),
      ] as const;
      return shown[0] < shown[2] && shown[1] < shown[3] ? shown : page.mediaBox;
    }
    holder = file.get(holder, 'Parent');
  }
  return page.mediaBox;
}
