import { z } from 'zod';
import { maximumCsv } from '../core/contract/addresses.ts';
import { fileFilters, maximumPanel, maximumProposedFiles } from '../core/contract/archive.ts';
import { proposalKinds } from '../core/contract/archive-life.ts';

/** What the page may send about the archive. */
const nothing = z.strictObject({});
const id = z.uuid();
const one = z.strictObject({ id });
const line = (max: number): z.ZodString => z.string().trim().max(max);
const filled = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const code = z
  .string()
  .regex(/^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/)
  .max(40);
const reason = filled(500);
const date = z.iso.date();
/** One byte more than is read, so that a file that is too large is told in words. */
const csv = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= maximumCsv + 1_048_576,
);
const file = z.strictObject({
  code,
  title: filled(200),
  unit: z.string().regex(/^[A-Za-z0-9.-]{1,20}$/),
  year: z.int().min(1945).max(9999),
  openedOn: date,
});
const inFile = z.strictObject({ id, fileId: id });
const withReason = z.strictObject({ id, reason });

export const archiveSchemas = {
  'archive.tree': nothing,
  'archive.importTree': z.strictObject({ csv, replace: z.boolean(), write: z.boolean() }),
  'archive.files': z.strictObject({
    filter: z.enum(fileFilters),
    text: z.string().max(200),
    code: z.union([code, z.literal('')]),
    before: z.int().min(0).max(10_000_000),
  }),
  'archive.file': one,
  'archive.saveFile': z.strictObject({ id: id.nullable(), file }),
  'archive.close': z.strictObject({ id, date }),
  'archive.reopen': one,
  'archive.hold': withReason,
  'archive.lift': withReason,
  'archive.filing': one,
  'archive.fileLetter': inFile,
  'archive.unfileLetter': inFile,
  'archive.proposals': nothing,
  'archive.proposal': one,
  'archive.propose': z.strictObject({
    kind: z.enum(proposalKinds),
    fileIds: z.array(id).min(1).max(maximumProposedFiles),
    panel: z.array(id).max(maximumPanel),
    approverId: id,
    note: line(1000),
  }),
  // Why one agrees may stay unsaid, why one does not may not.
  'archive.vote': z
    .strictObject({ id, agrees: z.boolean(), reason: line(500) })
    .refine((answer) => answer.agrees || answer.reason !== ''),
  'archive.approve': z.strictObject({
    id,
    anri: z.strictObject({ number: filled(100), date }).nullable(),
  }),
  'archive.refuse': withReason,
  'archive.withdraw': withReason,
  'archive.record': z.strictObject({
    id,
    minutes: z.strictObject({ number: filled(100), date, receiver: line(100), receiverName: line(100) }),
  }),
  'archive.execute': z.strictObject({ id, accountPassphrase: z.string().min(1).max(1024) }),
  'desktop.saveTree': nothing,
  'desktop.saveMinutes': one,
  'desktop.savePackage': one,
} as const;
