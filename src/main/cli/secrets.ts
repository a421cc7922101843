import { readInputFile } from '../engine/files.ts';

/** The first line of a file: a secret never stands on the command line, where every process can read it. */
export function readSecret(path: string): string {
  const bytes = readInputFile(path);
  // PowerShell's redirection writes UTF-16, editors on Windows a byte order mark.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes).split(/\r?\n/, 1)[0] ?? '';
}
