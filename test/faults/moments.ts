import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { accountPassphrase } from '../fixtures/engine.ts';
import { below, chanceOf, readLine, type Act, type Line } from './acts.ts';
import { diskOf } from './disk.ts';
import { judge } from './judge.ts';
import { ledgerOf, type Start } from './ledger.ts';
import { copyOf, tempFolder, type Prepared } from './place.ts';
import type { OldOffice } from './old-office.ts';
import { readTrace, straceArguments, type Op } from './trace.ts';

/** One moment at which the world stopped, and what was wrong afterwards. */
export interface Moment {
  readonly kind:
    'kill' | 'kill while migrating' | 'power loss' | 'power loss while migrating' | 'disk full' | 'read-only';
  /** Repeats it. */
  readonly seed: number;
  readonly where: string;
  /** The act under way. */
  readonly during: string;
  readonly problems: readonly string[];
}

const child = join(import.meta.dirname, 'child.ts');

export const canTrace = spawnSync('strace', ['--seccomp-bpf', '-f', '-e', 'trace=none', 'true']).status === 0;

export const startOf = (office: Prepared): Start => ({
  accountId: office.accountId,
  passphrases: [accountPassphrase],
  earlier: [],
  recoveryKey: office.recoveryKey,
  reader: office.reader,
});

/** Kills a child some time after its `after`th line. @returns what it said, or throws when it failed by itself. */
async function killed(
  dataDir: string,
  start: Start,
  seed: number,
  rounds: string,
  after: number,
  delay: number,
): Promise<Line[]> {
  const lines: Line[] = [];
  const running = spawn(
    process.execPath,
    [child, dataDir, start.accountId, start.passphrases[0] ?? '', String(seed), rounds],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let errors = '';
  running.stderr.on('data', (part) => (errors += String(part)));
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    running.on('exit', (code, signal) => resolve([code, signal])),
  );
  let timer: NodeJS.Timeout | undefined;
  for await (const text of createInterface({ input: running.stdout })) {
    const line = readLine(text);
    if (!line) continue;
    lines.push(line);
    if (lines.length === after) timer = setTimeout(() => running.kill('SIGKILL'), delay);
  }
  const [code, signal] = await ended;
  clearTimeout(timer);
  if (code !== 0 && signal !== 'SIGKILL')
    throw new Error(`the child failed by itself (seed ${seed}): ${errors}`);
  return lines;
}

const named = (open: readonly Act[]): string => open.at(-1)?.act ?? 'nothing';

/**
 * Kills one vault `count` times in a row, each time going on from what the last one left.
 * @param most how many acts are begun and acknowledged, at the most, before a kill.
 */
