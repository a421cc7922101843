import type { ErrorShape } from '../errors.ts';
import type { Language } from '../people.ts';
import { id } from './id.ts';
import { en } from './en.ts';

/** Texts for error codes and report problems: the one catalogue that the command line and the page share. */
export const messages = { id, en } as const;

/** The text for a coded error, `{name}` replaced from its params. */
export function messageFor(language: Language, error: ErrorShape): string {
  return fill(messages[language].errors[error.code], error.params ?? {});
}

/** Replaces `{name}` by its value; a name without a value stays visible, so that tests notice it. */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
