import { fill, type commandLine, type Language, type StatementCheck } from '../core/contract/index.ts';
import { exits } from './arguments.ts';

/** How an answer about a statement reads in a terminal, and its exit code. */
export type Texts = (typeof commandLine)[Language];

export const exitOf: Readonly<Record<StatementCheck['outcome'], number>> = {
  genuine: exits.ok,
  'unknown-office': exits.indeterminate,
  forged: exits.failed,
  'withdrawn-key': exits.failed,
};

export function readable(check: StatementCheck, texts: Texts): string[] {
  if (check.outcome === 'unknown-office') return [fill(texts.statementUnknown, { key: check.keyId })];
  if (check.outcome === 'forged') return [fill(texts.statementForged, { office: check.office })];
  if (check.outcome === 'withdrawn-key')
    return [fill(texts.statementWithdrawn, { office: check.office, until: check.until })];
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
    ...check.warnings.map((warning) => texts.statementWarnings[warning]),
    texts.statementLimits,
  ];
}
