import { existsSync } from 'node:fs';
import { commandLine, fill, valueOf, type StatementCheck } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { readSecret } from './secrets.ts';
import { checkScans } from './statement-scan.ts';
import { exitOf, readable } from './statement-words.ts';

/** `eletter statement check|certify …`: paper, offline, with no vault. */
export async function statement(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  const [verb, ...given] = files;
  const stray = verb === 'certify' ? (values.scan ?? values.card) : (values.p12 ?? values.out);
  if (stray !== undefined) throw new UsageError(fill(texts.unknown, { command: `statement ${verb ?? ''}` }));
  if (verb === 'certify') return certify(command, given, app);
  if (verb !== 'check')
    throw new UsageError(fill(texts.unknown, { command: `statement ${verb ?? ''}`.trim() }));
  const cards = (values.card ?? []).map((file) => readInputFile(file));
  if (values.scan) return checkScans(command, given, cards, app);
  const [scanned, ...more] = given;
  if (scanned === undefined || more.length > 0)
    throw new UsageError(fill(texts.missing, { argument: 'TEXT' }));
  const text =
    !scanned.startsWith('ELT1:') && existsSync(scanned) ? readInputFile(scanned).toString('utf8') : scanned;
  const check: StatementCheck = valueOf(await app.call('tool.statementCheck', { text, cards }));
  if (values.json) console.log(JSON.stringify(check));
  else for (const line of readable(check, texts)) console.log(line);
  return exitOf[check.outcome];
}

/** `eletter statement certify CARD --p12 P12 --passphrase-file F --out OUT` */
async function certify(command: Command, given: readonly string[], app: LocalEngine['app']): Promise<number> {
  const { values, language } = command;
  const texts = commandLine[language];
  const need = (value: string | undefined, argument: string): string => {
    if (value === undefined) throw new UsageError(fill(texts.missing, { argument }));
    return value;
  };
  const out = need(values.out, '--out');
  const input = {
    card: readInputFile(need(given[0], 'CARD')),
    p12: readInputFile(need(values.p12, '--p12')),
    passphrase: readSecret(need(values['passphrase-file'], '--passphrase-file')),
  };
  const { card, certifiedBy } = valueOf(await app.call('tool.certifyCard', input));
  writeOutput(out, card);
  if (values.json) console.log(JSON.stringify({ file: out, certifiedBy }));
  else console.log(fill(texts.cardCertified, { file: out, subject: certifiedBy }));
  return exits.ok;
}
