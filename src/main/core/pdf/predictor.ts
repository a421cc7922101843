import { PdfSyntaxError } from './limits.ts';

export interface PredictorParams {
  /** 1 none, 2 TIFF, 10–15 PNG. */
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

/** Undoes the predictor of Flate and LZW data (ISO 32000-2 §7.4.4.4; PNG filters as in RFC 2083 §6). */
export function undoPredictor(data: Uint8Array, params: PredictorParams): Uint8Array {
  const { predictor, colors, bits, columns } = params;
  if (predictor === 1) return data;
  const sane =
    inRange(colors, 32) && [1, 2, 4, 8, 16].includes(bits) && inRange(columns, 1_000_000) && predictor <= 15;
  if (!sane) throw new PdfSyntaxError('predictor parameters out of range', 0);
  const pixel = Math.max(1, (colors * bits) >> 3);
  const row = Math.ceil((columns * colors * bits) / 8);
  if (predictor >= 10) return undoPng(data, row, pixel);
  if (predictor === 2 && bits === 8) return undoTiff(data, row, colors);
  throw new PdfSyntaxError('this predictor is not decoded', 0);
}

const inRange = (value: number, max: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= max;

function undoPng(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(data.length / (row + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  let at = 0;
  for (let from = 0; from < data.length; from += row + 1) {
    const filter = data[from] ?? 0;
    if (filter > 4) throw new PdfSyntaxError('damaged PNG prediction', 0);
    const end = Math.min(from + row, data.length - 1);
    const first = at;
    for (let source = from + 1; source <= end; source++, at++) {
      const inside = at - first >= pixel;
      const left = inside ? (out[at - pixel] ?? 0) : 0;
      const up = first >= row ? (out[at - row] ?? 0) : 0;
      const corner = inside && first >= row ? (out[at - row - pixel] ?? 0) : 0;
      out[at] = (data[source] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const byLeft = Math.abs(estimate - left);
  const byUp = Math.abs(estimate - up);
  const byCorner = Math.abs(estimate - corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function undoTiff(data: Uint8Array, row: number, colors: number): Uint8Array {
  const out = Uint8Array.from(data);
  for (let from = 0; from < out.length; from += row) {
    const end = Math.min(from + row, out.length);
    for (let at = from + colors; at < end; at++) out[at] = ((out[at] ?? 0) + (out[at - colors] ?? 0)) & 0xff;
  }
  return out;
}
