import type { TypesetLetter } from '../contract/index.ts';
import { isPlainDate, longDate } from './dates.ts';
import type { FieldRules, KindRules } from './kind-rules.ts';

/** One field on the paper: a word, a colon, and a text or numbered entries; `heading` stands centred above. */
interface FieldRow {
  readonly label: string;
  readonly heading: string | null;
  readonly numbering: '1.' | 'a.' | null;
  readonly entries: readonly string[];
}

/** Ordinals of the clauses of a decree. More than these are counted on in figures. */
const units = ['', 'SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA', 'ENAM', 'TUJUH', 'DELAPAN', 'SEMBILAN'];

function ordinal(n: number): string {
  if (n < 10) return `KE${units[n]}`;
  if (n === 10) return 'KESEPULUH';
  if (n === 11) return 'KESEBELAS';
  if (n < 20) return `KE${units[n - 10]} BELAS`;
  if (n < 100) return `KE${units[Math.floor(n / 10)]} PULUH${n % 10 === 0 ? '' : ` ${units[n % 10]}`}`;
  return `KE-${n}`;
}

/** What a kind's own fields, its addressees and its subject print before and after the body, in order. */
export function fieldRows(
  { content }: TypesetLetter,
  kind: KindRules,
): { readonly before: readonly FieldRow[]; readonly after: readonly FieldRow[] } {
  const details = content.details ?? {};
  const at = (place: FieldRules['place']): FieldRow[] =>
    kind.fields
      .filter((field) => field.place === place)
      .flatMap((field) => rowsOf(field, details[field.name] ?? ''));
  const before = at('before');
  const people = content.recipients.filter((one) => one.name !== '').map((one) => one.name);
  if (kind.addressees.as === 'row' && people.length > 0)
    addPeople(before, {
      label: kind.addressees.printed ?? '',
      numbering: people.length > 1 ? '1.' : null,
      entries: people,
    });
  if (kind.subjectAs === 'row')
    before.push({ label: kind.subjectPrinted, heading: null, numbering: null, entries: [content.subject] });
  return { before: numbered(before, kind), after: at('after') };
}

/** Whom it concerns stands under "MENUGASKAN:" and before what they are told to do; else first. */
function addPeople(rows: FieldRow[], people: Omit<FieldRow, 'heading'>): void {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.heading !== null),
  );
  const heading = rows[at]?.heading ?? null;
  rows.splice(at, heading === null ? 0 : 1, { ...people, heading }, ...without(rows[at], heading));
}

const without = (row: FieldRow | undefined, heading: string | null): readonly FieldRow[] =>
  row && heading !== null ? [{ ...row, heading: null }] : [];

function numbered(rows: readonly FieldRow[], kind: KindRules): readonly FieldRow[] {
  if (!kind.numberedRows) return rows;
  return rows.map((row, index) => ({ ...row, label: `${index + 1}. ${row.label}` }));
}

function rowsOf(field: FieldRules, value: string): readonly FieldRow[] {
  const heading = field.heading ?? null;
  const lines = value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return [];
  if (field.form === 'date' && isPlainDate(value))
    return [{ label: field.printed, heading, numbering: null, entries: [longDate(value)] }];
  if (field.form === 'list' && field.numbering === 'ordinal')
    return lines.map((line, index) => ({
      label: ordinal(index + 1),
      heading: index === 0 ? heading : null,
      numbering: null,
      entries: [line],
    }));
  const numbering = field.numbering === 'alpha' ? 'a.' : field.numbering === 'decimal' ? '1.' : null;
  return [{ label: field.printed, heading, numbering: lines.length > 1 ? numbering : null, entries: lines }];
}
