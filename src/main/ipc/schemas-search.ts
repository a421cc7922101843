import { z } from 'zod';
import { securityClasses, urgencies } from '../core/contract/letters.ts';
import { letterStates } from '../core/contract/lifecycle.ts';
import { maximumHits } from '../core/contract/search.ts';
import { kind } from './schemas-letter.ts';

/** What the page may send about searching. */
const nothing = z.strictObject({});
const filters = z.strictObject({
  direction: z.enum(['incoming', 'outgoing']).nullish(),
  kind: kind.nullish(),
  security: z.enum(securityClasses).nullish(),
  urgency: z.enum(urgencies).nullish(),
  state: z.enum(letterStates).nullish(),
  unit: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,20}$/)
    .nullish(),
  person: z.string().max(200).nullish(),
  from: z.iso.date().nullish(),
  to: z.iso.date().nullish(),
  classification: z
    .string()
    .regex(/^[0-9A-Za-z.]{1,40}$/)
    .nullish(),
  hasFile: z.boolean().nullish(),
});
// What is too long is told in words by the use case; here stands only what no hand types.
const request = z.strictObject({ query: z.string().max(20_000), filters });
const name = z.string().trim().min(1).max(100);

export const searchSchemas = {
  'search.find': request.extend({
    after: z.int().min(0).nullable(),
    limit: z.int().min(1).max(maximumHits),
  }),
  'search.facets': request,
  'search.list': nothing,
  'search.save': request.extend({ query: z.string().max(200), name, alert: z.boolean() }),
  'search.rename': z.strictObject({ id: z.uuid(), name, alert: z.boolean() }),
  'search.remove': z.strictObject({ id: z.uuid() }),
};
