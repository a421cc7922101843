/** Which rows of a list are chosen: one by one, or from the last one chosen to another. */
import { useState } from 'react';

export interface Choosing {
  readonly ids: ReadonlySet<string>;
  /** `range`: everything between the last one touched and this one gets its new state. */
  readonly toggle: (id: string, range: boolean) => void;
  readonly all: () => void;
  readonly none: () => void;
}

/** The chosen ids after a touch. Pure. */
export function toggled(
  rows: readonly string[],
  chosen: ReadonlySet<string>,
  id: string,
  from: string | null,
): ReadonlySet<string> {
  const next = new Set(chosen);
  const to = rows.indexOf(id);
  const start = from === null ? to : rows.indexOf(from);
  const touched = start < 0 ? [id] : rows.slice(Math.min(start, to), Math.max(start, to) + 1);
  for (const one of touched) {
    if (chosen.has(id)) next.delete(one);
    else next.add(one);
  }
  return next;
}

/** @param rows ids in the order shown; what is no longer among them is not chosen any more. */
export function useChoosing(rows: readonly string[]): Choosing {
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const ids = new Set(rows.filter((id) => kept.has(id)));
  return {
    ids,
    toggle(id, range) {
      setKept(toggled(rows, ids, id, range ? last : null));
      setLast(id);
    },
    all: () => setKept(new Set(rows)),
    none: () => setKept(new Set()),
  };
}
