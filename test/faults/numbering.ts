import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { numbersOf, problemsOf } from '../fixtures/numbers.ts';

/** What a process that took numbers said before it ended. */
export interface Told {
  /** By number: the last that was acknowledged of it. */
  readonly numbers: ReadonlyMap<string, string>;
  /** How often it found the vault in use. */
  readonly busy: number;
}

const child = join(import.meta.dirname, '../fixtures/numbering-child.ts');

/** Runs the child; `killAfter` milliseconds from when it is ready it is killed. */
export async function takeNumbers(
  place: { readonly dataDir: string; readonly accountId: string },
  manner: 'turns' | 'acts',
  given: number,
  killAfter: number | null = null,
): Promise<Told> {
  const numbers = new Map<string, string>();
  let busy = 0;
  const running = spawn(process.execPath, [child, place.dataDir, place.accountId, manner, String(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => running.on('exit', resolve));
  for await (const line of createInterface({ input: running.stdout })) {
    const [word, number = '', state = ''] = line.split(' ');
    if (word === 'busy') busy += 1;
    if (word === 'ready' && killAfter !== null) setTimeout(() => running.kill('SIGKILL'), killAfter);
    if (word === 'told') numbers.set(number, state);
  }
  const code = await ended;
  if (killAfter === null && code !== 0) throw new Error(`the child ended with ${code}`);
  return { numbers, busy };
}

/** Kills a process that numbers, again and again in the same vault. @returns what was wrong after each. */
export async function killNumbering(
  place: { readonly dataDir: string; readonly accountId: string },
  moments: readonly number[],
  seed: number,
): Promise<{ readonly problems: readonly string[]; readonly acknowledged: number; readonly left: number }> {
  const problems: string[] = [];
  const numbers = new Map<string, string>();
  let left = 0;
  for (const [index, moment] of moments.entries()) {
    const told = await takeNumbers(place, 'acts', seed + index, moment);
    for (const [number, state] of told.numbers) numbers.set(number, state);
    const rows = await numbersOf(place.dataDir, place.accountId);
    left += rows.filter((row) => row.state === 'reserved').length;
    problems.push(
      ...problemsOf(rows, false).map((problem) => `after ${moment} ms, seed ${seed + index}: ${problem}`),
    );
    const inBook = new Map(rows.map((row) => [row.number, row.state]));
    for (const [number, state] of numbers) {
      const found = inBook.get(number);
      const fits = state === 'taken' ? found !== undefined : found === state;
      if (!fits) problems.push(`${number} was told as ${state} and is ${found ?? 'not there'}`);
    }
  }
  return { problems, acknowledged: numbers.size, left };
}
