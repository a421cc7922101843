import { createHash } from 'node:crypto';
import {
  AppError,
  claimsStatement,
  commandLine,
  fill,
  messageFor,
  valueOf,
  type ErrorShape,
  type PaperCode,
  type PaperReading,
} from '../core/contract/index.ts';
import { readInputFile } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { exitOf, readable, type Texts } from './statement-words.ts';

/** `eletter statement check --scan FILE…`: one answer per file, whatever is wrong with the one before. */
type Conclusion = 'GENUINE' | 'INDETERMINATE' | 'FORGED' | 'NO-STATEMENT' | 'UNREADABLE';

const exitOfFile: Readonly<Record<Conclusion, number>> = {
  UNREADABLE: exits.data,
  FORGED: exits.failed,
  INDETERMINATE: exits.indeterminate,
  'NO-STATEMENT': exits.unsigned,
  GENUINE: exits.ok,
};
/** As for verify: the first that applies. */
const order: readonly Conclusion[] = ['UNREADABLE', 'FORGED', 'INDETERMINATE', 'NO-STATEMENT', 'GENUINE'];

interface Answer {
  readonly file: string;
  readonly sha256: string | null;
  readonly conclusion: Conclusion;
  readonly pagesRead: number;
  readonly pages: number;
  readonly codes: readonly (PaperCode & { readonly page: number })[];
  readonly error: ErrorShape | null;
}

export async function checkScans(
  command: Command,
  files: readonly string[],
  cards: readonly Uint8Array[],
  app: LocalEngine['app'],
): Promise<number> {
  const { values, language } = command;
  const texts = commandLine[language];
  if (files.length === 0) throw new UsageError(fill(texts.missing, { argument: 'FILE' }));
  // A card that cannot be read is nobody's picture's fault.
  valueOf(await app.call('tool.statementCards', { cards }));
  const conclusions = new Set<Conclusion>();
  for (const file of files) {
    const answer = await checkScan(file, cards, app);
    conclusions.add(answer.conclusion);
    if (values.json) console.log(JSON.stringify(answer));
    else for (const line of wordsOf(answer, texts, command)) console.log(line);
  }
  const worst = order.find((one) => conclusions.has(one)) ?? 'GENUINE';
  return exitOfFile[worst];
}

async function checkScan(
  file: string,
  cards: readonly Uint8Array[],
  app: LocalEngine['app'],
): Promise<Answer> {
  try {
    const bytes = readInputFile(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const result = await app.call('tool.statementScan', { bytes, cards });
    if (!result.ok) return unreadable(file, sha256, result.error);
    const { pages, pageCount } = result.value;
    const codes = pages.flatMap(({ page, codes: found }) => found.map((code) => ({ page, ...code })));
    const conclusion = concludeOn(result.value);
    return { file, sha256, conclusion, pagesRead: pages.length, pages: pageCount, codes, error: null };
  } catch (error) {
    if (error instanceof AppError) return unreadable(file, null, error.toShape());
    throw error;
  }
}

const unreadable = (file: string, sha256: string | null, error: ErrorShape): Answer => ({
  file,
  sha256,
  conclusion: 'UNREADABLE',
  pagesRead: 0,
  pages: 0,
  codes: [],
  error,
});

function concludeOn({ pages, pageCount }: PaperReading): Conclusion {
  const claims = pages.flatMap(({ codes }) => codes).filter(({ text }) => claimsStatement(text));
  const exitCodes = claims.map(({ check }) => (check ? exitOf[check.outcome] : exits.indeterminate));
  if (exitCodes.includes(exits.failed)) return 'FORGED';
  if (exitCodes.includes(exits.indeterminate)) return 'INDETERMINATE';
  if (exitCodes.length > 0) return 'GENUINE';
  return pages.length < pageCount ? 'INDETERMINATE' : 'NO-STATEMENT';
}

function wordsOf(answer: Answer, texts: Texts, { language }: Command): string[] {
  const lines = [`${answer.file}:`];
  if (answer.error) lines.push(`  ${messageFor(language, answer.error)} [${answer.error.code}]`);
  for (const { page, text, check } of answer.codes) {
    const where = answer.pages > 1 ? fill(texts.scanPage, { page }) : '';
    const said = check
      ? readable(check, texts)
      : [claimsStatement(text) ? texts.scanBroken : fill(texts.scanOther, { text: printable(text) })];
    lines.push(...said.map((line, index) => `  ${index === 0 ? where : ''}${line}`));
  }
  if (answer.codes.length === 0 && !answer.error) lines.push(`  ${texts.scanNothing}`);
  if (answer.pagesRead < answer.pages)
    lines.push(`  ${fill(texts.scanPartly, { read: answer.pagesRead, pages: answer.pages })}`);
  return lines;
}

/** A code can hold anything: nothing of it may speak to the terminal, or hide. */
const shownCharacters = 120;
const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '�').slice(0, shownCharacters);
