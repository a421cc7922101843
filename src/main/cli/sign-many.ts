import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import {
  AppError,
  commandLine,
  fill,
  messageFor,
  type SignedFile,
  type ToolCalls,
  valueOf,
} from '../core/contract/index.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { pdfsIn } from './documents.ts';
import { isFolder } from './places.ts';
import { loweringText } from './lowering.ts';

type Order = ToolCalls['tool.signFiles']['input'];

/** Files after which the person hears how it goes. */
const atATime = 256;

/**
 * `eletter sign` for many: each file of each folder into the same place below `--out`. What is there already is
 * left alone, so a run that was cut off goes on when it is begun again, and nothing is signed twice.
 */
export async function signMany(
  { files: named, values, language }: Command,
  app: LocalEngine['app'],
  out: string,
  order: Omit<Order, 'files'>,
): Promise<number> {
  const texts = commandLine[language];
  const files = filesFor(named, out, fill(texts.badValue, { argument: '--out' }));
  const waiting = files.filter(({ output }) => !existsSync(output));
  const counts = { signed: 0, there: files.length - waiting.length, failed: 0 };
  let lowered = false;
  for (let full = false; waiting.length > 0 && !full;) {
    const some = waiting.splice(0, atATime);
    for (const folder of new Set(some.map(({ output }) => dirname(output)))) makeFolder(folder);
    const { results } = valueOf(await app.call('tool.signFiles', { ...order, files: some }));
    for (const one of results) {
      // names come from a folder: control characters in them would speak to the terminal
      console.log(lineOf(one).replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd'));
      counts[one.result.ok ? 'signed' : 'failed'] += 1;
      lowered ||= one.result.ok && one.result.value.lowering !== null;
      full ||= !one.result.ok && one.result.error.code === 'DISK_FULL';
    }
  }
  if (!values.json) console.log(fill(texts.signedMany, counts));
  if (counts.failed > 0) return exits.failed;
  return lowered ? exits.indeterminate : exits.ok;

  function lineOf({ input, output, result }: SignedFile): string {
    if (values.json) {
      const facts = result.ok ? { ...result.value, level: levelName(result.value.level) } : result.error;
      return JSON.stringify({ input, file: output, ...facts });
    }
    if (!result.ok) {
      const why = `${messageFor(language, result.error)} [${result.error.code}]`;
      return fill(texts.notSignedFile, { file: input, why });
    }
    const { level, lowering, risks } = result.value;
    const reached = levelName(level);
    const line = fill(texts.signed, { file: output, level: reached });
    const beside = [
      ...(lowering
        ? [
            fill(texts.lowered, {
              wanted: levelName(order.options.level),
              reached,
              why: loweringText(language, lowering),
            }),
          ]
        : []),
      ...risks.map(({ code, where }) => fill(texts.risk, { what: texts.risks[code], where, code })),
    ];
    return beside.length > 0 ? `${line} – ${beside.join(' – ')}` : line;
  }
}

const levelName = (level: string): string => `B-${level.toUpperCase()}`;

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new AppError('FOLDER_NOT_WRITABLE', undefined, error);
  }
}

/** @throws UsageError where two files would get one name, or the results would lie among what is to be signed. */
function filesFor(named: readonly string[], out: string, mistake: string): Order['files'] {
  makeFolder(out);
  const target = realpathSync(out);
  const files = named.flatMap((path) => {
    if (!isFolder(path)) return [{ input: path, output: join(out, basename(path)) }];
    const folder = realpathSync(path);
    if (`${target}${sep}`.startsWith(`${folder}${sep}`)) throw new UsageError(mistake);
    return pdfsIn(path).map((input) => ({ input, output: join(out, relative(path, input)) }));
  });
  const inputs = new Set(files.map(({ input }) => (existsSync(input) ? realpathSync(input) : input)));
  const outputs = new Set(files.map(({ output }) => join(target, relative(out, output))));
  if (outputs.size < files.length || [...outputs].some((output) => inputs.has(output)))
    throw new UsageError(mistake);
  return files;
}
