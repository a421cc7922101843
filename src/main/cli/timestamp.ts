import { commandLine, fill, valueOf } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { isWebAddress, loweringText } from './lowering.ts';
import { samePlace } from './places.ts';
import { readSecret } from './secrets.ts';
import { readTrust } from './verify.ts';

/** `eletter timestamp`: a document timestamp alone, over a PDF that may be signed or not. */
export async function timestamp(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  const [file] = files;
  const { tsa, out } = values;
  if (file === undefined || files.length > 1) throw new UsageError(fill(texts.missing, { argument: 'FILE' }));
  if (tsa === undefined) throw new UsageError(fill(texts.missing, { argument: '--tsa' }));
  if (out === undefined || out === '') throw new UsageError(fill(texts.missing, { argument: '--out' }));
  if (!isWebAddress(tsa)) throw new UsageError(fill(texts.badValue, { argument: '--tsa' }));
  if (samePlace(file, out)) throw new UsageError(fill(texts.badValue, { argument: '--out' }));
  const trust =
    values.trust?.flatMap((path) => readTrust(path, fill(texts.badValue, { argument: `--trust ${path}` }))) ??
    null;
  const password = values['password-file'] === undefined ? null : readSecret(values['password-file']);
  const stamped = valueOf(
    await app.call('tool.timestamp', { pdf: readInputFile(file), tsa, trust, password }),
  );
  if (stamped.outcome === 'later') {
    console.error(fill(texts.notStamped, { why: loweringText(language, stamped.lowering) }));
    return exits.unavailable;
  }
  writeOutput(out, stamped.pdf);
  const { at } = stamped;
  console.log(values.json ? JSON.stringify({ file: out, at }) : fill(texts.stamped, { file: out, at }));
  return exits.ok;
}
