import { z } from 'zod';
import {
  maximumAttachmentFile,
  maximumAttachments,
  maximumAttachmentTitle,
  type AttachmentCalls,
} from '../core/contract/attachments.ts';

const id = z.uuid();
const one = z.strictObject({ id, attachmentId: id });

/** A letter's attachments; see schemas.ts. */
export const attachmentSchemas = {
  'attachments.list': z.strictObject({ id }),
  'attachments.add': z.strictObject({
    id,
    name: z.string().max(1000),
    bytes: z.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.byteLength <= maximumAttachmentFile,
    ),
    signedAnyway: z.boolean(),
  }),
  'attachments.rename': one.extend({ title: z.string().max(maximumAttachmentTitle) }),
  'attachments.move': one.extend({ place: z.int().min(0).max(maximumAttachments) }),
  'attachments.remove': one,
} satisfies { readonly [N in keyof AttachmentCalls]: z.ZodType<AttachmentCalls[N]['input']> };
