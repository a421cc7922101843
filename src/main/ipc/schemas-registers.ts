import { z } from 'zod';
import { maximumDispatches } from '../core/contract/dispatch.ts';
import { metadataFormats, registerBooks, tableFormats } from '../core/contract/registers.ts';

/** What the page may send about the office's books. */
const id = z.uuid();
const day = z.iso.date();
const unit = z.string().regex(/^[A-Za-z0-9.-]{1,20}$/);
const register = z.string().regex(/^[a-z0-9-]{1,40}$/);
const line = (max: number): z.ZodString => z.string().trim().max(max);
const year = z.int().min(1900).max(9999);
const sequence = z.int().min(0);

const ask = z.strictObject({
  book: z.enum(registerBooks),
  unit,
  from: day,
  until: day,
  register: register.nullable(),
});
const sheet = [
  z.strictObject({ what: z.literal('book'), ask }),
  z.strictObject({ what: z.literal('pendency'), unit }),
] as const;

export const registerSchemas = {
  'registers.choices': z.strictObject({}),
  'registers.page': ask.extend({
    before: z
      .strictObject({
        day: z.union([day, z.literal('')]),
        register: z.union([register, z.literal('')]),
        year,
        sequence,
        insertion: sequence,
      })
      .nullable(),
  }),
  'registers.pendency': z.strictObject({ unit }),
  'registers.print': z.discriminatedUnion('what', sheet),
  'registers.sheet': z.strictObject({ id }),
  'dispatch.list': z.strictObject({ id }),
  'dispatch.record': z.strictObject({
    id,
    entries: z
      .array(
        z.strictObject({
          role: z.enum(['to', 'copy']),
          place: z.int().min(0).max(10_000),
          destination: line(500),
          copies: z.int().min(1).max(999),
          carrier: line(200).min(1),
          receiver: line(200),
          handedAt: z.iso.datetime(),
        }),
      )
      .min(1)
      .max(maximumDispatches),
  }),
  'dispatch.void': z.strictObject({ id, year, sequence, reason: line(500) }),
  'desktop.saveRegister': z.discriminatedUnion('what', [
    sheet[0].extend({ format: z.enum(tableFormats) }),
    sheet[1].extend({ format: z.enum(tableFormats) }),
    z.strictObject({
      what: z.literal('metadata'),
      unit,
      from: day,
      until: day,
      format: z.enum(metadataFormats),
    }),
  ]),
  'desktop.saveDispositionSheet': z.strictObject({ id }),
} as const;
