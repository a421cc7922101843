import { useState } from 'react';
import type { Reading } from '../../lib/calls.ts';

/** The last answer, until there is another or a refusal: a list must not blink at every letter that is typed. */
export function useKept<T>({ value, error }: Reading<T>): T | null {
  const [kept, setKept] = useState<T | null>(null);
  if (value !== null && value !== kept) setKept(value);
  return value ?? (error === null ? kept : null);
}
