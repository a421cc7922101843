import { createHash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type {
  Conclusion,
  ReportProblem,
  SignatureReport,
  VerificationReport,
} from '../contract/verification.ts';
import { parsePdf, signatureFields } from '../pdf/index.ts';
import type { AnomalyCode, PdfFile, RemovedSignature, SignatureField } from '../pdf/index.ts';
import { parseCertificate } from '../pki/index.ts';
import type { PoolTasks } from '../ports.ts';
import { overlap } from './byte-range.ts';
import { takesFromOtherFiles } from './external.ts';
import { problemText, worst } from './problems.ts';
import type { FileProblem } from './problems.ts';
import { judgeSignature, readCandidate } from './signature.ts';
import type { Candidate } from './signature.ts';
import { findStrays } from './stray.ts';
import type { TrustContext } from './trust.ts';

/** Each signature costs a digest of the whole file; no real file comes near either number. */
const maximumSignatures = 250;
const maximumDigested = 1_000_000_000;

const affordable = (file: PdfFile): number =>
  Math.min(maximumSignatures, Math.max(1, Math.floor(maximumDigested / file.bytes.length)));

export type VerifyInput = PoolTasks['verify']['input'];

/**
 * Verifies every signature of a PDF at `input.at` (an ISO instant) against `input.trust`, by the order of
 * ETSI EN 319 102-1. Bad files and bad signatures are results, never exceptions. Nothing is fetched.
 *
 * @throws AppError BAD_REQUEST where `at` is no instant.
 */
export async function verifyPdf(input: VerifyInput): Promise<VerificationReport> {
  const at = new Date(input.at);
  if (Number.isNaN(at.getTime())) throw new AppError('BAD_REQUEST', { field: 'at' });
  const base = { file: input.file, sha256: createHash('sha256').update(input.bytes).digest('hex') };
  const problem = (code: FileProblem): ReportProblem => ({
    code,
    message: problemText(input.language, code),
  });
  const context: TrustContext = { anchors: readAnchors(input.trust), at };
  try {
    return { ...base, ...judgeFile(parsePdf(input.bytes), context, input, problem) };
  } catch (error) {
    // A RangeError is a limit of the runtime itself (stack, memory), which only a hostile file reaches.
    if (!(error instanceof AppError) && !(error instanceof RangeError)) throw error;
    const encrypted = error instanceof AppError && error.code === 'PDF_ENCRYPTED';
    const problems = [problem(encrypted ? 'FILE_ENCRYPTED' : 'FILE_UNREADABLE')];
    if (Buffer.from(input.bytes).includes('/ByteRange')) problems.push(problem('UNREADABLE_HOLDS_SIGNATURE'));
    return { ...base, conclusion: 'UNREADABLE', revisions: 0, signatures: [], problems };
  }
}

function judgeFile(
  file: PdfFile,
  context: TrustContext,
  input: VerifyInput,
  problem: (code: FileProblem) => ReportProblem,
): Omit<VerificationReport, 'file' | 'sha256'> {
  const listed = signatureFields(file).filter(isSigned);
  const strays = findStrays(file, listed);
  // The removed ones first: they are the older ones, and the ones that must not fall off the end.
  const all = [...strays.removed, ...listed];
  const fields = all.slice(0, affordable(file));
  const signatures = judgeAll(file, fields, context, input);
  const problems: ReportProblem[] = [];
  if (file.needsRepair) problems.push(problem('FILE_REPAIR_NEEDED'));
  if (all.length > fields.length) problems.push(problem('TOO_MANY_SIGNATURES'));
  if (strays.stray) problems.push(problem('STRAY_SIGNATURE'));
  if (strays.usageRights) problems.push(problem('USAGE_RIGHTS_SIGNATURE'));
  const doubtful =
    strays.stray || all.length > fields.length || (signatures.length === 0 && (strays.any || mayHide(file)));
  const conclusion = conclude(signatures, doubtful);
  return { conclusion, revisions: file.revisions.length, signatures, problems };
}

/** Faults behind which a repairing viewer may find what a strict reader does not see. */
const hiding: ReadonlySet<AnomalyCode> = new Set([
  'STARTXREF_WRONG',
  'BYTES_AFTER_END',
  'XREF_ORDER',
  'XREF_ENTRY_WRONG',
  'XREF_DUPLICATE',
  'OBJECT_UNLISTED',
  'BYTES_UNACCOUNTED',
  'OBJECTS_OVERLAP',
  'OBJECT_MALFORMED',
  'CATALOG_MISSING',
]);

/** "No signature" is only said of a file whose every byte was understood. */
const mayHide = (file: PdfFile): boolean => file.anomalies.some(({ code }) => hiding.has(code));

/** A /V that leads nowhere is a signature that was taken out, not a field that waits for one. */
const isSigned = (field: SignatureField): boolean => field.value !== null || field.valueRef !== null;

function readAnchors(trust: VerifyInput['trust']): TrustContext['anchors'] {
  return trust.flatMap(({ der, psre }) => {
    try {
      return [{ certificate: parseCertificate(der), psre }];
    } catch (error) {
      // An anchor that cannot be read trusts nobody; the others still count.
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}

function judgeAll(
  file: PdfFile,
  fields: readonly (SignatureField | RemovedSignature)[],
  context: TrustContext,
  input: VerifyInput,
): readonly SignatureReport[] {
  const candidates = distinct(fields.map((field) => readCandidate(file, field, input.language)));
  for (const one of candidates) {
    for (const other of candidates) {
      if (one === other || !one.coverage || !other.coverage) continue;
      if (overlap(one.coverage, other.coverage)) one.findings.add('BYTE_RANGE_OVERLAP');
    }
  }
  if (candidates.length > 0 && takesFromOtherFiles(file)) {
    for (const { findings } of candidates) findings.add('EXTERNAL_CONTENT');
  }
  return candidates.map((candidate) => judgeSignature(file, candidate, context, input.language));
}

/** One signature per value: fields that share a /V show the same signature twice. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const candidate of candidates) {
    const { value, name } = candidate.field;
    const same = value === null ? undefined : found.find((one) => one.field.value === value);
    if (same) same.findings.add('FIELD_VALUE_SHARED', { field: name });
    else found.push(candidate);
  }
  return found;
}

function conclude(signatures: readonly SignatureReport[], doubtful: boolean): Conclusion {
  if (signatures.length === 0) return doubtful ? 'INDETERMINATE' : 'NO-SIGNATURE';
  const so = signatures.map(({ indication }) => indication).reduce(worst, 'TOTAL-PASSED');
  return doubtful ? worst(so, 'INDETERMINATE') : so;
}
