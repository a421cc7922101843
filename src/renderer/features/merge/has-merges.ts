import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';

/** Is there anything to show? Who never sent to many sees no place for it. */
export function useHasMerges(): boolean {
  const may = useMay()('merge.list');
  const merges = useReading(`merges ${may}`, () =>
    may ? eletter.merge.list({}) : Promise.resolve({ ok: true as const, value: [] }),
  );
  return (merges.value?.length ?? 0) > 0;
}
