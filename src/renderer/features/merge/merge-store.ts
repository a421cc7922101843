/** Which dialog of the letters to many is open. */
import { create } from 'zustand';

interface MergeState {
  /** A draft to make them from, all that were made, or one of those. */
  readonly shown:
    | { readonly at: 'new'; readonly letterId: string; readonly revision: number }
    | { readonly at: 'list' }
    | { readonly at: 'one'; readonly id: string }
    | null;
}

export const useMerge = create<MergeState>()(() => ({ shown: null }));

export const showMerge = (shown: MergeState['shown']): void => useMerge.setState({ shown });