export async function killSeries(
  office: Prepared,
  seed: number,
  count: number,
  most = 45,
): Promise<Moment[]> {
  const dataDir = office.copy();
  const moments: Moment[] = [];
  let start = startOf(office);
  let acts: readonly Act[] = [];
  try {
    for (let n = 0; n < count; n += 1) {
      const own = seed + n;
      const chance = chanceOf(own);
      const after = 1 + below(chance, most);
      const delay = chance() < 0.3 ? 0 : chance() * 60;
      const lines = await killed(dataDir, start, own, '-1', after, delay);
      const ledger = ledgerOf(start, lines, acts);
      const { problems, passphrase } = await judge(dataDir, ledger);
      moments.push({
        kind: 'kill',
        seed: own,
        where: `line ${after} and ${delay.toFixed(0)} ms, ${n} kills before`,
        during: named(ledger.open),
        problems,
      });
      if (problems.length > 0) return moments;
      acts = settled(ledger.acts, ledger.open);
      start = {
        ...start,
        earlier: ledger.earlier,
        passphrases: [passphrase],
        recoveryKey: ledger.recoveryKey,
      };
    }
    return moments;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What was under way when the last child died has happened or not: of a draft or an access nothing is known then. */
function settled(acts: readonly Act[], open: readonly Act[]): readonly Act[] {
  const touched = new Set(open.flatMap((act) => ('id' in act ? [act.id] : [])));
  return acts.filter((act) => act.act === 'sign' || !('id' in act) || !touched.has(act.id));
}

export async function killMigrating(office: OldOffice, seed: number): Promise<Moment> {
  const dataDir = office.copy();
  try {
    const chance = chanceOf(seed);
    // Within the unlock for the most part, which takes some tens of milliseconds.
    const delay = chance() * chance() * 150;
    const lines = await killed(dataDir, office.start, seed, '0', 1, delay);
    const ledger = ledgerOf(office.start, lines, office.acts);
    const { problems } = await judge(dataDir, ledger);
    const where = `${delay.toFixed(0)} ms after the unlock began`;
    return { kind: 'kill while migrating', seed, where, during: named(ledger.open), problems };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export interface Run {
  readonly kind: 'power loss' | 'power loss while migrating';
  /** The data folder as it lay before. */
  readonly before: string;
  readonly start: Start;
  readonly acts: readonly Act[];
  readonly seed: number;
  readonly rounds: string;
}

/** What a child did to the disk. */
export interface Recording extends Run {
  readonly root: string;
  readonly ops: readonly Op[];
}

/** Lets a child work to its end and writes down what it did to the disk. */
export function record(run: Run): Recording {
  const { before, start, seed, rounds } = run;
  const root = copyOf(before);
  const place = tempFolder();
  const trace = join(place, 'trace');
  try {
    const done = spawnSync(
      'strace',
      [
        ...straceArguments(trace),
        process.execPath,
        child,
        root,
        start.accountId,
        start.passphrases[0] ?? '',
        String(seed),
        rounds,
      ],
      { encoding: 'utf8', maxBuffer: 64 * 1_048_576 },
    );
    if (done.status !== 0) throw new Error(`the child failed by itself (seed ${seed}): ${done.stderr}`);
    const ops = readTrace(readFileSync(trace, 'utf8'), root);
    const whole = diskOf(before, root);
    for (const op of ops) whole.apply(op);
    const missed = whole.differences(root);
    if (missed.length > 0) throw new Error(`the recording does not explain: ${missed.join(' ')}`);
    return { ...run, root, ops };
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(place, { recursive: true, force: true });
  }
}

/** Half of them anywhere; half right where something is made certain or changes its name. */
function momentsIn(ops: readonly Op[], count: number, seed: number): number[] {
  const chance = chanceOf(seed);
  const turns = ops.flatMap(({ op }, index) =>
    op === 'sync' || op === 'rename' || op === 'remove' || op === 'said' ? [index, index + 1] : [],
  );
  return Array.from({ length: count }, (_, n) =>
    n % 2 === 0 ? below(chance, ops.length + 1) : (turns[below(chance, turns.length)] ?? ops.length),
  ).toSorted((a, b) => a - b);
}

/** Stops a recorded run at `count` random moments. */
export async function powerLosses(recording: Recording, count: number): Promise<Moment[]> {
  return losses(recording, momentsIn(recording.ops, count, recording.seed), () => true);
}

/** The end of a run on a disk that never flushed anything: what that costs must be noticed. */
export async function unflushed(recording: Recording): Promise<Moment[]> {
  return losses(recording, [recording.ops.length], (op) => op.op !== 'sync');
}

async function losses(
  { kind, before, root, ops, start, acts, seed }: Recording,
  when: readonly number[],
  happens: (op: Op) => boolean,
): Promise<Moment[]> {
  const disk = diskOf(before, root);
  const moments: Moment[] = [];
  const lines: Line[] = [];
  let next = 0;
  for (const [n, at] of when.entries()) {
    for (; next < at; next += 1) {
      const op = ops[next];
      if (!op) break;
      if (happens(op)) disk.apply(op);
      const line = op.op === 'said' ? readLine(op.line) : null;
      if (line) lines.push(line);
    }
    const dataDir = tempFolder();
    try {
      disk.lose(chanceOf(seed * 1000 + n), dataDir);
      const ledger = ledgerOf(start, lines, acts);
      const { problems } = await judge(dataDir, ledger);
      const where = `operation ${at} of ${ops.length}`;
      moments.push({ kind, seed, where, during: named(ledger.open), problems });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  return moments;
}
