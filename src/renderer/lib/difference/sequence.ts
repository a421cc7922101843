/** The shortest way from one row of things to another: E. Myers, "An O(ND) Difference Algorithm" (1986), greedy form. */
export interface Step<T> {
  readonly kind: 'same' | 'removed' | 'added';
  /** As it is afterwards where it is the same. */
  readonly item: T;
}

/** Things that differ at most; beyond that all of the middle is told as removed and added. */
const mostDifferent = 700;

/** Removed before added wherever both stand in one place. */
export function steps<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): Step<T>[] {
  const from = before.map(keyOf);
  const to = after.map(keyOf);
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  )
    tail += 1;
  const middle = route(from.slice(head, from.length - tail), to.slice(head, to.length - tail));
  const found: Step<T>[] = [];
  let x = 0;
  let y = 0;
  const take = (kind: Step<T>['kind']): void => {
    const item = kind === 'removed' ? before[x] : after[y];
    if (kind !== 'added') x += 1;
    if (kind !== 'removed') y += 1;
    if (item !== undefined) found.push({ kind, item });
  };
  for (let index = 0; index < head; index += 1) take('same');
  for (const kind of middle) take(kind);
  for (let index = 0; index < tail; index += 1) take('same');
  return found;
}

function route(from: readonly string[], to: readonly string[]): Step<unknown>['kind'][] {
  const all = from.length + to.length;
  const most = Math.min(all, mostDifferent);
  /** Farthest place in `from` on each diagonal, for each number of differences. */
  const trace: Int32Array[] = [];
  let reached = new Int32Array(2 * most + 3);
  const middle = most + 1;
  for (let d = 0; d <= most; d += 1) {
    trace.push(reached.slice());
    for (let k = -d; k <= d; k += 2) {
      const left = reached[middle + k - 1] ?? 0;
      const above = reached[middle + k + 1] ?? 0;
      let x = k === -d || (k !== d && left < above) ? above : left + 1;
      let y = x - k;
      while (x < from.length && y < to.length && from[x] === to[y]) {
        x += 1;
        y += 1;
      }
      reached[middle + k] = x;
      if (x >= from.length && y >= to.length) return back(trace, from.length, to.length, middle);
    }
    reached = reached.slice();
  }
  return [...from.map(() => 'removed' as const), ...to.map(() => 'added' as const)];
}

function back(
  trace: readonly Int32Array[],
  width: number,
  height: number,
  middle: number,
): Step<unknown>['kind'][] {
  const kinds: Step<unknown>['kind'][] = [];
  let x = width;
  let y = height;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reached = trace[d];
    const k = x - y;
    const left = reached?.[middle + k - 1] ?? 0;
    const above = reached?.[middle + k + 1] ?? 0;
    const fromAbove = k === -d || (k !== d && left < above);
    const startX = d === 0 ? 0 : fromAbove ? above : left;
    const startY = d === 0 ? 0 : startX - (fromAbove ? k + 1 : k - 1);
    const bothFrom = d === 0 ? 0 : fromAbove ? startX : startX + 1;
    while (x > bothFrom && y > (d === 0 ? 0 : bothFrom - k)) {
      kinds.push('same');
      x -= 1;
      y -= 1;
    }
    if (d > 0) kinds.push(fromAbove ? 'added' : 'removed');
    x = startX;
    y = startY;
  }
  return kinds.reverse();
}
