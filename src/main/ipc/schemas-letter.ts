import { z } from 'zod';
import {
  maximumCoordination,
  maximumHierarchy,
  maximumSigners,
  securityClasses,
  urgencies,
  type Block,
  type Inline,
  type LetterContent,
} from '../core/contract/letters.ts';

/** What a letter that the page sends may hold; see schemas.ts. */
const id = z.uuid();
const line = (max: number): z.ZodString => z.string().max(max);
const plainDate = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/);

const inline: z.ZodType<Inline> = z.union([
  z.strictObject({
    type: z.literal('text'),
    text: line(200_000),
    marks: z
      .array(z.enum(['bold', 'italic']))
      .max(2)
      .optional(),
  }) as z.ZodType<Extract<Inline, { type: 'text' }>>,
  z.strictObject({ type: z.literal('break') }),
]);
const inlines = z.array(inline).max(10_000);

/** Lists may hold lists; eight levels are more than any letter has and stop a bomb. */
const blockAt = (depth: number): z.ZodType<Block> => {
  const simple = [
    z.strictObject({ type: z.literal('paragraph'), content: inlines }),
    z.strictObject({ type: z.literal('heading'), content: inlines }),
  ] as const;
  if (depth === 0) return z.union(simple);
  const cell = z.strictObject({ header: z.boolean().optional(), content: inlines });
  return z.union([
    ...simple,
    z.strictObject({
      type: z.literal('list'),
      ordered: z.boolean(),
      items: z.array(z.array(blockAt(depth - 1)).max(200)).max(2000),
    }),
    z.strictObject({ type: z.literal('table'), rows: z.array(z.array(cell).max(20)).max(2000) }),
  ]) as z.ZodType<Block>;
};

const addressee = z.strictObject({ accountId: id.nullable(), name: line(500), place: line(200) });

export const kind = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
/** By name of the kind's field. */
const details = z
  .record(kind, line(20_000))
  .refine((one) => Object.keys(one).length <= 40)
  .exactOptional();

const signers = z
  .array(
    z.strictObject({
      accountId: id,
      postId: id.nullable(),
      behalf: z.strictObject({ principal: line(200), through: line(200) }).nullable(),
    }),
  )
  .max(maximumSigners);
const review = z.strictObject({
  hierarchy: z.array(id).max(maximumHierarchy),
  coordination: z.array(id).max(maximumCoordination),
});

/** Of a letter, and of a text module. */
export const body = z.array(blockAt(8)).max(5000);

export const content: z.ZodType<LetterContent> = z.strictObject({
  kind,
  classification: line(40),
  urgency: z.enum(urgencies),
  security: z.enum(securityClasses),
  postId: id.nullable(),
  attachments: line(200),
  subject: line(1000),
  recipients: z.array(addressee).max(500),
  copies: z.array(addressee).max(500),
  body,
  event: z
    .strictObject({ date: plainDate, time: line(100), place: line(300), agenda: line(1000) })
    .nullable(),
  details,
  signers: signers.exactOptional(),
  review: review.exactOptional(),
});
