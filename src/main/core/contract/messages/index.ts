import type { ErrorParams, ErrorShape } from '../errors.ts';
import type { Language } from '../people.ts';
import { id } from './id.ts';
import { longDate } from './dates.ts';
import { en } from './en.ts';

/** Texts for error codes and report problems: the one catalogue that the command line and the page share. */
export const messages = { id, en } as const;

/** The text for a coded error, `{name}` replaced from its params, plain dates in words. */
export function messageFor(language: Language, error: ErrorShape): string {
  const params = Object.entries(error.params ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? longDate(language, value) : value,
  ]);
  return fill(messages[language].errors[error.code], Object.fromEntries(params) as ErrorParams);
}

/** Replaces `{name}` by its value; a name without a value stays visible, so that tests notice it. */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
