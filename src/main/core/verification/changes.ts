import type { Language } from '../contract/people.ts';
import type { ReportChange, SignatureReport } from '../contract/verification.ts';
import { isArray, nameOf } from '../pdf/index.ts';
import type { PdfDict, PdfFile, RemovedSignature } from '../pdf/index.ts';
import type { Coverage } from './byte-range.ts';
import { problemText } from './problems.ts';
import type { Findings } from './problems.ts';

/** A file may have a thousand revisions; the first ones say enough. */
const maximumListed = 50;

type ChangesAfter = SignatureReport['changesAfter'];

/**
 * What stands behind the last signed byte. Only the exact end of the file counts as "none". Further revisions
 * are listed but not judged in this version; bytes that belong to no well-formed revision are forbidden,
 * because a repairing viewer may show what they hold (SIGNATURES §D, ISA).
 */
export function judgeChanges(
  file: PdfFile,
  coverage: Coverage,
  language: Language,
  findings: Findings,
): { readonly changesAfter: ChangesAfter; readonly changes: readonly ReportChange[] } {
  const changes: ReportChange[] = [];
  for (const revision of file.revisions) {
    if (revision.number <= coverage.revision.number || changes.length >= maximumListed) continue;
    changes.push({
      what: problemText(language, 'CHANGE_REVISION'),
      where: problemText(language, 'WHERE_REVISION', { number: revision.number }),
      verdict: 'not-judged',
    });
  }
  for (const { code, offset } of file.anomalies) {
    if (offset < coverage.end || code === 'OBJECT_ELSEWHERE') continue;
    changes.push({
      what: problemText(language, 'CHANGE_FOREIGN_BYTES'),
      where: problemText(language, 'WHERE_BYTE', { offset }),
      verdict: 'forbidden',
    });
  }
  const atEnd = coverage.end === file.bytes.length;
  if (!atEnd && changes.length === 0) {
    changes.push({
      what: problemText(language, 'CHANGE_TRAILING_BYTES'),
      where: problemText(language, 'WHERE_BYTE', { offset: coverage.end }),
      verdict: 'not-judged',
    });
  }
  if (changes.some(({ verdict }) => verdict === 'forbidden')) {
    findings.add('CHANGES_FORBIDDEN');
    return { changesAfter: 'forbidden', changes };
  }
  if (file.needsRepair) findings.add('FILE_NEEDS_REPAIR');
  if (!atEnd) findings.add('CHANGES_NOT_JUDGED');
  return { changesAfter: atEnd && !file.needsRepair ? 'none' : 'not-judged', changes };
}

/** A signature that a later revision took out of the form: no rule allows that (ISO 32000-2 §12.8.2.2.2). */
export function judgeRemoval(
  field: RemovedSignature,
  changes: readonly ReportChange[],
  language: Language,
  findings: Findings,
): { readonly changesAfter: ChangesAfter; readonly changes: readonly ReportChange[] } {
  findings.add('SIGNATURE_REMOVED');
  const removal: ReportChange = {
    what: problemText(language, 'CHANGE_SIGNATURE_REMOVED'),
    where: problemText(language, 'WHERE_REVISION', { number: field.revision + 1 }),
    verdict: 'forbidden',
  };
  return { changesAfter: 'forbidden', changes: [...changes, removal] };
}

/** The /P of a certification signature (ISO 32000-2 §12.8.2.2, Table 257), else null. */
export function readDocMdp(file: PdfFile, dict: PdfDict): SignatureReport['docMdp'] {
  const references = file.get(dict, 'Reference');
  for (const reference of isArray(references) ? references.items.slice(0, 32) : []) {
    if (nameOf(file.get(reference, 'TransformMethod')) !== 'DocMDP') continue;
    const level = file.get(file.get(reference, 'TransformParams'), 'P');
    return level === 1 || level === 3 ? level : 2;
  }
  return null;
}
