import { z } from 'zod';
import type { SubIndication, VerificationReport } from '../core/contract/verification.ts';

/** Files that the page hands over for verification, and reports that come back from it; see schemas.ts. */
const line = (max: number): z.ZodString => z.string().max(max);

/** 256 MiB: the largest file a page may hand over for verification. */
const maximumGivenFile = 256 * 1_048_576;

export const givenFile = z.strictObject({
  name: line(1000),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= maximumGivenFile),
  password: z.string().max(1024).nullable(),
});

/** What core said comes back for export: of the same size at most, and of the same shape where it is written. */
const told = z.string().max(20_000).nullable();
const problems = z.array(z.strictObject({ code: line(100), message: line(20_000) })).max(1000);
export const report: z.ZodType<VerificationReport> = z.strictObject({
  file: line(1000),
  sha256: line(64),
  conclusion: z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED', 'NO-SIGNATURE', 'UNREADABLE']),
  revisions: z.int().min(0),
  signatures: z
    .array(
      z.strictObject({
        field: line(20_000),
        kind: z.enum(['signature', 'document-timestamp']),
        subFilter: line(20_000),
        level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA', 'CMS', 'none']),
        indication: z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']),
        subIndication: line(100).nullable() as unknown as z.ZodType<SubIndication | null>,
        integrity: z.boolean().nullable(),
        coversWholeFile: z.boolean(),
        revision: z.int().min(0),
        changesAfter: z.enum(['none', 'permitted', 'forbidden', 'not-judged']),
        changes: z
          .array(
            z.strictObject({
              what: line(20_000),
              where: line(20_000),
              verdict: z.enum(['permitted', 'forbidden', 'not-judged']),
              rule: line(100),
              at: z
                .strictObject({
                  page: z.int().min(1),
                  area: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
                })
                .exactOptional(),
            }),
          )
          .max(200),
        moreChanges: z.int().min(1).exactOptional(),
        digestAlgorithm: told,
        signatureAlgorithm: told,
        signer: z
          .strictObject({
            subject: line(20_000),
            issuer: line(20_000),
            serial: line(20_000),
            notBefore: line(40),
            notAfter: line(40),
          })
          .nullable(),
        claimedTime: told,
        bestTime: told,
        bestTimeBy: line(20_000).exactOptional(),
        trustAnchor: told,
        docMdp: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
        psre: z.boolean(),
        problems,
      }),
    )
    .max(250),
  problems,
});
