import { AppError } from '../contract/errors.ts';
import { array, dict, name, numberOf, isArray, ref, stream } from '../pdf/index.ts';
import type { Page, PdfFile, PdfRef, PdfValue, UpdateObject } from '../pdf/index.ts';
import { real } from './form.ts';
import type { Rect } from './form.ts';
import type { VisibleMark } from './options.ts';
import { readPicture } from './image.ts';
import type { Picture } from './image.ts';
import { fontObjects, setText } from './text-font.ts';
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

/** How many object numbers `markAppearance` takes from `next` on. */
export const markObjects = (mark: VisibleMark): number => fontObjects + (mark.image ? 1 : 0);

/**
 * Code, picture and lines in a thin frame, upright as the page is shown.
 * @param next the first of `markObjects` object numbers.
 * @throws AppError GLYPH_MISSING {characters}; SIGN_FAILED {reason: FONT | IMAGE | QR}
 */
export function markAppearance(
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
  const picture = mark.image ? readPicture(mark.image) : null;
  const side = Math.max(1, Math.min(height - 2 * padding, (width - 2 * padding) / 3));
  const code = mark.qr ? drawCode(mark.qr, padding, (height - side) / 2, side) : '';
  const afterCode = padding + (mark.qr ? side + padding : 0);
  const shown = picture ? drawPicture(picture, afterCode, height, side) : '';
  const textLeft = afterCode + (picture ? side + padding : 0);
  const content = `${frame(width, height)}${code}${shown}${drawText(text, textLeft, width, height)}`;
  const imageRef = ref(next + fontObjects);
  const resources = {
    Font: dict({ F1: text.font }),
    ...(picture ? { XObject: dict({ I1: imageRef }) } : {}),
  };
  const entries = {
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: array(0, 0, real(width), real(height)),
    Matrix: array(...(turns[turn] ?? [1, 0, 0, 1, 0, 0])),
    Resources: dict(resources),
  };
  return [
    { num: drawn.num, value: stream(entries, Uint8Array.from(Buffer.from(content, 'latin1'))) },
    ...text.objects,
    ...(picture ? [{ num: imageRef.num, value: picture.object }] : []),
  ];
}

/** Turns the drawing against the page's own /Rotate; the viewer shifts it into the rectangle (§12.5.5). */
const turns: Readonly<Record<number, readonly number[]>> = {
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
};

const two = (value: number): string => value.toFixed(2);

const frame = (width: number, height: number): string =>
  `q 0 G 0.5 w 0.5 0.5 ${two(width - 1)} ${two(height - 1)} re S Q\n`;

/** Modules around a code that stay light (ISO/IEC 18004 §9.1). */
const quiet = 4;

/** Dark runs of each row as one rectangle, on white with the quiet zone. */
function drawCode(rows: NonNullable<VisibleMark['qr']>, x: number, y: number, side: number): string {
  const count = rows.length;
  const square = count >= 21 && count <= 177 && rows.every((row) => row.length === count);
  if (!square) throw new AppError('SIGN_FAILED', { reason: 'QR' });
  const module = side / (count + 2 * quiet);
  const squares: string[] = [];
  rows.forEach((row, index) => {
    for (let from = 0; from < count; from++) {
      if (!row[from]) continue;
      let to = from;
      while (row[to]) to++;
      squares.push(`${from + quiet} ${count - 1 - index + quiet} ${to - from} 1 re`);
      from = to;
    }
  });
  const place = `${module.toFixed(5)} 0 0 ${module.toFixed(5)} ${two(x)} ${two(y)} cm`;
  const around = count + 2 * quiet;
  return `q ${place} 1 g 0 0 ${around} ${around} re f 0 g\n${squares.join('\n')}\nf Q\n`;
}

function drawPicture(picture: Picture, x: number, height: number, side: number): string {
  const scale = Math.min(side / picture.width, side / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  return `q ${two(w)} 0 0 ${two(h)} ${two(x + (side - w) / 2)} ${two((height - h) / 2)} cm /I1 Do Q\n`;
}

function drawText(text: SetText, left: number, width: number, height: number): string {
  const widest = Math.max(1, ...text.lines.map((line) => line.width));
  const byWidth = ((width - left - padding) * 1000) / widest;
  const byHeight = (height - 2 * padding) / (leading * Math.max(1, text.lines.length));
  const size = Math.max(1, Math.min(largestSize, byWidth, byHeight));
  const step = size * leading;
  // centred between the frame's edges, the first baseline an ascent below the block's top
  const blockTop = (height + step * text.lines.length) / 2;
  const first = blockTop - (step - size) / 2 - (size * text.ascent) / (text.ascent - text.descent);
  const shown = text.lines.map((line, i) => `${i === 0 ? '' : `0 ${two(-step)} Td `}<${line.codes}> Tj\n`);
  return `q 0 g BT /F1 ${two(size)} Tf ${two(left)} ${two(first)} Td\n${shown.join('')}ET Q\n`;
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
  const sideways = page.rotate === 90 || page.rotate === 270;
  const x = within(mark.x, mark.w, sideways ? top - bottom : right - left);
  const y = within(mark.y, mark.h, sideways ? right - left : top - bottom);
  const near = [x, y] as const;
  const far = [x + mark.w, y + mark.h] as const;
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

/** What would stick out of the page is moved in; what lies outside or does not fit is refused. */
function within(start: number, length: number, available: number): number {
  if (start >= available || start + length <= 0 || length > available)
    throw new AppError('SIGN_FAILED', { reason: 'RECTANGLE' });
  return Math.max(0, Math.min(start, available - length));
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
