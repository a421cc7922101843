import { z } from 'zod';
import type { TypesetLetter } from '../contract/index.ts';
import {
  AppError,
  maximumCoordination,
  maximumHierarchy,
  maximumSigners,
  securityClasses,
  urgencies,
} from '../contract/index.ts';
import { isPlainDate } from './dates.ts';
import { firstIssueField } from './issue.ts';
import { assertLetterSize } from './limits.ts';

const line = z.string().max(500);
const plainDate = z.string().refine(isPlainDate);

const inline = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string(),
    marks: z.array(z.enum(['bold', 'italic'])).exactOptional(),
  }),
  z.strictObject({ type: z.literal('break') }),
]);
const content = z.array(inline);

/** Recursive (lists hold blocks); the depth was capped before by assertLetterSize. */
export const bodyBlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), content }),
  z.strictObject({ type: z.literal('heading'), content }),
  z.strictObject({
    type: z.literal('list'),
    ordered: z.boolean(),
    get items() {
      return z.array(z.array(bodyBlock));
    },
  }),
  z.strictObject({
    type: z.literal('table'),
    rows: z.array(z.array(z.strictObject({ header: z.boolean().exactOptional(), content }))),
  }),
]);

const addressee = z.strictObject({ accountId: z.string().nullable(), name: line, place: line });

const official = z.strictObject({
  name: line,
  frontTitle: line,
  backTitle: line,
  nip: line,
  rank: line,
  post: line,
  unit: line,
});
const behalf = z.strictObject({ principal: line, through: line }).nullable();

const letterSchema = z.strictObject({
  content: z.strictObject({
    kind: line,
    classification: line,
    urgency: z.enum(urgencies),
    // Letter files of before classes are of class biasa.
    security: z.enum(securityClasses).default('biasa'),
    postId: z.string().nullable().default(null),
    attachments: line,
    subject: line,
    recipients: z.array(addressee).max(500),
    copies: z.array(addressee).max(500),
    body: z.array(bodyBlock),
    event: z.strictObject({ date: plainDate, time: line, place: line, agenda: line }).nullable(),
    details: z.record(line, z.string().max(20_000)).exactOptional(),
    signers: z
      .array(z.strictObject({ accountId: line, postId: line.nullable(), behalf }))
      .max(maximumSigners)
      .exactOptional(),
    review: z
      .strictObject({
        hierarchy: z.array(line).max(maximumHierarchy),
        coordination: z.array(line).max(maximumCoordination),
      })
      .exactOptional(),
  }),
  letterhead: z.strictObject({ government: line, office: line, address: line, contact: line, place: line }),
  signer: official,
  number: line,
  date: plainDate,
  issuer: line,
  certified: z.boolean(),
  // The characters of a QR code's alphanumeric mode, and no more than fit a code that a 25 mm print carries.
  statement: z
    .string()
    .regex(/^ELT1:[0-9A-Z $%*+\-./:]{1,300}$/)
    .nullable()
    .exactOptional(),
  signers: z.array(z.strictObject({ official, behalf })).min(1).max(maximumSigners).exactOptional(),
});

/**
 * A letter from a file of the command line: JSON in the shape of TypesetLetter, nothing more and nothing less.
 * Errors: LETTER_FILE_INVALID { field }, LETTER_TOO_LARGE { max }.
 */
export function readLetterFile(json: string): TypesetLetter {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new AppError('LETTER_FILE_INVALID', { field: 'JSON' }, cause);
  }
  assertLetterSize(raw);
  const parsed = letterSchema.safeParse(raw);
  if (!parsed.success) {
    throw new AppError('LETTER_FILE_INVALID', { field: firstIssueField(parsed.error) }, parsed.error);
  }
  return parsed.data;
}
