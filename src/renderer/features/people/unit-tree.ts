import type { Unit } from '../../../main/core/contract/index.ts';

/** A unit and how far below the top it lies. */
export interface Placed {
  readonly unit: Unit;
  readonly depth: number;
}

/** Parents before their children, each level by code. Units whose parent is not there stand at the top. */
export function unitTree(units: readonly Unit[]): readonly Placed[] {
  const codes = new Set(units.map((unit) => unit.code));
  const sorted = units.toSorted((a, b) => a.code.localeCompare(b.code));
  const placed: Placed[] = [];
  const seen = new Set<string>();
  const place = (unit: Unit, depth: number): void => {
    if (seen.has(unit.code)) return;
    seen.add(unit.code);
    placed.push({ unit, depth });
    for (const child of sorted) if (child.parent === unit.code) place(child, depth + 1);
  };
  for (const unit of sorted) if (unit.parent === null || !codes.has(unit.parent)) place(unit, 0);
  // What a circle would hide is shown all the same.
  for (const unit of sorted) place(unit, 0);
  return placed;
}
