import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signer } from '../../src/main/core/pki/index.ts';
import { signFiles, signPdf } from '../../src/main/core/signing/index.ts';
import { nodeLauncher } from '../../src/main/engine/launcher.ts';
import { createPool } from '../../src/main/engine/pool.ts';
import { writeOutput } from '../../src/main/engine/files.ts';
import { resourcesDir } from '../fixtures/engine.ts';
import { figure, inTurns, type Figure } from './measure.ts';

/** Ready files in one turn, and files in the long run. */
const perTurn = 64;
const longRun = 10_000;
/** How much a process may have grown from the first tenth of the long run to its end. */
const flat = 1.25;

/**
 * A folder of ready PDFs, file to file and synced to the disk, as `eletter sign` does it: parsed in the pool's two
 * processes, signed in this one; against one file after another in one thread, with the same promises.
 */
export async function readyFigures(pdf: Uint8Array, signer: Signer): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eletter-ready-'));
  const options = { signer, time: new Date() };
  const pool = createPool({
    launcher: nodeLauncher,
    entry: join(import.meta.dirname, '../../out/main/pool-process.js'),
    resourcesDir,
    size: 2,
  });
  const files = Array.from({ length: perTurn }, (_, index) => ({
    input: join(folder, `${index}.pdf`),
    output: join(folder, 'signed', `${index}.pdf`),
  }));
  mkdirSync(join(folder, 'signed'));
  for (const { input } of files) writeFileSync(input, pdf);
  const many = async (list: typeof files): Promise<void> => {
    await signFiles(
      list,
      options,
      async (pdfs, plan) => (await pool.run('prepare', { files: pdfs, plan })).prepared,
      (file, result) => {
        if (!result.ok) throw new Error(`${file.input}: ${result.error.code}`);
      },
    );
  };
  const oneByOne = async (): Promise<void> => {
    for (const { input, output } of files) writeOutput(output, await signPdf(readFileSync(input), options));
  };
  try {
    const [parallel, single] = await inTurns([() => many(files), oneByOne], 12, 3);
    if (!parallel || !single) return [];
    const each = ({ median, p95, n }: typeof parallel) => ({
      median: median / perTurn,
      p95: p95 / perTurn,
      n: n * perTurn,
    });
    const before = await grownTo(longRun / 10);
    const after = await grownTo(longRun - longRun / 10);
    const rate = (1000 * perTurn) / parallel.median;
    return [
      figure('sign', `ready files, parsed in the pool (${rate.toFixed(0)}/s), a file`, each(parallel), {
        peer: 'one thread, one after another',
        sample: each(single),
        bar: 1 / 1.5,
      }),
      figure('sign', 'ready files, one thread, a file', each(single)),
      figure(
        'sign',
        `memory after ${longRun} ready files`,
        after,
        { peer: `after ${longRun / 10}`, sample: before, bar: flat },
        'MB',
      ),
    ];
  } finally {
    pool.close();
    rmSync(folder, { recursive: true, force: true });
  }

  /** Resident memory of the process with the key, in MB. */
  async function grownTo(count: number): Promise<{ median: number; p95: number; n: number }> {
    for (let done = 0; done < count; done += perTurn) await many(files);
    const megabytes = process.memoryUsage().rss / 1e6;
    return { median: megabytes, p95: megabytes, n: count };
  }
}
