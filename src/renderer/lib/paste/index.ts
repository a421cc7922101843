/** Pasted HTML of Word, LibreOffice, Excel or a web page → what the body of a letter can hold. */
import type { Block, Cell, Inline, Mark } from '../../../main/core/contract/index.ts';
import { readHtml, type Tag } from './html.ts';
import { blocksOf, ofPage, tidied, type Level, type Line, type Piece } from './lines.ts';
import {
  bulletLevels,
  classOf,
  isFirst,
  isMarker,
  isNoText,
  isNumbered,
  isPicture,
  notesOf,
  referredNote,
  styleOf,
  textOf,
  wordListOf,
} from './word.ts';

export interface Pasted {
  readonly blocks: readonly Block[];
  /** Left out: a letter's body holds none. */
  readonly pictures: number;
  /** Put into brackets where they were referred to. */
  readonly footnotes: number;
  /** Whose text was not part of what was copied. */
  readonly lostNotes: number;
  /** Tables of more columns than a page takes, put in as lines of text. */
  readonly wideTables: number;
}

/** As the contract's schema has it. */
const mostColumns = 20;
const mostRows = 2000;

/** Null: too large to be part of a letter. */
export function readPaste(html: string): Pasted | null {
  const page = readHtml(html);
  return page && new Reading(notesOf(page.root), bulletLevels(page)).read(page.root);
}

/** Lines of plain text; each is a paragraph. */
export const plainBlocks = (text: string): Block[] =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => tidied([{ type: 'text', text: line }]))
    .filter((content) => content.length > 0)
    .map((content) => ({ type: 'paragraph', content }));

interface Look {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly heading: boolean;
  readonly levels: readonly Level[];
}

const plain: Look = { bold: false, italic: false, heading: false, levels: [] };

const breaking: ReadonlySet<string> = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre section article header footer main aside figure hr address center form body html caption'.split(
    ' ',
  ),
);

class Reading {
  private pieces: Piece[] = [];
  private inlines: Inline[] = [];
  private look: Look = plain;
  private starts = false;
  private goesOn = false;
  private marker = '';
  private lists = 0;
  private readonly counted = { pictures: 0, footnotes: 0, lostNotes: 0, wideTables: 0 };
  private readonly notes: ReadonlyMap<string, string>;
  private readonly bullets: ReadonlySet<string>;

  constructor(notes: ReadonlyMap<string, string>, bullets: ReadonlySet<string>) {
    this.notes = notes;
    this.bullets = bullets;
  }

  read(root: Tag): Pasted {
    this.children(root, plain);
    this.endLine();
    return { blocks: blocksOf(this.pieces), ...this.counted };
  }

  private children(tag: Tag, look: Look): void {
    for (const child of tag.children) {
      if (typeof child === 'string') this.text(child, look);
      else this.tag(child, look);
    }
  }

