import { commandLine, type Lowering } from '../core/contract/index.ts';
import type { Command } from './arguments.ts';

/** What commands that speak to a timestamp authority share. */

/** http or https without user and password: nothing else is asked for a timestamp. */
export function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** Why a level was not reached, in words. */
export function loweringText(language: Command['language'], { code, reason }: Lowering): string {
  const text = commandLine[language].lowerings[code];
  return `${text}${reason === null ? '' : ` (${reason})`} [${code}]`;
}
