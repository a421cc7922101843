import { z } from 'zod';
import {
  addressBooks,
  addressKinds,
  doubleChoices,
  maximumCsv,
  maximumMembers,
} from '../core/contract/addresses.ts';

/** What the page may send about the address book and about merges. */
const nothing = z.strictObject({});
const id = z.uuid();
const line = (max: number): z.ZodString => z.string().max(max);
const filled = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const book = z.enum(addressBooks);
/** One byte more than is read, so that a file that is too large is told in words. */
const csv = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= maximumCsv + 1_048_576,
);
const address = z.strictObject({
  kind: z.enum(addressKinds),
  name: filled(300),
  post: line(200),
  office: line(200),
  place: line(200),
  email: line(200),
  address: line(500),
  note: line(1000),
});
const group = z.strictObject({
  name: filled(200),
  members: z
    .array(z.strictObject({ type: z.enum(['account', 'unit', 'entry']), id: filled(40) }))
    .max(maximumMembers),
});

const column = z.int().min(0).max(100);
const columns = z.strictObject({
  name: column,
  place: column.nullable(),
  nip: column.nullable(),
  variables: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.union([column, z.literal('keep')]))
    .refine((one) => Object.keys(one).length <= 100),
});

export const addressSchemas = {
  'addresses.list': nothing,
  'addresses.save': z.strictObject({ id: id.nullable(), book, address, doubles: z.enum(doubleChoices) }),
  'addresses.remove': z.strictObject({ id }),
  'addresses.saveGroup': z.strictObject({ id: id.nullable(), book, group }),
  'addresses.removeGroup': z.strictObject({ id }),
  'addresses.import': z.strictObject({ csv, book, group: line(200), write: z.boolean() }),
  'merge.check': z.strictObject({ id, csv, columns: columns.nullable() }),
  'merge.preview': z.strictObject({ id, csv, columns, at: z.int().min(0).max(10_000) }),
  'merge.create': z.strictObject({ id, revision: z.int().min(1), csv, columns, leaveOut: z.boolean() }),
  'merge.list': nothing,
  'merge.get': z.strictObject({ id }),
  'merge.discard': z.strictObject({ id }),
  'desktop.saveAddresses': z.strictObject({ book }),
};
