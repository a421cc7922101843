import { commonName, judgeReport } from './judgement.ts';
import { answers } from './messages/answers.ts';
import type { Language } from './people.ts';
import type { VerificationReport } from './verification.ts';

/** What one row of a table of reports says of its file. Times are ISO 8601. */
export interface ReportRow {
  readonly sentence: string;
  readonly signers: readonly string[];
  /** Proven where something proves it, else as the signer claims. */
  readonly times: readonly string[];
  readonly problems: readonly string[];
  /** Every signature under an Indonesian PSrE; null where there is none. */
  readonly certified: boolean | null;
}

export function reportRow(report: VerificationReport, language: Language): ReportRow {
  const people = report.signatures.filter(({ kind }) => kind === 'signature');
  const all = [...report.problems, ...report.signatures.flatMap(({ problems }) => problems)];
  return {
    sentence: answers[language].sentence[judgeReport(report).key],
    signers: people.map(({ signer }) => commonName(signer?.subject ?? '?')),
    times: people.flatMap(({ bestTime, claimedTime }) => bestTime ?? claimedTime ?? []),
    problems: [...new Set(all.map(({ message }) => message))],
    certified: people.length === 0 ? null : people.every(({ psre }) => psre),
  };
}

/** CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. */
export function reportsAsCsv(reports: readonly VerificationReport[], language: Language): string {
  const { table } = answers[language];
  const head = [
    table.file,
    'SHA-256',
    table.conclusion,
    'EN 319 102-1',
    table.signer,
    table.time,
    table.certified,
    table.problems,
  ];
  const rows = reports.map((report) => {
    const row = reportRow(report, language);
    const certified = row.certified === null ? '' : row.certified ? table.yes : table.no;
    return [
      report.file,
      report.sha256,
      row.sentence,
      report.conclusion,
      row.signers.join('; '),
      row.times.join('; '),
      certified,
      row.problems.join(' | '),
    ];
  });
  return `\ufeff${[head, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** File names and certificates are strangers' words: a spreadsheet must not take one for a formula. */
function cell(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line;
  return `"${safe.replaceAll('"', '""')}"`;
}
