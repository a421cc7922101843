import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolTasks } from '../../src/main/core/ports.ts';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';

/** Real and hostile files of other projects. They are not ours to ship, so whoever reads them needs the folder beside. */
export const corpus = join(import.meta.dirname, '../../../shared/corpus');
export const corpusIsThere = existsSync(join(corpus, 'manifest.tsv'));

export interface Entry {
  readonly path: string;
  /** What a validator should do, of integrity and changes; `MALFORMED` for the broken ones. */
  readonly bucket: string;
}

/** Rows of the manifest, then the malformed files. Empty where the folder is absent. */
export function corpusEntries(): readonly Entry[] {
  if (!corpusIsThere) return [];
  const [head = '', ...lines] = readFileSync(join(corpus, 'manifest.tsv'), 'utf8').trim().split('\n');
  const columns = head.split('\t');
  const listed = lines.map((line) => {
    const cells = line.split('\t');
    const cell = (column: string): string => cells[columns.indexOf(column)] ?? '';
    return { path: cell('path'), bucket: cell('bucket') };
  });
  const broken = readdirSync(join(corpus, 'malformed')).map((name) => ({
    path: join('malformed', name),
    bucket: 'MALFORMED',
  }));
  return [...listed, ...broken];
}

export function taskFor(path: string): PoolTasks['verify']['input'] {
  return {
    file: path,
    bytes: new Uint8Array(readFileSync(join(corpus, path))),
    // The buckets speak of integrity and changes, not of trust: nobody is trusted here.
    trust: [],
    at: '2026-11-22T03:00:00Z',
    language: 'en',
    // the folder's own note on them
    password: path.startsWith('itext/') && /Mac|encryptedDoc/.test(path) ? '123' : null,
  };
}

export const looksGreen = ({ signatures }: Pick<VerificationReport, 'signatures'>): boolean =>
  signatures.length > 0 &&
  signatures.every((one) => one.integrity === true && ['none', 'permitted'].includes(one.changesAfter));

/** "No signature" said of a file that holds a forged one is as wrong as "valid". */
export const looksHarmless = (report: VerificationReport): boolean =>
  looksGreen(report) || report.conclusion === 'TOTAL-PASSED' || report.conclusion === 'NO-SIGNATURE';

export const mustBeGreen: ReadonlySet<string> = new Set(['ACCEPT', 'ACCEPT_WITH_LATER_CHANGES']);
export const mustNotBeGreen: ReadonlySet<string> = new Set(['NOT_GREEN', 'NO_VALID_SIGNATURE']);
/** Of the good files, this share may be refused. */
export const refusedAtMost = 0.02;
/** Milliseconds; longer is a hang. */
export const hang = 2_000;
