import { commandLine, fill, valueOf } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';

/** `eletter typeset`: a letter as JSON (the shape TypesetLetter) → PDF/A-2a. */
export async function typeset(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files } = command;
  const texts = commandLine[command.language];
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new UsageError(fill(texts.missing, { argument: 'LETTER.json' }));
  const out = values.out ?? '';
  if (out === '') throw new UsageError(fill(texts.missing, { argument: '--out' }));
  const letter = readInputFile(file).toString('utf8');
  const profile = values.profile === undefined ? null : readInputFile(values.profile).toString('utf8');
  const made = valueOf(await app.call('tool.typeset', { letter, profile }));
  writeOutput(out, made.pdf);
  console.log(fill(texts.typeset, { file: out, pages: made.pages }));
  return exits.ok;
}
