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
  const out = new Uint8Array(rows * row);
  let written = 0;
  for (let index = 0; index < rows; index++) {
    const from = index * (row + 1);
    const source = data.subarray(from + 1, from + 1 + row);
    undoPngRow(data[from] ?? 0, source, out, index * row, { row, pixel });
    written = index * row + source.length;
  }
  return out.subarray(0, written);
}

function undoPngRow(
  filter: number,
  source: Uint8Array,
  out: Uint8Array,
  at: number,
  shape: { readonly row: number; readonly pixel: number },
): void {
  if (filter > 4) throw new PdfSyntaxError('damaged PNG prediction', 0);
  for (let index = 0; index < source.length; index++) {
    const left = index >= shape.pixel ? (out[at + index - shape.pixel] ?? 0) : 0;
    const up = at >= shape.row ? (out[at + index - shape.row] ?? 0) : 0;
    const corner =
      at >= shape.row && index >= shape.pixel ? (out[at + index - shape.row - shape.pixel] ?? 0) : 0;
    out[at + index] = ((source[index] ?? 0) + predicted(filter, left, up, corner)) & 0xff;
  }
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
