import { z } from 'zod';
import { fieldForms, kindGroups, kindShapes, type Block, type Kind } from '../contract/index.ts';
import { bodyBlock } from './letter-file.ts';

/** A kind of letter in a regulation profile: what is asked for, how it is numbered, and how it is printed. */
const placeholders = ['{classification}', '{sequence}', '{unit}', '{year}'];
const wording = z.string().min(1).max(400);
const inBoth = z.strictObject({ id: wording, en: wording });
export const kindId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

const numberTemplate = z
  .string()
  .max(120)
  .refine((text) => text.includes('{sequence}'))
  .refine((text) => (text.match(/\{[^}]*\}?/g) ?? []).every((part) => placeholders.includes(part)));

const field = z.strictObject({
  name: kindId,
  label: inBoth,
  form: z.enum(fieldForms),
  required: z.boolean().default(false),
  /** Before the body or after it. */
  place: z.enum(['before', 'after']).default('before'),
  /** The word on the paper. */
  printed: z.string().max(120),
  /** Of the entries of a list; `ordinal` prints KESATU, KEDUA … in the place of the word. */
  numbering: z.enum(['none', 'decimal', 'alpha', 'ordinal']).default('none'),
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
    nameForm: z.enum(['with-titles', 'plain']),
    /** What several signers are called, where there are just as many: "PIHAK PERTAMA", "PIHAK KEDUA". */
    parties: z.array(wording).min(2).max(6).exactOptional(),
    addressees: z
      .strictObject({
        need: z.enum(['required', 'optional', 'none']),
        /** "Yth." at the head, or a row among the fields under the word `printed`. */
        as: z.enum(['yth', 'row']),
        printed: wording.optional(),
      })
      .default({ need: 'required', as: 'yth' }),
    event: z.boolean().default(false),
    /** The subject of a title shape: under TENTANG, as a row under the word `subjectPrinted`, or not printed. */
    subjectAs: z.enum(['tentang', 'row', 'none']).default('none'),
    subjectPrinted: wording.default('Hal'),
    /** "Ditetapkan di … pada tanggal …" above the signature of a title shape; none prints place and date. */
    issued: z.enum(['Ditetapkan', 'Dikeluarkan']).optional(),
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
  })
  .refine((one) => new Set(one.fields.map(({ name }) => name)).size === one.fields.length, {
    path: ['fields'],
  });

export type KindRules = Readonly<z.infer<typeof kindRules>>;
export type FieldRules = KindRules['fields'][number];

/** What a page needs to know of a kind. */
export function kindOf(id: string, rules: KindRules): Kind {
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
  };
}

/** The body of a new letter of this kind. */
export const startOf = (rules: KindRules): readonly Block[] =>
  rules.start && rules.start.length > 0 ? rules.start : [{ type: 'paragraph', content: [] }];
