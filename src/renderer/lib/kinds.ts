/** The kinds of letter that the regulation profile knows. They are the same for everybody, so they are read once. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Kind, LetterKind } from '../../main/core/contract/index.ts';
import { eletter } from './bridge.ts';
import { useLanguage, useText } from './i18n/index.ts';

interface KindsState {
  readonly kinds: readonly Kind[];
  readonly asking: boolean;
}

const useKindsStore = create<KindsState>()(() => ({ kinds: [], asking: false }));

async function readKinds(): Promise<void> {
  const { kinds, asking } = useKindsStore.getState();
  if (asking || kinds.length > 0) return;
  useKindsStore.setState({ asking: true });
  const result = await eletter.kinds.list({});
  // Refused, as while locked: the next screen that needs them asks again.
  useKindsStore.setState({ asking: false, ...(result.ok ? { kinds: result.value } : {}) });
}

/** After an administrator changed them. What is known stays until the answer. */
export async function refreshKinds(): Promise<void> {
  const result = await eletter.kinds.list({});
  if (result.ok) useKindsStore.setState({ kinds: result.value });
}

/** Empty until they are read, which the desk sees to before anybody needs them. */
export function useKinds(): readonly Kind[] {
  useEffect(() => void readKinds(), []);
  return useKindsStore((state) => state.kinds);
}

export const useKind = (id: LetterKind): Kind | null => useKinds().find((kind) => kind.id === id) ?? null;

/** The name of a kind in the language of the screen; one that the profile lost goes by its id. */
export function useKindName(): (id: LetterKind) => string {
  const language = useLanguage();
  const kinds = useKinds();
  return (id) => kinds.find((kind) => kind.id === id)?.name[language] ?? id;
}

/** A field of a letter in words, a kind's own ones (`details.dasar`) among them. */
export function useFieldName(): (field: string) => string {
  const text = useText();
  const language = useLanguage();
  const kinds = useKinds();
  return (field) => {
    const own = /^details\.(.+)$/.exec(field)?.[1];
    if (own === undefined) return text.fields[field] ?? field;
    const found = kinds.flatMap((kind) => kind.fields).find((one) => one.name === own);
    return found?.label[language].toLowerCase() ?? own;
  };
}