  private text(text: string, look: Look): void {
    this.look = look;
    const marks: Mark[] = [
      ...(look.bold && !look.heading ? (['bold'] as const) : []),
      ...(look.italic ? (['italic'] as const) : []),
    ];
    this.inlines.push({ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) });
  }

  private tag(tag: Tag, outer: Look): void {
    if (isPicture(tag)) {
      this.counted.pictures += 1;
      return;
    }
    if (isNoText(tag)) return;
    if (isMarker(tag)) {
      this.marker += textOf(tag);
      return;
    }
    const note = referredNote(tag);
    const said = note === null ? undefined : this.notes.get(note);
    if (note !== null) {
      this.counted[said ? 'footnotes' : 'lostNotes'] += 1;
      if (said) this.text(` (${said})`, { ...outer, bold: false, italic: false });
      return;
    }
    const look = marked(tag, outer);
    if (tag.name === 'br') {
      this.look = look;
      this.inlines.push({ type: 'break' });
    } else if (tag.name === 'table') this.table(tag, look);
    else if (tag.name === 'ul' || tag.name === 'ol') this.list(tag, look);
    else if (tag.name === 'li') this.item(tag, look);
    else if (breaking.has(tag.name)) this.paragraph(tag, look);
    else this.children(tag, look);
  }

  private paragraph(tag: Tag, outer: Look): void {
    this.endLine();
    const heading = outer.levels.length === 0 && (/^h[1-6]$/.test(tag.name) || /msotitle/.test(classOf(tag)));
    const word = outer.levels.length === 0 ? wordListOf(tag) : null;
    if (!word) {
      this.children(tag, heading ? { ...outer, heading } : outer);
      this.endLine();
      return;
    }
    const keep = this.pieces.length;
    this.children(tag, { ...outer, heading });
    const { marker } = this;
    this.endLine();
    const [line] = this.pieces.splice(keep, 1);
    if (!line || !('levels' in line)) return;
    if (heading) {
      const number = isNumbered(marker) === true ? `${marker.trim()} ` : '';
      this.pieces.splice(keep, 0, {
        ...line,
        content: tidied([{ type: 'text', text: number }, ...line.content]),
      });
      return;
    }
    const bullet = this.bullets.has(`${word.list.split(' ')[0] ?? ''} ${word.level}`);
    const ordered = isNumbered(marker) ?? !bullet;
    const levels = Array.from({ length: Math.min(word.level, 9) }, (_, index) => ({
      key: `${word.list} ${index + 1}`,
      ordered: index + 1 === word.level ? ordered : true,
    }));
    this.pieces.splice(keep, 0, {
      ...line,
      levels,
      starts: true,
      goesOn: ordered && (word.level > 1 || !isFirst(marker)),
    });
  }

  private list(tag: Tag, look: Look): void {
    this.endLine();
    this.lists += 1;
    const level: Level = { key: `${ofPage}${this.lists}`, ordered: tag.name === 'ol' };
    this.goesOn = Number(tag.attributes['start'] ?? 1) > 1;
    // A list of no items says nothing; lists directly within lists hang on to the item before.
    this.children(tag, { ...look, heading: false, levels: [...look.levels, level].slice(0, 9) });
    this.endLine();
    this.starts = false;
    this.goesOn = false;
  }

  private item(tag: Tag, look: Look): void {
    this.endLine();
    this.starts = true;
    this.children(tag, look);
    this.endLine();
    this.starts = false;
  }

  private endLine(): void {
    const content = tidied(this.inlines);
    this.inlines = [];
    if (content.length > 0) {
      const { heading, levels } = this.look;
      this.pieces.push({ heading, content, levels, starts: this.starts, goesOn: this.goesOn });
      this.starts = false;
      this.goesOn = false;
    }
    this.marker = '';
  }

  private table(tag: Tag, look: Look): void {
    this.endLine();
    const rows = trimmed(this.rows(tag, look));
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width === 0) return;
    if (width === 1 && rows.length === 1) {
      // A frame around text, as web pages and mails have it.
      this.children(tag, look);
      this.endLine();
      return;
    }
    if (width <= mostColumns && rows.length <= mostRows && look.levels.length === 0) {
      this.pieces.push({ type: 'table', rows });
      return;
    }
    this.counted.wideTables += 1;
    for (const row of rows) {
      const content = tidied(
        row.flatMap((cell, index) => [
          ...(index > 0 ? [{ type: 'text', text: ' | ' } as const] : []),
          ...cell.content,
        ]),
      );
      if (content.length > 0)
        this.pieces.push({ heading: false, content, levels: look.levels, starts: false, goesOn: false });
    }
  }

  private rows(table: Tag, look: Look): Cell[][] {
    const rows: Cell[][] = [];
    /** Cells from above that reach into the rows to come, by column. */
    const reaching = new Map<number, number>();
    for (const { row, head } of tableRows(table)) {
      const cells: Cell[] = [];
      const fill = (): void => {
        for (let more = reaching.get(cells.length); more; more = reaching.get(cells.length)) {
          reaching.set(cells.length, more - 1);
          cells.push({ content: [] });
        }
      };
      for (const cell of row.children) {
        if (typeof cell === 'string' || (cell.name !== 'td' && cell.name !== 'th')) continue;
        fill();
        const header = head || cell.name === 'th';
        const down = span(cell, 'rowspan', mostRows);
        const across = span(cell, 'colspan', 100);
        for (let index = 0; index < across; index += 1) {
          if (down > 1) reaching.set(cells.length, down - 1);
          const content = index === 0 ? this.cell(cell, look, header) : [];
          // An empty header heads nothing.
          cells.push(header && content.length > 0 ? { header, content } : { content });
        }
      }
      fill();
      rows.push(cells);
    }
    return rows;
  }

  /** The lines of a cell, one below the other. */
  private cell(tag: Tag, look: Look, header: boolean): Inline[] {
    const outside = { pieces: this.pieces, inlines: this.inlines };
    this.pieces = [];
    this.inlines = [];
    // A header is set bold by itself, as a heading is.
    this.children(tag, { ...marked(tag, look), heading: header, levels: [] });
    this.endLine();
    const inside = this.pieces;
    this.pieces = outside.pieces;
    this.inlines = outside.inlines;
    const counters = new Map<string, number>();
    const lines = inside.flatMap((piece): (readonly Inline[])[] =>
      'levels' in piece
        ? [numberedLine(piece, counters)]
        : piece.rows.map((row) => row.flatMap((one) => one.content)),
    );
    return tidied(lines.flatMap((line, index) => (index > 0 ? [{ type: 'break' } as const, ...line] : line)));
  }
}

