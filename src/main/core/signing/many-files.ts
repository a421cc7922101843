import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { ErrorShape, Result } from '../contract/errors.ts';
import type { FileToSign, SigningRisk } from '../contract/tools.ts';
import type { Signer } from '../pki/index.ts';
import { planFor, signRevision } from './apart.ts';
import { signPdfFile } from './large-file.ts';
import type { PreparedRevision, SigningPlan } from '../contract/prepared.ts';
import type { SignOptions } from './options.ts';
import { writeParts } from './whole-file.ts';

/** Many ready files with one key, at B-B: read and written here, parsed where there is no key, several at a time. */

export type FileOutcome = Result<{ readonly risks: readonly SigningRisk[] }>;

/** Files in a message to the pool, and their octets: a message costs about as much as a letter takes to parse. */
const perGroup = 8;
const groupOctets = 4 * 1024 * 1024;
/** Groups under way: while one is signed and written here, others are parsed. */
const lanes = 4;
/** Larger files are streamed, one at a time. */
const largestAtHand = 16 * 1024 * 1024;

/**
 * Signs every file that can be signed; what goes wrong with one is its own outcome.
 * @param prepare the pool's task. @param told after each, in whatever order they are done.
 * @throws AppError CERTIFICATE_*, KEY_UNSUPPORTED: then nothing was written.
 */
export async function signFiles(
  jobs: readonly FileToSign[],
  options: SignOptions,
  prepare: (files: readonly Uint8Array[], plan: SigningPlan) => Promise<readonly Result<PreparedRevision>[]>,
  told: (job: FileToSign, outcome: FileOutcome) => void,
): Promise<void> {
  const plan = planFor(options);
  const aside = { ...options, signer: signingAside(options.signer) };
  const large: FileToSign[] = [];
  let at = 0;

  function nextGroup(): Read[] {
    const group: Read[] = [];
    for (let octets = 0; group.length < perGroup && octets < groupOctets && at < jobs.length;) {
      const job = jobs[at++];
      if (!job) break;
      const pdf = read(job);
      if (pdf === null) large.push(job);
      else if (pdf instanceof Uint8Array) {
        octets += pdf.length;
        group.push({ job, pdf });
      } else told(job, pdf);
    }
    return group;
  }

  async function lane(): Promise<void> {
    while (at < jobs.length) {
      const group = nextGroup();
      if (group.length === 0) continue;
      const prepared = await prepareAll(group, plan, prepare);
      await Promise.all(
        group.map(async ({ job, pdf }, index) => {
          told(job, await outcomeOf(() => finish(job, pdf, prepared[index], aside)));
        }),
      );
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  for (const job of large) told(job, await outcomeOf(() => streamed(job, options)));
}

interface Read {
  readonly job: FileToSign;
  readonly pdf: Uint8Array;
}

/** Null: too large to hold. */
function read({ input }: FileToSign): Uint8Array | Result<never> | null {
  try {
    return statSync(input).size > largestAtHand ? null : readFileSync(input);
  } catch {
    return { ok: false, error: { code: 'FILE_UNREADABLE', params: { file: basename(input) } } };
  }
}

/** A process that died of one file of a group took the others with it: they are asked for once more, alone. */
async function prepareAll(
  group: readonly Read[],
  plan: SigningPlan,
  prepare: Parameters<typeof signFiles>[2],
): Promise<readonly (Result<PreparedRevision> | undefined)[]> {
  const ask = async (
    files: readonly Uint8Array[],
  ): Promise<readonly Result<PreparedRevision>[] | ErrorShape> => {
    try {
      return await prepare(files, plan);
    } catch (error) {
      if (error instanceof AppError) return error.toShape();
      throw error;
    }
  };
  const together = await ask(group.map(({ pdf }) => pdf));
  if (!('code' in together)) return together;
  return Promise.all(
    group.map(async ({ pdf }) => {
      const alone = await ask([pdf]);
      return 'code' in alone ? { ok: false, error: alone } : alone[0];
    }),
  );
}

async function finish(
  { output }: FileToSign,
  pdf: Uint8Array,
  prepared: Result<PreparedRevision> | undefined,
  options: SignOptions,
): Promise<readonly SigningRisk[]> {
  if (!prepared) throw new AppError('INTERNAL');
  if (!prepared.ok) throw new AppError(prepared.error.code, prepared.error.params);
  const tail = await signRevision(pdf, prepared.value, options);
  await writeParts(output, [pdf, tail]);
  return prepared.value.risks;
}

/** While others sign, this thread has other things to do than a key operation, however short. */
const signingAside = (signer: Signer): Signer =>
  signer.signAside ? { ...signer, sign: signer.signAside } : signer;

async function streamed(
  { input, output }: FileToSign,
  options: SignOptions,
): Promise<readonly SigningRisk[]> {
  let risks: readonly SigningRisk[] = [];
  await signPdfFile(input, output, { ...options, warn: (found) => void (risks = found) });
  return risks;
}

async function outcomeOf(work: () => Promise<readonly SigningRisk[]>): Promise<FileOutcome> {
  try {
    return { ok: true, value: { risks: await work() } };
  } catch (error) {
    return { ok: false, error: error instanceof AppError ? error.toShape() : { code: 'INTERNAL' } };
  }
}
