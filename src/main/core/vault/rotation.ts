import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listSets, readObjectList, setFolders, type BackupSet } from './backup.ts';
import { syncFolder } from './files.ts';

/** How many sets of the newest days, weeks and months stay (part 2: 7/4/12). */
const rotation = { days: 7, weeks: 4, months: 12 } as const;

/** Monday-based week of a UTC date, as a number that only has to be the same within a week. */
const weekOf = (date: Date): string => String(Math.floor((date.getTime() / 86_400_000 + 3) / 7));

/** Which sets may go: never the newest, and never one that is the last of a day, week or month still kept. */
export function outdated(sets: readonly BackupSet[]): BackupSet[] {
  const keep = new Set<BackupSet>();
  const newestFirst = sets.toSorted((a, b) => b.manifest.madeAt.localeCompare(a.manifest.madeAt));
  const rules: readonly (readonly [number, (date: Date) => string])[] = [
    [rotation.days, (date) => date.toISOString().slice(0, 10)],
    [rotation.weeks, weekOf],
    [rotation.months, (date) => date.toISOString().slice(0, 7)],
  ];
  for (const [count, periodOf] of rules) {
    const periods = new Set<string>();
    for (const set of newestFirst) {
      const period = periodOf(new Date(set.manifest.madeAt));
      if (periods.has(period) || periods.size >= count) continue;
      periods.add(period);
      keep.add(set);
    }
  }
  return sets.filter((set) => !keep.has(set));
}

/** A backup that began longer ago than this will not be finished. */
const abandonedAfterDays = 7;

/** Whether another vault may be filling the pool just now: what it has copied stands in no list yet. */
function othersAtWork(target: string, at: Date): boolean {
  return readdirSync(target).some(
    (name) =>
      name.endsWith('.part') &&
      at.getTime() - statSync(join(target, name)).mtimeMs < abandonedAfterDays * 86_400_000,
  );
}

const leaving = '.gone';

/** Under another name first, for good: what a crash leaves of it must not look like a set that got torn. */
function dropSet(target: string, path: string): void {
  renameSync(path, `${path}${leaving}`);
  syncFolder(target);
  rmSync(`${path}${leaving}`, { recursive: true, force: true });
}

/**
 * Drops a vault's outdated sets, then the pool's objects that no remaining set needs.
 * @param written the set just made: it stays whatever the clock said when it was made.
 */
export function rotate(target: string, vaultId: string, written: string): void {
  for (const name of readdirSync(target))
    if (name.endsWith(leaving)) rmSync(join(target, name), { recursive: true, force: true });
  // Several vaults may share a drive: each has its own days, weeks and months.
  const own = listSets(target).filter((set) => set.manifest.vaultId === vaultId);
  const gone = outdated(own).filter((set) => set.path !== written);
  for (const set of gone) dropSet(target, set.path);
  if (gone.length === 0 || othersAtWork(target, new Date())) return;
  const sets = listSets(target);
  // A set whose manifest cannot be read just now may still need its objects.
  if (setFolders(target).length !== sets.length) return;
  const needed = new Set<string>();
  try {
    for (const set of sets) for (const name of Object.keys(readObjectList(set))) needed.add(name);
  } catch {
    return;
  }
  const pool = join(target, 'objects');
  if (!existsSync(pool)) return;
  for (const group of readdirSync(pool)) {
    for (const name of readdirSync(join(pool, group))) {
      if (!needed.has(group + name)) rmSync(join(pool, group, name), { force: true });
    }
  }
}
