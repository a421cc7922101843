import { z } from 'zod';
import { securityClasses } from '../core/contract/letters.ts';
import { insertionForms, maximumNumberTemplate, maximumPadding } from '../core/contract/number-format.ts';
import { backDating, numberStates } from '../core/contract/numbering.ts';

/** What the page may send about numbers. */
const nothing = z.strictObject({});
const filled = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const register = z.string().regex(/^[a-z0-9-]{1,40}$/);
const unit = z.string().regex(/^[A-Za-z0-9.-]{1,20}$/);
const year = z.int().min(1900).max(9999);
const entry = z.string().regex(/^[0-9a-f]{32}$/);
const reason = filled(500);

export const numberChoice = z.union([
  z.strictObject({ held: entry }),
  z.strictObject({ date: z.iso.date(), reason }),
]);

export const numberSchemas = {
  'numbers.books': nothing,
  'numbers.entries': z.strictObject({
    register,
    unit,
    year,
    state: z.enum([...numberStates, 'inserted']).nullable(),
    text: z.string().max(200),
    before: z.strictObject({ sequence: z.int().min(0), insertion: z.int().min(0) }).nullable(),
  }),
  'numbers.hold': z.strictObject({
    register,
    unit,
    date: z.iso.date(),
    classification: filled(40),
    security: z.enum(securityClasses),
    subject: filled(1000),
    reason: z.string().trim().max(500),
    holderId: z.uuid().nullable(),
  }),
  'numbers.cancel': z.strictObject({ id: entry, reason }),
  'numbers.setClosed': z.strictObject({ register, unit, year, closed: z.boolean() }),
  'numbers.formats': nothing,
  'numbers.saveFormat': z.strictObject({
    register,
    unit: z.union([unit, z.literal('')]),
    year,
    template: filled(maximumNumberTemplate),
    padding: z.int().min(1).max(maximumPadding),
    start: z.int().min(1).max(999_999),
    insertion: z.enum(insertionForms),
  }),
  'numbers.settings': nothing,
  'numbers.saveSettings': z.strictObject({ backDating: z.enum(backDating) }),
  'numbers.usable': z.strictObject({ id: z.uuid() }),
} as const;
