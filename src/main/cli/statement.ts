import { existsSync } from 'node:fs';
import { commandLine, fill, valueOf, type StatementCheck } from '../core/contract/index.ts';
import { readInputFile } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';

const exitOf: Readonly<Record<StatementCheck['outcome'], number>> = {
  genuine: exits.ok,
  'unknown-office': exits.indeterminate,
  forged: exits.failed,
};

/** `eletter statement check TEXT|FILE --card CARD.json...`: what a scanner read from a letter's QR code, offline. */
export async function statement(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  const [verb, scanned, ...more] = files;
  if (verb !== 'check')
    throw new UsageError(fill(texts.unknown, { command: `statement ${verb ?? ''}`.trim() }));
  if (scanned === undefined || more.length > 0)
    throw new UsageError(fill(texts.missing, { argument: 'TEXT' }));
  const cards = (values.card ?? []).map((file) => readInputFile(file));
  const text =
    !scanned.startsWith('ELT1:') && existsSync(scanned) ? readInputFile(scanned).toString('utf8') : scanned;
  const check = valueOf(await app.call('tool.statementCheck', { text, cards }));
  if (values.json) console.log(JSON.stringify(check));
  else for (const line of readable(check, texts)) console.log(line);
  return exitOf[check.outcome];
}

function readable(check: StatementCheck, texts: (typeof commandLine)[Command['language']]): string[] {
  if (check.outcome === 'unknown-office') return [fill(texts.statementUnknown, { key: check.keyId })];
  if (check.outcome === 'forged') return [fill(texts.statementForged, { office: check.office })];
  const { number, date, sender, signer, subject } = check.facts;
  const rows = [
    [texts.statementNumber, number],
    [texts.statementDate, date],
    [texts.statementSender, sender],
    [texts.statementSigner, signer],
    [texts.statementSubject, subject ?? texts.statementWithheld],
  ];
  return [
    fill(texts.statementGenuine, { office: check.office }),
    ...rows.map(([label, value]) => `  ${label}: ${value}`),
    texts.statementLimits,
  ];
}
