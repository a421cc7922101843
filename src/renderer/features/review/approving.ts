/** Giving a paraf: to the letter that is read, to a row of the list, or to all that were chosen. */
import { create } from 'zustand';
import type { ErrorShape, Result } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { textNow } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';

export interface Approvable {
  readonly id: string;
  readonly subject: string;
}

/** A second press while the first is under way is not a second paraf. */
const running = new Set<string>();

/** @param revision the one that was read; null: as it is now, for a row of the list. */
export async function approve(letter: Approvable, revision: number | null): Promise<void> {
  if (running.has(letter.id)) return;
  running.add(letter.id);
  try {
    const result = await approveOne(letter.id, revision);
    if (result.ok) say(textNow().review.approved(letter.subject));
    else sayError(result.error);
  } finally {
    running.delete(letter.id);
    noteChange();
  }
}

async function approveOne(id: string, revision: number | null): Promise<Result<null>> {
  if (revision !== null) return eletter.letters.approve({ id, revision });
  const letter = await eletter.letters.get({ id });
  return letter.ok ? eletter.letters.approve({ id, revision: letter.value.revision }) : letter;
}

export interface Approved extends Approvable {
  /** Null: done. */
  readonly error: ErrorShape | null;
}

interface ManyState {
  readonly shown: {
    readonly all: readonly Approvable[];
    readonly results: readonly Approved[];
  } | null;
}

export const useApproving = create<ManyState>()(() => ({ shown: null }));

export const closeApproving = (): void => useApproving.setState({ shown: null });

/** One after the other, each with its result; one that fails does not stop the rest. */
export async function approveMany(all: readonly Approvable[]): Promise<void> {
  const results: Approved[] = [];
  useApproving.setState({ shown: { all, results } });
  for (const letter of all) {
    // oxlint-disable-next-line no-await-in-loop -- one paraf after another
    const result = await approveOne(letter.id, null);
    results.push({ ...letter, error: result.ok ? null : result.error });
    useApproving.setState({ shown: { all, results: [...results] } });
  }
  noteChange();
}
