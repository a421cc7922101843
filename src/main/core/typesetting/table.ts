import type { Block, Cell, Inline } from '../contract/index.ts';

/** A table with everything decided that depends on its whole content; the template only draws it. */
export interface TableView {
  readonly type: 'table';
  /** `width` in shares of the line, 0 for "as wide as its content". */
  readonly columns: readonly { readonly width: number; readonly align: 'left' | 'center' | 'right' }[];
  /** Leading rows made of header cells only: repeated on every page. */
  readonly headers: readonly (readonly CellView[])[];
  readonly rows: readonly (readonly CellView[])[];
}

interface CellView {
  readonly header: boolean;
  readonly content: readonly Inline[];
}

/** A column whose longest cell is at most this long keeps its natural width (No., Jumlah, Jam). */
const narrow = 8;
const wide = 48;
const empty: CellView = { header: false, content: [] };

export function tableView(table: Extract<Block, { type: 'table' }>): TableView | null {
  const width = Math.max(0, ...table.rows.map((row) => row.length));
  if (width === 0) return null;
  const rows = table.rows.map((row) => Array.from({ length: width }, (_, x) => cellView(row[x])));
  const firstBody = rows.findIndex((row, y) => !isHeaderRow(row, table.rows[y] ?? []));
  const headerCount = firstBody === -1 ? 0 : firstBody;
  const bodyRows = rows.slice(headerCount);
  const columns = Array.from({ length: width }, (_, x) => {
    const longest = Math.max(...rows.map((row) => longestLine(row[x] ?? empty)));
    return { width: longest <= narrow ? 0 : Math.min(longest, wide), align: alignment(bodyRows, x) };
  });
  // Something has to fill the line, else a table of short cells would stand torn off at the left.
  const filled = columns.some((column) => column.width > 0)
    ? columns
    : columns.map((column) => ({ ...column, width: 1 }));
  return { type: 'table', columns: filled, headers: rows.slice(0, headerCount), rows: bodyRows };
}

/** A cell of spaces and line breaks only is an empty one. */
function cellView(cell: Cell | undefined): CellView {
  if (!cell) return empty;
  const view = { header: cell.header ?? false, content: cell.content };
  return plainText(view) === '' ? { ...view, content: [] } : view;
}

function isHeaderRow(row: readonly CellView[], source: readonly Cell[]): boolean {
  return source.length > 0 && row.slice(0, source.length).every((cell) => cell.header);
}

/** Numbers stand right, serial numbers in the first column centred, all else left. */
function alignment(rows: readonly (readonly CellView[])[], x: number): 'left' | 'center' | 'right' {
  const texts = rows.map((row) => plainText(row[x] ?? empty)).filter((text) => text !== '');
  if (texts.length === 0 || !texts.every((text) => /^(Rp\s?)?[\d.,%-]{1,24}$/.test(text))) return 'left';
  return x === 0 ? 'center' : 'right';
}

function plainText(cell: CellView): string {
  return cell.content
    .map((item) => (item.type === 'text' ? item.text : '\n'))
    .join('')
    .trim();
}

function longestLine(cell: CellView): number {
  return Math.max(
    ...plainText(cell)
      .split('\n')
      .map((line) => line.length),
  );
}
