import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { below, chanceOf, readLine } from './acts.ts';
import { judge } from './judge.ts';
import { ledgerOf } from './ledger.ts';
import { startOf, type Moment } from './moments.ts';
import type { Prepared } from './place.ts';

/**
 * A disk that refuses: from some write on nothing is taken any more, or one write is refused and the next ones are not.
 * The kernel's answer is put in by strace. write(2) is left alone, because the child talks through it; files of ours
 * are refused when they are flushed or renamed, and small real file systems are filled in the vault's own tests.
 */
const refusals = {
  'disk full': { error: 'ENOSPC', calls: 'pwrite64,mkdir,fsync,fdatasync' },
  'read-only': { error: 'EROFS', calls: 'ftruncate,rename,unlink,mkdir,fsync' },
} as const;

export async function refused(office: Prepared, kind: keyof typeof refusals, seed: number): Promise<Moment> {
  const chance = chanceOf(seed);
  const dataDir = office.copy();
  const { error, calls } = refusals[kind];
  // Most calls of a run are within the first few hundred; the first ones deserve as many tries as all the others.
  const nth = 1 + below(chance, chance() < 0.5 ? 30 : 400);
  const once = chance() < 0.3;
  const when = `${nth}${once ? '' : '+'}`;
  const start = startOf(office);
  try {
    const done = spawnSync(
      'strace',
      [
        ...`-f -qq --seccomp-bpf --signal=none -o /dev/null -e trace=${calls}`.split(' '),
        '-e',
        `inject=${calls}:error=${error}:when=${when}`,
        process.execPath,
        join(import.meta.dirname, 'child.ts'),
        dataDir,
        start.accountId,
        start.passphrases[0] ?? '',
        String(seed),
        '1',
        'tolerant',
      ],
      { encoding: 'utf8' },
    );
    const lines = done.stdout.split('\n').flatMap((text) => readLine(text) ?? []);
    const problems: string[] = [];
    if (done.status !== 0) problems.push(`the child failed: ${done.stderr.slice(0, 2000)}`);
    const codes = new Set(lines.flatMap(({ code }) => code ?? []));
    if (codes.has('INTERNAL')) problems.push(`a refusal without a code: ${done.stderr.slice(0, 2000)}`);
    const verdict = await judge(dataDir, ledgerOf(start, lines));
    const during = lines.find((line) => line.done === 'refused')?.act.act ?? 'nothing';
    const where = `${error} at call ${when} of ${calls} (${[...codes].join(' ') || 'nothing refused'})`;
    return { kind, seed, where, during, problems: [...problems, ...verdict.problems] };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
