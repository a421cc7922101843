import { strToU8, zipSync, type Zippable } from 'fflate/browser';
import type { ColumnKind, PrintedTable, TableColumn } from '../contract/printed-table.ts';

/**
 * A workbook of one sheet (Office Open XML, ECMA-376 part 1 §18; packed as part 2 says). Every text is an inline string
 * in a cell of text format: no cell holds a formula, and none becomes one when somebody edits it. Dates and times are
 * numbers with a format of their own, so that they sort.
 */
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Longest text of a cell, in UTF-16 units. */
const longestCell = 32_767;

/** In the order of `cellXfs` below. */
const style = {
  plain: 0,
  title: 1,
  label: 2,
  head: 3,
  text: 4,
  date: 5,
  time: 6,
  number: 7,
  struck: 8,
} as const;

const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="hh:mm"/></numFmts><fonts count="4"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="14"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font><font><strike/><sz val="11"/><name val="Arial"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="9"><xf/><xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>${[49, 164, 165, 1].map((id) => `<xf numFmtId="${id}" borderId="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`).join('')}<xf numFmtId="49" fontId="3" borderId="1" applyFont="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

/** @param headed title and facts stand over the columns; without, the first row names them, for other programs. */
export function writeWorkbook(table: PrintedTable, at: Date, headed = true): Uint8Array {
  const above = headed
    ? [
        rowOf(1, [textCell('A1', table.title, style.title)]),
        ...table.facts.map(([label, value], index) =>
          rowOf(index + 2, [textCell(`A${index + 2}`, `${label}: ${value}`, style.label)]),
        ),
      ]
    : [];
  const first = headed ? table.facts.length + 3 : 1;
  const heading = table.columns.map((one, index) =>
    textCell(`${letters(index)}${first}`, one.label, style.head),
  );
  const rows = table.rows.map((row, index) => {
    const at = first + index + 1;
    const cells = table.columns.map((column, place) =>
      cellOf(`${letters(place)}${at}`, column.kind, row.cells[place] ?? '', row.batal),
    );
    return rowOf(at, cells);
  });
  const last = letters(table.columns.length - 1);
  const sheet = `${head}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${first}" topLeftCell="A${first + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${table.columns.map(width).join('')}</cols><sheetData>${[...above, rowOf(first, heading), ...rows].join('')}</sheetData><autoFilter ref="A${first}:${last}${first + table.rows.length}"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
  const files: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Buku" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">Buku!$${first}:$${first}</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': sheet,
  };
  const packed: Zippable = {};
  for (const [path, xml] of Object.entries(files)) packed[path] = [strToU8(xml), { level: 6 }];
  return zipSync(packed, { mtime: stamp(at) });
}

/** The format counts its years from 1980 to 2107. */
function stamp(at: Date): Date {
  const year = at.getFullYear();
  return year < 1981 || year > 2098 ? new Date(2000, 0, 1) : at;
}

const rowOf = (at: number, cells: readonly string[]): string => `<row r="${at}">${cells.join('')}</row>`;

/** 0 → A, 26 → AA. */
const letters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : `${letters(Math.floor(index / 26) - 1)}${letters(index % 26)}`;

const width = ({ weight }: TableColumn, index: number): string =>
  `<col min="${index + 1}" max="${index + 1}" width="${Math.max(6, weight * 1.7).toFixed(1)}" customWidth="1"/>`;

function cellOf(place: string, kind: ColumnKind, value: string, struck: boolean): string {
  const number = kind === 'text' ? null : numberOf(kind, value);
  if (number === null) return textCell(place, value, struck ? style.struck : style.text);
  return `<c r="${place}" s="${style[kind]}"><v>${number}</v></c>`;
}

/** Days since 30 December 1899 for a date, a part of a day for a time. Null: no such value, so it stays a text. */
function numberOf(kind: ColumnKind, value: string): number | null {
  if (kind === 'date') {
    const instant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
    const serial = instant / 86_400_000 + 25_569;
    // Before 1 March 1900 the count has a day that never was.
    return Number.isFinite(serial) && serial > 60 ? serial : null;
  }
  if (kind === 'time') {
    const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(value);
    return found ? (Number(found[1]) * 60 + Number(found[2])) / 1440 : null;
  }
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function textCell(place: string, text: string, look: number): string {
  if (text === '') return `<c r="${place}" s="${look}"/>`;
  return `<c r="${place}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/**
 * What XML 1.0 cannot hold (§2.2) becomes the replacement character; `_x0041_` is how a workbook writes a character by
 * its number (ECMA-376 part 1 §22.9.2.19), so where somebody wrote just that its underscore is written so.
 */
function escaped(text: string): string {
  return text
    .slice(0, longestCell)
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
