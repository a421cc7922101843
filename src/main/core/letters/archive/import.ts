import {
  fates,
  maximumYears,
  type ClassificationCode,
  type ClassificationProblem,
  type Fate,
  type Retention,
} from '../../contract/archive.ts';
import { AppError } from '../../contract/errors.ts';
import { byCode } from './classification.ts';

/** A tree from a table: every row is judged before anything is written, and one wrong row keeps all of it out. */
export interface TreeTable {
  readonly header: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

export interface TreePlan {
  /** The whole tree as it would be. */
  readonly codes: readonly ClassificationCode[];
  readonly dropped: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly kept: number;
  readonly problems: readonly ClassificationProblem[];
}

type Column = 'code' | 'name' | 'parent' | 'active' | 'inactive' | 'fate';
const headings: Readonly<Record<Column, readonly string[]>> = {
  code: ['kode', 'kode klasifikasi', 'code'],
  name: ['nama', 'uraian', 'jenis arsip', 'klasifikasi', 'name'],
  parent: ['induk', 'kode induk', 'parent'],
  active: ['aktif', 'retensi aktif', 'active', 'active years'],
  inactive: ['inaktif', 'retensi inaktif', 'inactive', 'inactive years'],
  fate: ['nasib', 'nasib akhir', 'tindakan akhir', 'keterangan', 'fate', 'final act'],
};

const fateWords: Readonly<Record<string, Fate>> = {
  musnah: 'musnah',
  dimusnahkan: 'musnah',
  destroy: 'musnah',
  'dinilai kembali': 'dinilai-kembali',
  'dinilai-kembali': 'dinilai-kembali',
  review: 'dinilai-kembali',
  permanen: 'permanen',
  permanent: 'permanen',
};

const longest = { code: 40, name: 300 } as const;
const codeForm = /^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/;

/** The columns of a table. @throws AppError CSV_COLUMN_MISSING {column}. */
function columnsOf(header: readonly string[]): ReadonlyMap<Column, number> {
  const names = header.map((one) => one.trim().toLowerCase());
  const found = new Map<Column, number>();
  for (const column of Object.keys(headings) as Column[]) {
    const at = names.findIndex((name) => headings[column].includes(name));
    if (at >= 0) found.set(column, at);
  }
  for (const [column, shown] of [
    ['code', 'Kode'],
    ['name', 'Nama'],
  ] as const)
    if (!found.has(column)) throw new AppError('CSV_COLUMN_MISSING', { column: shown });
  return found;
}

const parentByDots = (code: string): string | null =>
  code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;

/** "5", "5 tahun"; undefined where it is none of these. */
function years(cell: string): number | undefined {
  const found = /^(\d{1,3})(?:\s*(?:tahun|thn|th|years?))?$/i.exec(cell);
  const value = found ? Number(found[1]) : Number.NaN;
  return value <= maximumYears ? value : undefined;
}

type Judged =
  | { readonly value: Retention | null }
  | { readonly problem: ClassificationProblem['code']; readonly cell: string };

/** All three or none: a period without an end would keep a file for ever, an end without a period would be due at once. */
function retentionIn(active: string, inactive: string, fate: string): Judged {
  const cells = [active, inactive, fate];
  if (cells.every((cell) => cell === '')) return { value: null };
  if (cells.some((cell) => cell === '')) return { problem: 'RETENTION_HALF', cell: '' };
  const [activeYears, inactiveYears] = [years(active), years(inactive)];
  if (activeYears === undefined) return { problem: 'YEARS', cell: active };
  if (inactiveYears === undefined) return { problem: 'YEARS', cell: inactive };
  const word = fateWords[fate.toLowerCase()] ?? fates.find((one) => one === fate);
  if (!word) return { problem: 'FATE', cell: fate };
  return { value: { active: activeYears, inactive: inactiveYears, fate: word } };
}

/**
 * @param before the tree in force. @param used codes that files lie under.
 * @param replace codes that the table does not have go, unless something needs them.
 */
export function planTree(
  table: TreeTable,
  before: readonly ClassificationCode[],
  used: ReadonlySet<string>,
  replace: boolean,
): TreePlan {
  const columns = columnsOf(table.header);
  const problems: ClassificationProblem[] = [];
  const rows = new Map<string, ClassificationCode & { readonly row: number }>();
  for (const { row, cells } of table.rows) {
    const cell = (column: Column): string => (cells[columns.get(column) ?? -1] ?? '').trim();
    const say = (code: ClassificationProblem['code'], value: string): void =>
      void problems.push({ row, code, value: value.slice(0, longest.code) });
    if (cells.slice(table.header.length).some((one) => one.trim() !== '')) say('CELLS', cell('code'));
    const code = cell('code');
    const retention = retentionIn(cell('active'), cell('inactive'), cell('fate'));
    if ('problem' in retention) say(retention.problem, retention.cell === '' ? code : retention.cell);
    if (code === '') {
      say('CODE_EMPTY', '');
      continue;
    }
    if (!codeForm.test(code) || code.length > longest.code) {
      say('CODE_FORM', code);
      continue;
    }
    if (cell('name') === '') say('NAME_EMPTY', code);
    if (cell('name').length > longest.name) say('TOO_LONG', code);
    if (rows.has(code)) {
      say('DOUBLE', code);
      continue;
    }
    const parent = cell('parent') === '' ? parentByDots(code) : cell('parent');
    rows.set(code, {
      row,
      code,
      name: cell('name'),
      parent,
      retention: 'value' in retention ? retention.value : null,
    });
  }
  const old = new Map(before.map((one) => [one.code, one]));
  const parentOf = (code: string): string | null | undefined => (rows.get(code) ?? old.get(code))?.parent;
  const lost = new Set<string>();
  for (const { row, code, parent } of rows.values()) {
    if (parent !== null && parentOf(parent) === undefined) {
      problems.push({ row, code: 'PARENT_MISSING', value: parent.slice(0, longest.code) });
      lost.add(code);
    }
  }
  for (const { row, code } of rows.values()) {
    if (!lost.has(code) && isInCycle(code, parentOf)) problems.push({ row, code: 'CYCLE', value: code });
  }
  const needed = neededCodes([...rows.keys(), ...(replace ? used : old.keys())], parentOf);
  const rest = before.filter((one) => !rows.has(one.code));
  const kept = rest.filter((one) => needed.has(one.code));
  const dropped = rest.filter((one) => !needed.has(one.code)).map((one) => one.code);
  const next = [...rows.values()].map(({ row: _row, ...one }) => one);
  const state = next.map((one) => {
    const earlier = old.get(one.code);
    if (!earlier) return 'added';
    return isSame(earlier, one) ? 'same' : 'changed';
  });
  const count = (which: string): number => state.filter((one) => one === which).length;
  return {
    codes: [...next, ...kept].toSorted(byCode),
    dropped,
    added: count('added'),
    changed: count('changed'),
    same: count('same'),
    kept: replace ? kept.length : 0,
    problems: problems.toSorted((one, other) => one.row - other.row),
  };
}

const isSame = (one: ClassificationCode, other: ClassificationCode): boolean =>
  one.name === other.name &&
  one.parent === other.parent &&
  one.retention?.active === other.retention?.active &&
  one.retention?.inactive === other.retention?.inactive &&
  one.retention?.fate === other.retention?.fate;

/** Does one come back to a code by going up from it? A code that only leads into a circle is not in one. */
function isInCycle(code: string, parentOf: (code: string) => string | null | undefined): boolean {
  const seen = new Set<string>();
  for (let at = parentOf(code); at !== null && at !== undefined && !seen.has(at); at = parentOf(at)) {
    if (at === code) return true;
    seen.add(at);
  }
  return false;
}

/** These and all above them. */
function neededCodes(
  codes: Iterable<string>,
  parentOf: (code: string) => string | null | undefined,
): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const code of codes)
    for (let at: string | null | undefined = code; at && !needed.has(at); at = parentOf(at)) needed.add(at);
  return needed;
}
