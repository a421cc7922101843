import { writeSync } from 'node:fs';

/**
 * What the child does and says. Each act is announced before it begins and again when the application has
 * acknowledged it, one JSON line each: what was announced and not acknowledged may have happened or not.
 */
export type Act =
  | { readonly act: 'unlock' }
  | { readonly act: 'draft'; readonly id: string; readonly revision: number; readonly subject: string }
  | { readonly act: 'sign'; readonly id: string; readonly number: string; readonly sha256: string }
  | { readonly act: 'grant'; readonly id: string }
  | { readonly act: 'withdraw'; readonly id: string }
  | { readonly act: 'backup'; readonly madeAt: string }
  | { readonly act: 'passphrase'; readonly next: string }
  | { readonly act: 'recovery'; readonly key: string }
  | { readonly act: 'rekey' }
  | { readonly act: 'revoke'; readonly accountId: string };

export interface Line {
  /** Whether it was acknowledged; 'refused': it was not, and the child goes on. */
  readonly done: boolean | 'refused';
  readonly act: Act;
  /** Of a refusal. */
  readonly code?: string;
}

/** Straight to the pipe: what is said must not wait in a buffer. */
export function say(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

export function readLine(text: string): Line | null {
  return text.startsWith('{"done":') ? (JSON.parse(text) as Line) : null;
}

/** A small generator of its own, so that a seed repeats a run (mulberry32). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const below = (chance: Chance, count: number): number => Math.floor(chance() * count);

export function shuffled<T>(chance: Chance, values: readonly T[]): T[] {
  const all = [...values];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = below(chance, last + 1);
    const [one, two] = [all[last], all[other]];
    if (one === undefined || two === undefined) continue;
    all[last] = two;
    all[other] = one;
  }
  return all;
}
