import { AppError } from '../contract/errors.ts';
import { kopForms } from '../contract/templates.ts';
import type { OfficeChanges } from '../contract/templates.ts';
import { changesOf, newestVersion, readImage, shippedVersion } from '../office/index.ts';
import type { PoolTasks } from '../ports.ts';
import { checkChanges, loadProfile, type ArmsPictures, type Profile } from '../typesetting/index.ts';
import type { ReadDb } from '../vault/index.ts';

/** The regulation profile as it is in force here: shipped, with the office's own changes laid over it. */
export interface OfficeProfile {
  readonly version: number;
  readonly profile: Profile;
  /** What the typesetter needs beside the letter. */
  readonly page: Pick<PoolTasks['typeset']['input'], 'profile' | 'arms'>;
}

/** Versions never change, so each is read once. The few that letters still wait with are kept beside the newest. */
const mostKept = 4;

export interface OfficeProfiles {
  /** The newest; another process may just have made it. Without a vault: as shipped. */
  readonly inForce: (db: ReadDb | null) => OfficeProfile;
  /** @throws AppError NOT_FOUND, PROFILE_INVALID when this program no longer takes what an older one kept. */
  readonly ofVersion: (db: ReadDb, version: number) => OfficeProfile;
}

export function officeProfiles(resourcesDir: string): OfficeProfiles {
  let shipped: OfficeProfile | null = null;
  const kept = new WeakMap<ReadDb, Map<number, OfficeProfile>>();
  const asShipped = (): OfficeProfile =>
    (shipped ??= {
      version: shippedVersion,
      profile: loadProfile(resourcesDir, null),
      page: { profile: null },
    });

  function ofVersion(db: ReadDb, version: number): OfficeProfile {
    if (version === shippedVersion) return asShipped();
    const known = kept.get(db) ?? new Map<number, OfficeProfile>();
    kept.set(db, known);
    const found = known.get(version) ?? readVersion(resourcesDir, db, version);
    known.set(version, found);
    const oldest = [...known.keys()].find((one) => one !== version);
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    return found;
  }

  return {
    inForce: (db) => (db ? ofVersion(db, newestVersion(db)) : asShipped()),
    ofVersion,
  };
}

function readVersion(resourcesDir: string, db: ReadDb, version: number): OfficeProfile {
  const checked = checkChanges(resourcesDir, changesOf(db, version));
  if (checked.changes === null)
    throw new AppError('PROFILE_INVALID', { field: checked.problems[0]?.path ?? '' });
  const arms = picturesOf(db, checked.changes);
  return { version, profile: checked.profile, page: { profile: checked.json, arms } };
}

/** The pictures that changes name, for the typesetter. */
export function picturesOf(db: ReadDb, changes: OfficeChanges): ArmsPictures {
  return Object.fromEntries(
    kopForms.flatMap((form) => {
      const image = changes.arms?.[form]?.image;
      const found = image === undefined ? null : readImage(db, image);
      return found ? [[form, found.png]] : [];
    }),
  );
}
