/** The office's kinds and templates as the screen works with them. Pure data in, pure data out. */
import type {
  KindTemplate,
  OfficeChanges,
  OfficeTemplates,
  TemplateField,
  TemplateProblem,
} from '../../main/core/contract/index.ts';

/** A kind as the list shows it. */
export interface ListedKind {
  readonly id: string;
  readonly kind: KindTemplate;
  /** Made here; else one of the regulation's, perhaps changed. */
  readonly own: boolean;
  readonly changed: boolean;
  readonly hidden: boolean;
  readonly used: boolean;
}

export const kindsOf = (
  templates: Pick<OfficeTemplates, 'shipped' | 'used'>,
  changes: OfficeChanges,
): readonly ListedKind[] =>
  Object.entries({ ...templates.shipped.kinds, ...changes.kinds }).map(([id, kind]) => ({
    id,
    kind,
    own: !Object.hasOwn(templates.shipped.kinds, id),
    changed: Object.hasOwn(changes.kinds ?? {}, id),
    hidden: (changes.hidden ?? []).includes(id),
    used: templates.used.includes(id),
  }));

export const withKind = (changes: OfficeChanges, id: string, kind: KindTemplate): OfficeChanges => ({
  ...changes,
  kinds: { ...changes.kinds, [id]: kind },
});

/** An own kind goes, a changed one is the regulation's again. */
export function withoutKind(changes: OfficeChanges, id: string, own: boolean): OfficeChanges {
  const { [id]: _gone, ...kinds } = changes.kinds ?? {};
  const hidden = (changes.hidden ?? []).filter((one) => one !== id || !own);
  return { ...changes, kinds, hidden };
}

export const withHidden = (changes: OfficeChanges, id: string, hide: boolean): OfficeChanges => ({
  ...changes,
  hidden: [...(changes.hidden ?? []).filter((one) => one !== id), ...(hide ? [id] : [])],
});

/** A code of a name in words: what is neither letter nor digit is a hyphen. Not one of `taken`. */
export function codeOf(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 34);
  const base = plain === '' ? 'jenis' : plain.replace(/-+$/, '');
  let code = base;
  for (let n = 2; taken.includes(code); n++) code = `${base}-${n}`;
  return code;
}

/** A format with everything put in, for lists. */
export const exampleNumber = (format: string, year: number = new Date().getFullYear()): string =>
  format
    .replaceAll('{classification}', '000.8.3')
    .replaceAll('{sequence}', '15')
    .replaceAll('{unit}', 'ORG')
    .replaceAll('{year}', String(year));

export type GenericShape = 'letter' | 'title';

/** The bare shapes that a kind can begin from: in the register of ordinary letters, without fields of its own. */
export const genericKind = (shape: GenericShape): KindTemplate => ({
  label: '',
  group: 'khusus',
  shape,
  register: 'surat-keluar',
  numberTemplate: '{classification}/{sequence}/{unit}/{year}',
  nameForm: 'with-titles',
  addressees: { need: shape === 'letter' ? 'required' : 'optional', as: 'yth' },
  event: false,
  subjectAs: shape === 'title' ? 'tentang' : 'none',
  subjectPrinted: 'Hal',
  headingOfPost: false,
  numberedRows: false,
  labelWidth: 30,
  fields: [],
  bodyNeed: 'required',
  kop: 'office',
  page: {},
});

export const newField = (fields: readonly TemplateField[]): TemplateField => ({
  name: codeOf(
    `isian ${fields.length + 1}`,
    fields.map((field) => field.name),
  ),
  label: { id: '', en: '' },
  form: 'line',
  required: false,
  place: 'before',
  printed: '',
  numbering: 'none',
});

/** One step up (-1) or down (1); at the end it stays. */
export function moved<T>(items: readonly T[], at: number, step: -1 | 1): readonly T[] {
  const to = at + step;
  const [one, other] = [items[at], items[to]];
  if (one === undefined || other === undefined) return items;
  return items.map((item, index) => (index === at ? other : index === to ? one : item));
}

/** The problem that a field shows, by its path; of a list of them the first. */
export const problemAt = (problems: readonly TemplateProblem[], path: string): TemplateProblem | undefined =>
  problems.find((problem) => problem.path === path);

/** A number as people type it; undefined for an empty field, not a number for anything else. */
export function typedNumber(typed: string): number | undefined {
  const plain = typed.trim().replace(',', '.');
  if (plain === '') return undefined;
  return /^-?\d{1,6}(\.\d{1,4})?$/.test(plain) ? Number(plain) : Number.NaN;
}
