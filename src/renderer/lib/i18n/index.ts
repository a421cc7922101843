import { create } from 'zustand';
import type { ErrorShape, Language } from '../../../main/core/contract/index.ts';
import { messageFor } from '../../../main/core/contract/index.ts';
import { plainDate } from '../format.ts';
import { en } from './en.ts';
import { id, type Catalogue } from './id.ts';

const catalogues: Readonly<Record<Language, Catalogue>> = { id, en };

interface LanguageState {
  readonly language: Language;
}

const useLanguageStore = create<LanguageState>()(() => ({ language: 'id' }));

/** Switches every text of the page; whether the choice is kept is the caller's business. */
export function showLanguage(language: Language): void {
  document.documentElement.lang = language;
  useLanguageStore.setState({ language });
}

export const useLanguage = (): Language => useLanguageStore((state) => state.language);
export const useText = (): Catalogue => catalogues[useLanguage()];

/** For code outside components, such as results that arrive later. */
export const textNow = (): Catalogue => catalogues[useLanguageStore.getState().language];

/** Text of a coded error; names of fields and dates within it are put in the reader's words. */
export function errorText(error: ErrorShape, language: Language): string {
  const field = error.params?.['field'];
  const date = error.params?.['date'];
  if (field === undefined && date === undefined) return messageFor(language, error);
  return messageFor(language, {
    code: error.code,
    params: {
      ...error.params,
      ...(typeof field === 'string' ? { field: catalogues[language].fields[field] ?? field } : {}),
      ...(typeof date === 'string' ? { date: plainDate(date, language) } : {}),
    },
  });
}

export const errorTextNow = (error: ErrorShape): string =>
  errorText(error, useLanguageStore.getState().language);

export function useErrorText(): (error: ErrorShape) => string {
  const language = useLanguage();
  return (error) => errorText(error, language);
}
