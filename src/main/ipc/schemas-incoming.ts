import { z } from 'zod';
import {
  maximumIncomingFile,
  maximumIncomingFiles,
  maximumIncomingForm,
  maximumIncomingReceivers,
  type IncomingCalls,
} from '../core/contract/incoming.ts';
import { securityClasses, urgencies } from '../core/contract/letters.ts';
import { kind } from './schemas-letter.ts';

/** Letters from outside, and what addressees make of what came in; see schemas.ts. */
const id = z.uuid();
const line = (max: number): z.ZodString => z.string().trim().max(max);
const filled = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const files = z
  .array(
    z.strictObject({
      name: z.string().max(1000),
      bytes: z.custom<Uint8Array>(
        (value) => value instanceof Uint8Array && value.byteLength <= maximumIncomingFile,
      ),
    }),
  )
  .max(maximumIncomingFiles);

const facts = z.strictObject({
  sender: filled(300),
  senderPlace: line(200),
  number: line(200),
  date: z.iso.date(),
  receivedOn: z.iso.date(),
  subject: filled(1000),
  kind,
  classification: line(40),
  urgency: z.enum(urgencies),
  attachments: line(200),
  note: line(2000),
});
const accounts = z.array(id).max(maximumIncomingReceivers);
const ofAddressee = z.strictObject({ id, accountId: id });

export const incomingSchemas = {
  'incoming.look': z.strictObject({ files: files.min(1) }),
  'incoming.keepForm': z.strictObject({ form: z.string().max(maximumIncomingForm).nullable() }),
  'incoming.keptForm': z.strictObject({}),
  'incoming.check': z.strictObject({
    sender: line(300),
    number: line(200),
    date: z.string().max(10),
    sha256: sha256.nullable(),
  }),
  'incoming.register': z.strictObject({
    letter: facts.extend({ security: z.enum(securityClasses), to: accounts.min(1), copies: accounts }),
    files,
    keepLocked: z.boolean(),
    evenThough: z.boolean(),
  }),
  'incoming.correct': z.strictObject({ id, facts }),
  'incoming.void': z.strictObject({ id, reason: filled(500) }),
  'incoming.read': z.strictObject({ id }),
  'incoming.claim': ofAddressee.extend({ takeOver: z.boolean() }),
  'incoming.unclaim': ofAddressee,
  'incoming.settle': ofAddressee.extend({ how: z.literal('not-needed'), reason: filled(500) }),
  'incoming.reopen': ofAddressee,
  'incoming.reply': z.strictObject({ id, evenThough: z.boolean() }),
} satisfies { readonly [N in keyof IncomingCalls]: z.ZodType<IncomingCalls[N]['input']> };