/** A cell holds no lists: their numbers become part of the text. */
function numberedLine(line: Line, counters: Map<string, number>): readonly Inline[] {
  const level = line.levels.at(-1);
  if (!level || !line.starts) return line.content;
  const number = (counters.get(level.key) ?? 0) + 1;
  counters.set(level.key, number);
  return [{ type: 'text', text: level.ordered ? `${number}. ` : '– ' }, ...line.content];
}

function marked(tag: Tag, look: Look): Look {
  const style = styleOf(tag);
  const weight = /(?<![\w-])font-weight:\s*(bold|normal|[1-9]00)/.exec(style)?.[1];
  const slant = /(?<![\w-])font-style:\s*(italic|oblique|normal)/.exec(style)?.[1];
  const bold =
    weight === undefined
      ? look.bold || tag.name === 'b' || tag.name === 'strong'
      : weight === 'bold' || Number(weight) >= 600;
  const italic =
    slant === undefined ? look.italic || tag.name === 'i' || tag.name === 'em' : slant !== 'normal';
  return { ...look, bold, italic };
}

function span(cell: Tag, name: 'colspan' | 'rowspan', most: number): number {
  const value = Number(cell.attributes[name] ?? 1);
  return Number.isInteger(value) && value > 1 ? Math.min(value, most) : 1;
}

function tableRows(table: Tag, head = false): { row: Tag; head: boolean }[] {
  return table.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    if (child.name === 'tr') return [{ row: child, head }];
    return ['tbody', 'thead', 'tfoot'].includes(child.name) ? tableRows(child, child.name === 'thead') : [];
  });
}

/** Without the empty columns and rows at the end that a spreadsheet hands over. */
function trimmed(rows: readonly Cell[][]): Cell[][] {
  const used = rows.map((row) => row.findLastIndex((cell) => cell.content.length > 0) + 1);
  const width = Math.max(0, ...used);
  const last = used.findLastIndex((count) => count > 0);
  return rows
    .slice(0, last + 1)
    .map((row) => Array.from({ length: width }, (_, index) => row[index] ?? { content: [] }));
}
