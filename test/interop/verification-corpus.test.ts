import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePdf, reserialise } from '../../src/main/core/pdf/index.ts';
import { AppError } from '../../src/main/core/contract/errors.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';

/** Real and hostile files of other projects; they are not ours to ship, so the tests need the folder beside. */
const corpus = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(join(corpus, 'manifest.tsv'));

interface Entry {
  readonly path: string;
  readonly bucket: string;
}

function entries(): readonly Entry[] {
  if (!present) return [];
  const [head = '', ...lines] = readFileSync(join(corpus, 'manifest.tsv'), 'utf8').trim().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (column: string): string => cells[columns.indexOf(column)] ?? '';
    return { path: cell('path'), bucket: cell('bucket') };
  });
}

const reports = new Map<string, { report: VerificationReport; ms: number }>();

async function judge(path: string): Promise<{ report: VerificationReport; ms: number }> {
  const known = reports.get(path);
  if (known) return known;
  const bytes = new Uint8Array(readFileSync(join(corpus, path)));
  const started = performance.now();
  const report = await verifyPdf({
    file: path,
    bytes,
    trust: [],
    at: '2026-11-22T03:00:00Z',
    language: 'en',
    password: path.startsWith('itext/') && /Mac|encryptedDoc/.test(path) ? '123' : null,
  });
  const judged = { report, ms: performance.now() - started };
  reports.set(path, judged);
  return judged;
}

const looksGreen = ({ signatures }: VerificationReport): boolean =>
  signatures.length > 0 &&
  signatures.every((one) => one.integrity === true && ['none', 'permitted'].includes(one.changesAfter));

const all = entries();
const of = (...buckets: readonly string[]): readonly Entry[] =>
  all.filter(({ bucket }) => buckets.includes(bucket));

describe.skipIf(!present)('the corpus (skipped where ../shared/corpus is not there)', () => {
  test('files that must not look green do not', async () => {
    const green: string[] = [];
    const wrong = of('NOT_GREEN', 'NO_VALID_SIGNATURE');
    for (const { path } of wrong) {
      const { report } = await judge(path);
      if (looksGreen(report) || ['TOTAL-PASSED', 'NO-SIGNATURE'].includes(report.conclusion))
        green.push(path);
    }
    expect(green).toEqual([]);
    expect(wrong.length).toBeGreaterThan(30);
  });

  test('good files are accepted, with what follows the signatures', async () => {
    const refused: string[] = [];
    const good = of('ACCEPT', 'ACCEPT_WITH_LATER_CHANGES');
    for (const { path } of good) {
      const { report } = await judge(path);
      if (!looksGreen(report)) refused.push(path);
    }
    console.log(`corpus: ${good.length - refused.length} of ${good.length} good files accepted`);
    // Encrypted for certain readers only, by their keys: nobody else can read it, and no password opens it.
    expect(refused).toEqual(['pyhanko/signed-encrypted-pubkey-with-catalog-ref.pdf']);
  });

  test('nothing crashes or hangs, malformed files included', async () => {
    const malformed = readdirSync(join(corpus, 'malformed')).map((name) => join('malformed', name));
    const slow: string[] = [];
    for (const path of [...all.map((entry) => entry.path), ...malformed]) {
      const { report, ms } = await judge(path);
      if (ms > 5_000) slow.push(`${path}: ${Math.round(ms)} ms`);
      if (path.startsWith('malformed')) expect(looksGreen(report), path).toBe(false);
    }
    expect(slow).toEqual([]);
    expect(malformed.length).toBeGreaterThan(40);
  });

  test('what can be parsed can be re-serialised into a file without faults', () => {
    let written = 0;
    for (const { path } of all) {
      let file;
      try {
        file = parsePdf(new Uint8Array(readFileSync(join(corpus, path))));
      } catch (error) {
        if (error instanceof AppError) continue;
        throw error;
      }
      if (!file.catalog()) continue;
      const again = parsePdf(reserialise(file));
      expect([path, again.anomalies, again.revisions.length]).toEqual([path, [], 1]);
      written++;
    }
    expect(written).toBeGreaterThan(80);
  });
});
