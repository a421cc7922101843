import { maximumCsv, maximumCsvRows } from '../contract/addresses.ts';
import { AppError } from '../contract/errors.ts';

/** Comma-separated values (RFC 4180) as spreadsheets write them, read strictly and with limits. */
export interface CsvTable {
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly header: readonly string[];
  /** Rows that hold anything, each with its number as a spreadsheet counts it; the header is 1. */
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
}

const maximumColumns = 60;

/**
 * A cell that a spreadsheet would run. On the way out an apostrophe makes it text; on the way in exactly such an
 * apostrophe goes. Those that begin with apostrophes themselves get one more, so that both ways meet.
 */
const runs = /^'*[=+\-@\t\r]/;
const hidden = /^'+[=+\-@\t\r]/;

export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);
const shielded = (text: string): string => (runs.test(text) ? `'${text}` : text);
const unshielded = (text: string): string => (hidden.test(text) ? text.slice(1) : text);

/** With a byte order mark, so that spreadsheets read it as UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((cells) => cells.map((one) => `"${shielded(one).replaceAll('"', '""')}"`).join(','));
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}

/**
 * @throws AppError CSV_TOO_LARGE {max}, CSV_TOO_MANY_ROWS {max}, CSV_TOO_MANY_COLUMNS {max}; CSV_NOT_TEXT for other
 * files, such as a workbook; CSV_QUOTES {row} for quotes that are not closed or stand where none may; CSV_EMPTY.
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  if (bytes.length > maximumCsv) throw new AppError('CSV_TOO_LARGE', { max: '5 MB' });
  const { text, encoding } = decode(bytes);
  const records = recordsOf(text);
  const first = records.findIndex((record) => record.cells.some((cell) => cell.trim() !== ''));
  const header = records[first];
  if (!header) throw new AppError('CSV_EMPTY');
  const rows = records
    .slice(first + 1)
    .map(({ row, cells }) => ({ row, cells: cells.map(unshielded) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (rows.length === 0) throw new AppError('CSV_EMPTY');
  if (rows.length > maximumCsvRows) throw new AppError('CSV_TOO_MANY_ROWS', { max: maximumCsvRows });
  return { encoding, header: header.cells.map((cell) => unshielded(cell).trim()), rows };
}

/** UTF-8 where it is that, else the code page that older spreadsheets use here. */
function decode(bytes: Uint8Array): { text: string; encoding: CsvTable['encoding'] } {
  // A zero is in no text of either encoding: UTF-16, a workbook, a picture.
  if (bytes.includes(0)) throw new AppError('CSV_NOT_TEXT');
  // A workbook (ZIP) that happens to be without one; PDF.
  if (/^(PK\u0003|%PDF)/.test(String.fromCharCode(...bytes.subarray(0, 4))))
    throw new AppError('CSV_NOT_TEXT');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

/** What separates cells: whichever the first line has more of outside quotes. */
function separatorOf(text: string): string {
  const counts = new Map([',', ';', '\t'].map((one) => [one, 0]));
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted((one, other) => other[1] - one[1]);
  return best?.[0] ?? ',';
}

function recordsOf(whole: string): CsvRow[] {
  // Spreadsheets may say their separator in a line of its own.
  const named = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(whole);
  const text = named ? whole.slice(named[0].length) : whole;
  const separator = named?.[1] ?? separatorOf(text);
  const records: CsvRow[] = [];
  let row = named ? 2 : 1;
  let cells: string[] = [];
  let at = 0;
  const addCell = (cell: string): void => {
    if (cells.length >= maximumColumns) throw new AppError('CSV_TOO_MANY_COLUMNS', { max: maximumColumns });
    cells.push(cell);
  };
  // Nothing is looked at twice: the time is that of one pass, whatever the bytes are.
  while (at <= text.length) {
    if (text[at] === '"') {
      const { cell, end } = quotedCell(text, at, row);
      addCell(cell);
      at = end;
    } else {
      let end = at;
      while (end < text.length && !isEnd(text[end], separator)) {
        if (text[end] === '"') throw new AppError('CSV_QUOTES', { row });
        end += 1;
      }
      addCell(text.slice(at, end));
      at = end;
    }
    const next = text[at];
    if (next === separator) {
      at += 1;
      continue;
    }
    if (next !== undefined && next !== '\n' && next !== '\r') throw new AppError('CSV_QUOTES', { row });
    // Blank lines are counted as rows, so one past the limit can be many.
    records.push({ row, cells });
    if (records.length > maximumCsvRows * 4) throw new AppError('CSV_TOO_MANY_ROWS', { max: maximumCsvRows });
    cells = [];
    row += 1;
    at += next === '\r' && text[at + 1] === '\n' ? 2 : 1;
  }
  return records;
}

const isEnd = (char: string | undefined, separator: string): boolean =>
  char === separator || char === '\n' || char === '\r';

/** @throws AppError CSV_QUOTES {row} when it is never closed. */
function quotedCell(text: string, start: number, row: number): { cell: string; end: number } {
  let from = start + 1;
  let cell = '';
  for (;;) {
    const close = text.indexOf('"', from);
    if (close < 0) throw new AppError('CSV_QUOTES', { row });
    cell += text.slice(from, close);
    if (text[close + 1] !== '"') return { cell, end: close + 1 };
    cell += '"';
    from = close + 2;
  }
}
