/**
 * Whether two number formats can give one and the same number: two letters of one number would not be told apart, however
 * carefully each register counts. Each format is taken as the set of all numbers that it can give, with any unit, year,
 * sequence and classification; the question is whether the sets meet.
 */

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** What may stand in each part (unit: ipc/schemas.ts; classification: Permendagri 83/2022 has digits and dots). */
const parts: Readonly<Record<string, readonly [first: string, rest: string]>> = {
  '{sequence}': ['123456789', digits],
  '{unit}': [`${letters}${digits}.-`, `${letters}${digits}.-`],
  '{classification}': [`${letters}${digits}.`, `${letters}${digits}.-`],
};

/** One place in a number: the characters that may stand there, and whether it may stand there again. */
interface Step {
  readonly one: string;
  /** Characters that may follow within the same part; empty for a fixed character. */
  readonly more: string;
}

const stepsOf = (format: string): readonly Step[] =>
  (format.match(/\{[^{}]*\}|[^]/gu) ?? []).flatMap((token) => {
    if (token === '{year}') return Array.from({ length: 4 }, () => ({ one: digits, more: '' }));
    const part = parts[token];
    return part ? [{ one: part[0], more: part[1] }] : [{ one: token, more: '' }];
  });

/**
 * Walks both formats side by side through every number that both can still give. Formats are at most 120 characters
 * long, so that there are few places to be at.
 */
export function formatsCollide(a: string, b: string): boolean {
  const [first, second] = [stepsOf(a), stepsOf(b)];
  const seen = new Set<number>();
  const width = second.length + 1;
  const waiting: (readonly [number, number])[] = [[0, 0]];
  /** After a character: on to the next part, or once more within the part that it came from. */
  const after = (steps: readonly Step[], at: number): readonly Move[] => {
    const here = steps[at];
    const before = steps[at - 1];
    return [
      ...(here ? [{ characters: here.one, to: at + 1 }] : []),
      ...(before && before.more !== '' ? [{ characters: before.more, to: at }] : []),
    ];
  };
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [i, j] = next;
    if (i === first.length && j === second.length) return true;
    if (seen.has(i * width + j)) continue;
    seen.add(i * width + j);
    for (const one of after(first, i))
      for (const other of after(second, j))
        if (meet(one.characters, other.characters)) waiting.push([one.to, other.to]);
  }
  return false;
}

interface Move {
  readonly characters: string;
  readonly to: number;
}

const meet = (a: string, b: string): boolean =>
  a.length <= b.length ? [...a].some((one) => b.includes(one)) : meet(b, a);
