import type { KindTemplate, OfficeChanges } from '../contract/templates.ts';
import { kindsInUse } from '../letters/index.ts';
import { currentChanges } from '../office/index.ts';
import { shippedProfile } from '../typesetting/index.ts';
import type { Context } from './context.ts';

/**
 * Letters keep their kind: whatever else comes into force, own kinds that letters of this vault have go along, hidden
 * where the new changes do not know them.
 */
export function withKindsInUse(context: Context, changes: OfficeChanges): OfficeChanges {
  const { read } = context.session().vault;
  const { kinds: shipped } = shippedProfile(context.ports.resourcesDir);
  const now = currentChanges(read).kinds ?? {};
  const carried = kindsInUse(read).flatMap((id): readonly (readonly [string, KindTemplate])[] => {
    const kind = Object.hasOwn(now, id) ? now[id] : undefined;
    const known = Object.hasOwn(shipped, id) || Object.hasOwn(changes.kinds ?? {}, id);
    return known || !kind ? [] : [[id, kind]];
  });
  if (carried.length === 0) return changes;
  const hidden = new Set([...(changes.hidden ?? []), ...carried.map(([id]) => id)]);
  return {
    ...changes,
    kinds: { ...changes.kinds, ...Object.fromEntries(carried) },
    hidden: [...hidden],
  };
}

/** Both are data from one schema, so that equal ones are written alike. */
export const sameKind = (one: KindTemplate, other: KindTemplate | undefined): boolean =>
  other !== undefined && JSON.stringify(one) === JSON.stringify(other);
