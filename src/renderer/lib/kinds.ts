/** The kinds of letter that the regulation profile knows. They are the same for everybody, so they are read once. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Kind, LetterKind } from '../../main/core/contract/index.ts';
import { eletter } from './bridge.ts';
import { useLanguage, useText } from './i18n/index.ts';

interface KindsState {
  readonly kinds: readonly Kind[];
  readonly asked: boolean;
}

const useKindsStore = create<KindsState>()(() => ({ kinds: [], asked: false }));

async function readKinds(): Promise<void> {
  if (useKindsStore.getState().asked) return;
  useKindsStore.setState({ asked: true });
  const result = await eletter.kinds.list({});
  // Refused while locked: whoever asks next tries again.
  useKindsStore.setState(result.ok ? { kinds: result.value } : { asked: false });
}

export function useKinds(): readonly Kind[] {
  const { kinds, asked } = useKindsStore();
  useEffect(() => {
    if (!asked) void readKinds();
  }, [asked]);
  return kinds;
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
