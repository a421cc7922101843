import type { DispositionSheet, SheetDisposition } from '../contract/disposition-sheet.ts';
import type { PrintedTable } from '../contract/printed-table.ts';
import type { SheetFrame } from '../ports.ts';
import { kopView } from './kop.ts';
import type { Profile } from './profile.ts';

/** Sheets under the office's kop that are no letters: a book of the office, a disposition sheet. */
export type BookSheet = SheetFrame & { readonly table: PrintedTable };
export type DispositionPaper = SheetFrame & { readonly sheet: DispositionSheet };

/** What resources/templates/sheet.typ takes. */
const common = (input: SheetFrame, profile: Profile, families: readonly string[]): object => ({
  fonts: [profile.fonts.body, ...families.filter((family) => family !== profile.fonts.body)],
  profile: { sizes: profile.sizes },
  letterhead: input.letterhead,
  author: input.letterhead.office || input.letterhead.government,
  kop: kopView({ kop: 'office' }, profile.kop, input.arms ?? {}),
  foot: input.foot,
  keeper: input.keeper,
});

/** Characters of a cell that surely fit on one sheet, however narrow its column. */
const longestOnOneSheet = 700;

/** What resources/templates/register.typ takes. */
export function bookView(input: BookSheet, profile: Profile, families: readonly string[]): object {
  const { title, facts, columns, rows, empty } = input.table;
  return {
    ...common(input, profile, families),
    title,
    facts,
    columns: columns.map(({ label, weight, kind }) => ({ label, weight, right: kind === 'number' })),
    // The numbers of the book and of the letter, but not the running one.
    struck: columns.flatMap(({ label }, at) => (/nomor|^no\. /i.test(label) ? [at] : [])),
    rows: rows.map(({ cells, batal }) => ({
      batal,
      long: cells.some((one) => one.length > longestOnOneSheet),
      cells: columns.map(({ kind }, at) => breakable(shown(kind, cells[at] ?? ''))),
    })),
    empty,
  };
}

/**
 * Letter numbers and addresses may break behind a sign, and what has none anywhere, or they would leave their column.
 * Words stay whole.
 */
const breakable = (text: string): string =>
  text.replace(/\S{12,}/gu, (token) =>
    token
      .replace(/[/._:@-](?=.)/gu, '$&\u200b')
      .replace(/[^\s\u200b]{22,}/gu, (part) => [...part].join('\u200b')),
  );

/** A day and a time as a book has them: 22-11-2026, 10.30. */
function shown(kind: string, value: string): string {
  if (kind === 'date') return value.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3-$2-$1');
  return kind === 'time' ? value.replace(':', '.') : value;
}

/** What resources/templates/disposition.typ takes. */
export function dispositionView(
  input: DispositionPaper,
  profile: Profile,
  families: readonly string[],
): object {
  const { facts, presets, dispositions } = input.sheet;
  return {
    ...common(input, profile, families),
    title: 'LEMBAR DISPOSISI',
    facts: facts.map(([label, value]) => [label, breakable(value)]),
    presets,
    dispositions: dispositions.length === 0 ? [blank] : dispositions.map(dispositionPart),
  };
}

const blank = {
  blank: true,
  depth: 0,
  heading: 'Disposisi',
  receivers: [],
  ticked: [],
  note: '',
  deadline: '',
  entries: [],
};

const dispositionPart = (one: SheetDisposition): object => ({
  blank: false,
  depth: one.depth,
  heading: `${one.depth === 0 ? 'Disposisi' : 'Diteruskan'} ${one.giver}, ${one.date}`,
  receivers: one.receivers.map(
    ({ name, lead, state }) =>
      `${name}${lead && one.receivers.length > 1 ? ' (penanggung jawab)' : ''}: ${state}`,
  ),
  ticked: one.instructions,
  note: breakable(one.note),
  deadline: one.deadline,
  entries: one.entries.map(({ who, date, words }) => breakable(`${who}, ${date}: ${words}`)),
});
