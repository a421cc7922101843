import { statSync } from 'node:fs';
import { AppError, commandLine, fill, messageFor, type Renewal, valueOf } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { pdfsIn } from './documents.ts';
import { readSecret } from './secrets.ts';
import { isWebAddress, loweringText } from './lowering.ts';
import { readTrust } from './verify.ts';

const defaultDays = 180;
const maximumDays = 36_500;
/** Files in a row for which the authority did not answer, after which the others are left for another day. */
const enoughSilence = 3;

type Outcome = Renewal['outcome'] | 'failed';

/**
 * `eletter renew`: carries signed PDFs on, one by one, a whole archive if a folder is named. Each file only grows,
 * and appears whole or stays as it was; one that fails does not stop the others.
 */
export async function renew(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  const { tsa } = values;
  if (files.length === 0) throw new UsageError(fill(texts.missing, { argument: 'FILE' }));
  if (tsa === undefined) throw new UsageError(fill(texts.missing, { argument: '--tsa' }));
  if (!isWebAddress(tsa)) throw new UsageError(fill(texts.badValue, { argument: '--tsa' }));
  const withinDays = values.within === undefined ? defaultDays : Number(values.within);
  if (!Number.isInteger(withinDays) || withinDays < 0 || withinDays > maximumDays) {
    throw new UsageError(fill(texts.badValue, { argument: '--within' }));
  }
  const trust =
    values.trust?.flatMap((path) => readTrust(path, fill(texts.badValue, { argument: `--trust ${path}` }))) ??
    null;
  const password = values['password-file'] === undefined ? null : readSecret(values['password-file']);
  const counts: Record<Outcome, number> = { renewed: 0, 'not-due': 0, unsigned: 0, later: 0, failed: 0 };
  let silence = 0;
  const waiting = files.flatMap((file) => pdfsIn(file));
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const { outcome, facts, text } = await renewOne(file, tsa);
    silence = outcome === 'later' && 'code' in facts && facts.code === 'TSA_UNREACHABLE' ? silence + 1 : 0;
    counts[outcome] += 1;
    const line = values.json ? JSON.stringify({ file, outcome, ...facts }) : text;
    // names come from a folder: control characters in them would speak to the terminal
    console.log(line.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd'));
    if (silence < enoughSilence || waiting.length === 0) continue;
    // each more would wait for the whole time-out again
    counts.later += waiting.length;
    console.error(fill(texts.renewStopped, { count: waiting.length }));
    break;
  }
  if (!values.json) console.log(fill(texts.renewals, { ...counts, notDue: counts['not-due'] }));
  if (counts.failed > 0) return exits.failed;
  return counts.later > 0 ? exits.unavailable : exits.ok;

  async function renewOne(file: string, authority: string): Promise<Told> {
    try {
      const before = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      const pdf = readInputFile(file);
      const renewal = valueOf(
        await app.call('tool.renew', { pdf, tsa: authority, trust, withinDays, password }),
      );
      if (renewal.outcome === 'renewed') {
        if (statSync(file, { throwIfNoEntry: false })?.mtimeMs !== before) {
          throw new AppError('RENEWAL_REFUSED', { reason: 'CHANGED' });
        }
        writeOutput(file, renewal.pdf);
      }
      return told(file, renewal);
    } catch (error) {
      // trust that cannot be read is the caller's mistake, not the file's
      if (!(error instanceof AppError) || error.code.startsWith('ANCHOR_')) throw error;
      const { code } = error;
      const why = `${messageFor(language, error.toShape())} [${code}]`;
      return {
        outcome: 'failed',
        facts: { code, ...error.params },
        text: fill(texts.notRenewed, { file, why }),
      };
    }
  }

  function told(file: string, renewal: Renewal): Told {
    const { outcome } = renewal;
    switch (outcome) {
      case 'renewed':
      case 'not-due': {
        const { goodUntil } = renewal;
        const text = outcome === 'renewed' ? texts.renewed : texts.notDue;
        return { outcome, facts: { goodUntil }, text: fill(text, { file, date: goodUntil.slice(0, 10) }) };
      }
      case 'unsigned':
        return { outcome, facts: {}, text: fill(texts.notSigned, { file }) };
      case 'later': {
        const why = loweringText(language, renewal.lowering);
        return { outcome, facts: { ...renewal.lowering }, text: fill(texts.renewLater, { file, why }) };
      }
    }
  }
}

interface Told {
  readonly outcome: Outcome;
  readonly facts: object;
  readonly text: string;
}
