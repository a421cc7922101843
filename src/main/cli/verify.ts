import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  AppError,
  commandLine,
  fill,
  longMoment,
  messageFor,
  type Conclusion,
  type VerificationReport,
  valueOf,
} from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { documentsIn, readDocument } from './documents.ts';
import { readSecret } from './secrets.ts';

const exitOf: Readonly<Record<Conclusion, number>> = {
  UNREADABLE: exits.data,
  'TOTAL-FAILED': exits.failed,
  INDETERMINATE: exits.indeterminate,
  'NO-SIGNATURE': exits.unsigned,
  'TOTAL-PASSED': exits.ok,
};
/** ISO 8601: a date, or a moment with its zone. */
const isoMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Files that are read before their turn. */
const ahead = 2;

/** DESIGN §5: over several files the first that applies. */
const order = [exits.data, exits.failed, exits.indeterminate, exits.unsigned, exits.ok];

/** `eletter verify`: one report per file, of a folder every PDF; what cannot be read does not stop the others. */
export async function verify(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  if (files.length === 0) throw new UsageError(fill(texts.missing, { argument: 'FILE' }));
  const at = values.at ?? null;
  if (at !== null && (!isoMoment.test(at) || Number.isNaN(Date.parse(at))))
    throw new UsageError(fill(texts.badValue, { argument: '--at' }));
  const trust =
    values.trust?.flatMap((path) => readTrust(path, fill(texts.badValue, { argument: `--trust ${path}` }))) ??
    null;
  const password = values['password-file'] === undefined ? null : readSecret(values['password-file']);
  const online = values.online ?? false;
  const printed = values.report;
  // One sheet is about one file.
  if (printed !== undefined && (printed === '' || files.length !== 1))
    throw new UsageError(fill(texts.badValue, { argument: '--report' }));
  const codes = new Set<number>();
  const documents = files.flatMap(documentsIn);
  const begun: Promise<VerificationReport>[] = [];
  for (const [index, file] of documents.entries()) {
    // The next file is read and handed over while this one is judged.
    while (begun.length < Math.min(documents.length, index + 1 + ahead))
      begun.push(begin(documents[begun.length] ?? file));
    const report = await (begun[index] ?? reportOn(file));
    codes.add(exitOf[report.conclusion]);
    // Nothing was read, nothing can be said on paper about it.
    if (printed !== undefined && report.sha256 !== '') writeOutput(printed, await printedReport(file));
    console.log(values.json ? JSON.stringify(report) : readable(report, command.language));
  }
  return order.find((code) => codes.has(code)) ?? exits.ok;

  function begin(file: string): Promise<VerificationReport> {
    const report = reportOn(file);
    // Waited for in its turn; what an earlier one already said need not be said twice.
    report.catch(() => undefined);
    return report;
  }

  async function printedReport(file: string): Promise<Uint8Array> {
    const input = { file, bytes: readDocument(file), trust, at, language, password, online };
    return valueOf(await app.call('tool.report', input)).pdf;
  }

  async function reportOn(file: string): Promise<VerificationReport> {
    try {
      return valueOf(
        await app.call('tool.verify', {
          file,
          bytes: readDocument(file),
          trust,
          at,
          language,
          password,
          online,
        }),
      );
    } catch (error) {
      // A trust list that cannot be read is the caller's mistake, not the file's.
      if (!(error instanceof AppError) || error.code.startsWith('ANCHOR_')) throw error;
      const problems = [{ code: error.code, message: messageFor(language, error.toShape()) }];
      return { file, sha256: '', conclusion: 'UNREADABLE', revisions: 0, signatures: [], problems };
    }
  }
}

/** A file with certificates, or every file of a folder. */
export function readTrust(path: string, missing: string): Uint8Array[] {
  if (path === '' || !existsSync(path)) throw new UsageError(missing);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(pem|crt|cer|der)$/i.test(entry.name))
      .map((entry) => readInputFile(join(path, entry.name)));
  }
  return [readInputFile(path)];
}

function readable(report: VerificationReport, language: Command['language']): string {
  const texts = commandLine[language];
  const lines = [`${report.file}: ${texts.conclusions[report.conclusion]}`];
  for (const problem of report.problems) lines.push(`  - ${problem.message} [${problem.code}]`);
  for (const signature of report.signatures) {
    lines.push(
      `  ${texts.signature} ${signature.field} (${signature.level}, ${signature.indication}${signature.subIndication ? `/${signature.subIndication}` : ''})`,
    );
    const whole =
      signature.integrity === null ? texts.unjudged : signature.integrity ? texts.unchanged : texts.changed;
    lines.push(`    ${whole}.`);
    if (signature.signer) {
      lines.push(
        `    ${texts.signer}: ${signature.signer.subject}`,
        `    ${texts.issuer}: ${signature.signer.issuer}`,
      );
    }
    if (signature.kind === 'signature')
      lines.push(`    ${signature.psre ? texts.certified : texts.uncertified}`);
    if (signature.claimedTime)
      lines.push(`    ${texts.claimed}: ${longMoment(language, signature.claimedTime)}`);
    for (const problem of signature.problems) lines.push(`    - ${problem.message} [${problem.code}]`);
  }
  // Names come from the file: control characters in them would speak to the terminal.
  return lines.map((line) => line.replace(/[\p{Cc}\p{Cf}]/gu, '�')).join('\n');
}
