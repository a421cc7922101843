import { z } from 'zod';
import {
  addresseeForms,
  addresseeNeeds,
  fieldForms,
  fieldNumberings,
  fieldPlaces,
  issuedWords,
  kindGroups,
  kindShapes,
  kopForms,
  maximumNumberTemplate,
  nameForms,
  parseNumberTemplate,
  subjectForms,
  type Block,
  type Kind,
} from '../contract/index.ts';
import { bodyBlock } from './letter-file.ts';
import { pageChanges } from './page-settings.ts';

/** A kind of letter in a regulation profile: what is asked for, how it is numbered, and how it is printed. */
export const placeholders: readonly string[] = ['{classification}', '{sequence}', '{unit}', '{year}'];
const wording = z.string().min(1).max(400);
const inBoth = z.strictObject({ id: wording, en: wording });
export const kindId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** The first of a number's placeholders that nothing is put in for: `{bulan}`, or a brace that stands alone. */
export const unknownPlaceholder = (text: string): string | null =>
  (text.match(/\{[^{}]*\}?|\}/g) ?? []).find((part) => !placeholders.includes(part)) ?? null;

/** What the two rules before have complained of already is not said twice. */
function canBeToldApart(text: string): boolean {
  const problem = parseNumberTemplate(text);
  if (typeof problem !== 'string' || problem === 'placeholder') return true;
  return problem === 'sequence' && !text.includes('{sequence}');
}

const numberTemplate = z
  .string()
  .max(maximumNumberTemplate)
  .refine((text) => text.includes('{sequence}'), { error: 'number-sequence' })
  .refine((text) => unknownPlaceholder(text) === null, { error: 'number-placeholder' })
  .refine(canBeToldApart, { error: 'number-separator' });

const field = z.strictObject({
  name: kindId,
  label: inBoth,
  form: z.enum(fieldForms),
  required: z.boolean().default(false),
  /** Before the body or after it. */
  place: z.enum(fieldPlaces).default('before'),
  /** The word on the paper. */
  printed: z.string().max(120),
  /** Of the entries of a list; `ordinal` prints KESATU, KEDUA … in the place of the word. */
  numbering: z.enum(fieldNumberings).default('none'),
  /** A line of its own above, such as "MEMUTUSKAN:". */
  heading: wording.optional(),
});

export const kindRules = z
  .strictObject({
    label: wording,
    name: inBoth.optional(),
    about: inBoth.optional(),
    group: z.enum(kindGroups).default('khusus'),
    shape: z.enum(kindShapes),
    register: z.string().regex(/^[a-z0-9-]{1,40}$/),
    numberTemplate,
    nameForm: z.enum(nameForms),
    /** What several signers are called, where there are just as many: "PIHAK PERTAMA", "PIHAK KEDUA". */
    parties: z.array(wording).min(2).max(6).exactOptional(),
    addressees: z
      .strictObject({
        need: z.enum(addresseeNeeds),
        /** "Yth." at the head, or a row among the fields under the word `printed`. */
        as: z.enum(addresseeForms),
        printed: wording.optional(),
      })
      .default({ need: 'required', as: 'yth' }),
    event: z.boolean().default(false),
    /** The subject of a title shape: under TENTANG, as a row under the word `subjectPrinted`, or not printed. */
    subjectAs: z.enum(subjectForms).default('none'),
    subjectPrinted: wording.default('Hal'),
    /** "Ditetapkan di … pada tanggal …" above the signature of a title shape; none prints place and date. */
    issued: z.enum(issuedWords).optional(),
    /** The title goes on with the signer's post: "KEPUTUSAN BUPATI LAMPUNG TIMUR". */
    headingOfPost: z.boolean().default(false),
    /** Rows of the fields are numbered, as in a travel order. */
    numberedRows: z.boolean().default(false),
    /** Millimetres that the words of the rows take. */
    labelWidth: z.number().min(15).max(90).default(30),
    fields: z.array(field).max(40).default([]),
    bodyNeed: z.enum(['required', 'optional']).default('required'),
    /** What a new letter's body begins with. */
    start: z.array(bodyBlock).max(200).optional(),
    kop: z.enum(kopForms).default('office'),
    /** What this kind's page has otherwise than the profile. */
    page: pageChanges.default({}),
  })
  .refine((one) => new Set(one.fields.map(({ name }) => name)).size === one.fields.length, {
    path: ['fields'],
    error: 'names-repeat',
  });

export type KindRules = Readonly<z.infer<typeof kindRules>>;
export type FieldRules = KindRules['fields'][number];

/** What a page needs to know of a kind. */
export function kindOf(id: string, rules: KindRules, hidden = false): Kind {
  const { label, group, shape, addressees, event, fields } = rules;
  const labels = { id: label, en: label };
  return {
    id,
    label,
    name: rules.name ?? labels,
    about: rules.about ?? labels,
    group,
    shape,
    addressees: addressees.need,
    event,
    fields: fields.map(({ name, label: words, form, required }) => ({ name, label: words, form, required })),
    ...(hidden ? { hidden } : {}),
  };
}

/** The body of a new letter of this kind. */
export const startOf = (rules: KindRules): readonly Block[] =>
  rules.start && rules.start.length > 0 ? rules.start : [{ type: 'paragraph', content: [] }];
