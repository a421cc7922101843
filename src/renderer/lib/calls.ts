/** Reading through the bridge: one hook that keeps what it had while it reads again. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import type { ErrorShape, Result } from '../../main/core/contract/index.ts';

interface ChangesState {
  readonly seen: number;
}

const useChangesStore = create<ChangesState>()(() => ({ seen: 0 }));

/** Something happened in the vault, there or by this page: everything on the screen reads again. */
export const noteChange = (): void => useChangesStore.setState((state) => ({ seen: state.seen + 1 }));

export interface Reading<T> {
  readonly value: T | null;
  readonly error: ErrorShape | null;
  /** True once a first reading has taken longer than 200 ms: time for a skeleton. */
  readonly slow: boolean;
  readonly reload: () => void;
}

/** `read` is called again when `key` changes or the vault reports a change; a new key starts from nothing. */
export function useReading<T>(key: string, read: () => Promise<Result<T>>): Reading<T> {
  const seen = useChangesStore((state) => state.seen);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ key: string; value: T | null; error: ErrorShape | null }>({
    key,
    value: null,
    error: null,
  });
  const [slow, setSlow] = useState('');
  /** What is being read now: the same key is read again after a change and on request. */
  const wanted = `${key} ${seen} ${attempt}`;
  const reader = useRef(read);
  useEffect(() => {
    reader.current = read;
  });

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => setSlow(wanted), 200);
    void reader.current().then((result) => {
      if (stale) return;
      clearTimeout(timer);
      setState((before) =>
        result.ok
          ? { key, value: result.value, error: null }
          : { key, value: before.key === key ? before.value : null, error: result.error },
      );
    });
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key, wanted]);

  const reload = useCallback(() => setAttempt((n) => n + 1), []);
  const fresh = state.key === key;
  return {
    value: fresh ? state.value : null,
    error: fresh ? state.error : null,
    slow: slow === wanted && !(fresh && (state.value !== null || state.error !== null)),
    reload,
  };
}
