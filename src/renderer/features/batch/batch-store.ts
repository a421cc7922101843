/** Which dialog of the batch is open: choosing how to sign these letters, or how far the waiting batch is. */
import { create } from 'zustand';

interface BatchState {
  readonly shown: { readonly ids: readonly string[] } | 'progress' | null;
}

export const useBatch = create<BatchState>()(() => ({ shown: null }));

export const showBatch = (shown: BatchState['shown']): void => useBatch.setState({ shown });
