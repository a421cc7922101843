import type { Language } from '../contract/people.ts';
import type { ReportChange, SignatureReport } from '../contract/verification.ts';
import type { PdfFile, RemovedSignature } from '../pdf/index.ts';
import type { Coverage } from './byte-range.ts';
import type { Change, RevisionChanges } from './diff/index.ts';
import { isPermitted, limitsAt } from './permissions.ts';
import type { Limits, Restriction } from './permissions.ts';
import type { Pictures } from './picture/index.ts';
import { problemText } from './problems.ts';
import type { Findings } from './problems.ts';
import { isTolerated, needsRepair } from './soundness.ts';

/** A file may have a thousand revisions; the first ones say enough, and whatever is forbidden comes first. */
const maximumListed = 50;

type ChangesAfter = SignatureReport['changesAfter'];

export interface LaterChanges {
  readonly changesAfter: ChangesAfter;
  readonly changes: readonly ReportChange[];
  /** So many more are not listed. */
  readonly more: number;
}

/** What all signatures of a file share. */
export interface ChangeContext {
  readonly later: RevisionChanges;
  readonly restrictions: readonly Restriction[];
  /** Per signed revision, what its picture beside that of the current file objects to. */
  readonly pictures: Pictures;
  readonly language: Language;
  /** What was already put into words, since each signature tells the same permitted changes. */
  readonly told: Map<Change, ReportChange>;
}

/**
 * What stands behind the last signed byte. Each later revision is judged by rules (diff/) against what the
 * signatures in force permit; bytes that belong to no well-formed revision are forbidden, because a repairing
 * viewer may show what they hold (SIGNATURES §D, ISA). Only the exact end of the file counts as "none".
 */
export function judgeChanges(
  file: PdfFile,
  coverage: Coverage,
  context: ChangeContext,
  findings: Findings,
): LaterChanges {
  const { language } = context;
  const limits = limitsAt(context.restrictions, coverage.revision.number);
  const changes: ReportChange[] = [];
  for (const { code, offset } of file.anomalies) {
    if (offset < coverage.end || isTolerated(code)) continue;
    changes.push({
      what: problemText(language, 'CHANGE_FOREIGN_BYTES'),
      where: problemText(language, 'WHERE_BYTE', { offset }),
      verdict: 'forbidden',
      rule: 'FOREIGN_BYTES',
    });
  }
  const behind = file.revisions.filter(({ number }) => number > coverage.revision.number);
  for (const { number } of behind) {
    for (const change of context.later.of(number)) changes.push(report(change, limits, context, findings));
  }
  const objections = context.pictures.get(coverage.revision.number);
  if (objections === null) findings.add('PICTURE_NOT_COMPARED');
  for (const change of objections ?? []) changes.push(report(change, limits, context, findings));
  const atEnd = coverage.end === file.bytes.length;
  if (!atEnd && behind.length === 0) {
    changes.push({
      what: problemText(language, 'CHANGE_TRAILING_BYTES'),
      where: problemText(language, 'WHERE_BYTE', { offset: coverage.end }),
      verdict: 'not-judged',
      rule: 'TRAILING_BYTES',
    });
  }
  const listed = changes.toSorted((one, other) => weight(one) - weight(other)).slice(0, maximumListed);
  const more = changes.length - listed.length;
  if (listed.some(({ verdict }) => verdict === 'forbidden')) {
    findings.add('CHANGES_FORBIDDEN');
    return { changesAfter: 'forbidden', changes: listed, more };
  }
  const repair = needsRepair(file);
  if (repair) findings.add('FILE_NEEDS_REPAIR');
  const open = repair || objections === null || listed.some(({ verdict }) => verdict === 'not-judged');
  if (open) {
    if (!atEnd) findings.add('CHANGES_NOT_JUDGED');
    return { changesAfter: 'not-judged', changes: listed, more };
  }
  return { changesAfter: atEnd ? 'none' : 'permitted', changes: listed, more };
}

const weight = ({ verdict }: ReportChange): number =>
  ['forbidden', 'not-judged', 'permitted'].indexOf(verdict);

function report(
  change: Change,
  limits: Limits,
  { language, told }: ChangeContext,
  findings: Findings,
): ReportChange {
  const verdict = isPermitted(change, limits);
  if (verdict === 'level') findings.add('CHANGES_BEYOND_LEVEL');
  if (verdict === 'locked') findings.add('FIELD_LOCKED', { field: change.field ?? '' });
  const permitted: ReportChange = told.get(change) ?? {
    what: problemText(language, `CHANGE_${change.rule}`, { detail: change.detail ?? '' }),
    where: place(change, language),
    verdict: 'permitted',
    rule: change.rule,
    ...(change.page === null ? {} : { at: { page: change.page, area: change.area } }),
  };
  told.set(change, permitted);
  return verdict === 'permitted' ? permitted : { ...permitted, verdict: 'forbidden' };
}

/** `version 3, page 2, field "head"`, as far as it is known. */
function place({ revision, page, field, object }: Change, language: Language): string {
  const parts = [problemText(language, 'WHERE_REVISION', { number: revision })];
  if (page !== null) parts.push(problemText(language, 'WHERE_PAGE', { number: page }));
  if (field !== null) parts.push(problemText(language, 'WHERE_FIELD', { name: field.slice(0, 200) }));
  if (page === null && field === null && object !== null)
    parts.push(problemText(language, 'WHERE_OBJECT', { number: object }));
  return parts.join(', ');
}

/** A signature that a later revision took out of the form: no rule allows that (ISO 32000-2 §12.8.2.2.2). */
export function judgeRemoval(
  field: RemovedSignature,
  later: LaterChanges | null,
  language: Language,
  findings: Findings,
): LaterChanges {
  findings.add('SIGNATURE_REMOVED');
  const removal: ReportChange = {
    what: problemText(language, 'CHANGE_SIGNATURE_REMOVED'),
    where: problemText(language, 'WHERE_REVISION', { number: field.revision + 1 }),
    verdict: 'forbidden',
    rule: 'SIGNATURE_REMOVED',
  };
  return { changesAfter: 'forbidden', changes: [removal, ...(later?.changes ?? [])], more: later?.more ?? 0 };
}
