import { z } from 'zod';
import { successions } from '../core/contract/review.ts';

/** What the page may send on a letter's way to the signature, and after it. */
const id = z.uuid();
const revision = z.int().min(1);
/** Words that somebody else reads: never empty. */
const words = z.string().trim().min(1).max(2000);
const mark = z
  .strictObject({
    field: z.enum(['subject', 'recipients', 'body', 'attachments', 'details']),
    block: z.int().min(0).max(5000).nullable(),
    quote: z.string().max(500),
  })
  .nullable();
const named = z.strictObject({ id });

export const reviewSchemas = {
  'letters.submit': z.strictObject({ id, revision }),
  'letters.recall': named,
  'letters.approve': z.strictObject({ id, revision }),
  'letters.return': z.strictObject({ id, remark: words, mark }),
  'letters.reject': z.strictObject({ id, reason: words }),
  'letters.reopen': named,
  'letters.abandon': z.strictObject({ id, reason: words }),
  'letters.unlink': named,
  'letters.withdrawSent': z.strictObject({ id, reason: words }),
  'letters.succeed': z.strictObject({ id, kind: z.enum(successions) }),
};
