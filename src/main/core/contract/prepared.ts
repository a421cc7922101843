import type { RevisionWish } from './revision.ts';
import type { SigningRisk } from './tools.ts';

/** What a process without keys is told, to write the revision that a signature needs. */
export interface SigningPlan extends RevisionWish {
  /** Octets to keep free for the CMS. */
  readonly capacity: number;
}

/** What it answers. */
export interface PreparedRevision {
  /** To stand behind the file; /ByteRange is written, /Contents is zeros. */
  readonly tail: Uint8Array;
  /** Octets of the file that was read. */
  readonly size: number;
  /** The inside of `<…>` in `tail`. */
  readonly gap: { readonly start: number; readonly end: number };
  readonly risks: readonly SigningRisk[];
}
