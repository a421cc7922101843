import { AppError } from '../contract/errors.ts';
import type {
  Conclusion,
  ReportProblem,
  SignatureReport,
  VerificationReport,
} from '../contract/verification.ts';
import { parsePdf, signatureFields } from '../pdf/index.ts';
import type { AnomalyCode, PdfFile, RemovedSignature, SignatureField } from '../pdf/index.ts';
import { embeddedRevocation, parseCertificate } from '../pki/index.ts';
import type { EvidenceBytes, PoolTasks } from '../ports.ts';
import { overlap } from './byte-range.ts';
import { certificateReader } from './cms.ts';
import { kindOf, RevisionChanges } from './diff/index.ts';
import { readEvidence, readStores } from './evidence.ts';
import { takesFromOtherFiles } from './external.ts';
import { isPermitted, limitsAt, readRestrictions } from './permissions.ts';
import type { Restriction } from './permissions.ts';
import { comparePictures } from './picture/index.ts';
import type { SignedVersion } from './picture/index.ts';
import { PrefixDigests } from './prefix-digest.ts';
import { problemText, worst } from './problems.ts';
import type { FileProblem } from './problems.ts';
import { examine, judgeSignature, readCandidate } from './signature.ts';
import type { Candidate, Examined } from './signature.ts';
import { needsRepair } from './soundness.ts';
import { findStrays } from './stray.ts';
import { Timeline } from './timeline.ts';
import type { TrustContext } from './trust.ts';

/** Each signature costs a digest of the whole file; no real file comes near either number. */
const maximumSignatures = 250;
const maximumDigested = 1_000_000_000;

export const affordable = (file: PdfFile): number =>
  Math.min(maximumSignatures, Math.max(1, Math.floor(maximumDigested / file.bytes.length)));

export type VerifyInput = PoolTasks['verify']['input'];

/** What is known before the file is read. */
interface Given {
  readonly anchors: TrustContext['anchors'];
  readonly at: Date;
  readonly digests: PrefixDigests;
}

/**
 * Verifies every signature of a PDF at `input.at` (an ISO instant) against `input.trust`, by the order of
 * ETSI EN 319 102-1. Bad files and bad signatures are results, never exceptions. Nothing is fetched.
 *
 * @throws AppError BAD_REQUEST where `at` is no instant.
 */
export async function verifyPdf(input: VerifyInput): Promise<VerificationReport> {
  const at = new Date(input.at);
  if (Number.isNaN(at.getTime())) throw new AppError('BAD_REQUEST', { field: 'at' });
  const digests = new PrefixDigests(input.bytes);
  // Asked for last: by then most of the file has been digested for its signatures.
  const base = (): Pick<VerificationReport, 'file' | 'sha256'> => ({
    file: input.file,
    sha256: digests.of('sha256', [input.bytes]).toString('hex'),
  });
  const problem = (code: FileProblem): ReportProblem => ({
    code,
    message: problemText(input.language, code),
  });
  const context: Given = { anchors: readAnchors(input.trust), at, digests };
  try {
    const file = parsePdf(input.bytes, { password: input.password });
    const judged = await judgeFile(file, context, input, problem);
    return { ...base(), ...judged };
  } catch (error) {
    // A RangeError is a limit of the runtime itself (stack, memory), which only a hostile file reaches.
    if (!(error instanceof AppError) && !(error instanceof RangeError)) throw error;
    const problems = [problem(unreadable(error))];
    if (Buffer.from(input.bytes).includes('/ByteRange')) problems.push(problem('UNREADABLE_HOLDS_SIGNATURE'));
    return { ...base(), conclusion: 'UNREADABLE', revisions: 0, signatures: [], problems };
  }
}

/** Why the file could not be read. */
function unreadable(error: unknown): FileProblem {
  switch (error instanceof AppError ? error.code : null) {
    case 'PDF_ENCRYPTED':
      return 'FILE_ENCRYPTED';
    case 'PDF_PASSWORD_WRONG':
      return 'FILE_PASSWORD_WRONG';
    case 'PDF_ENCRYPTION_UNSUPPORTED':
      return 'FILE_ENCRYPTION_UNSUPPORTED';
    default:
      return 'FILE_UNREADABLE';
  }
}

async function judgeFile(
  file: PdfFile,
  context: Given,
  input: VerifyInput,
  problem: (code: FileProblem) => ReportProblem,
): Promise<Omit<VerificationReport, 'file' | 'sha256'>> {
  const listed = signatureFields(file).filter(isSigned);
  const strays = findStrays(file, listed);
  // The removed ones first: they are the older ones, and the ones that must not fall off the end.
  const all = [...strays.removed, ...listed];
  const fields = all.slice(0, affordable(file));
  const signatures = await judgeAll(file, fields, context, input);
  const problems: ReportProblem[] = [];
  if (needsRepair(file)) problems.push(problem('FILE_REPAIR_NEEDED'));
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
export const isSigned = (field: SignatureField): boolean => field.value !== null || field.valueRef !== null;

export function readAnchors(trust: VerifyInput['trust']): TrustContext['anchors'] {
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

async function judgeAll(
  file: PdfFile,
  fields: readonly (SignatureField | RemovedSignature)[],
  { anchors, at, digests }: Given,
  input: VerifyInput,
): Promise<readonly SignatureReport[]> {
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
  const certificates = anchors.map(({ certificate }) => certificate);
  const reader = certificateReader();
  const examined = candidates.map((candidate) => examine(file, candidate, certificates, reader, digests));
  const stored = readStores(file);
  const store = readEvidence([stored]);
  const evidence = readEvidence([
    stored,
    ...examined.map(broughtBy),
    ...(input.evidence ? [input.evidence] : []),
  ]);
  const trust: TrustContext = { anchors, at, evidence };
  const timestamps = examined.flatMap(({ cms, usable, findings }) =>
    cms?.token && usable ? [{ cms, coverage: usable, end: usable.end, findings }] : [],
  );
  const timeline = new Timeline(timestamps, trust);
  const later = new RevisionChanges(file);
  const restrictions = readRestrictions(file, candidates);
  const versions = examined.flatMap(({ cms, usable }) =>
    usable && cms?.integrity === true ? worthDrawing(file, usable.revision.number, later, restrictions) : [],
  );
  const pictures = await comparePictures(file, versions, input.password);
  const changes = { later, restrictions, pictures, language: input.language, told: new Map() };
  const sound = timestamps.filter(({ cms }) => cms.integrity === true);
  const level = { file, trust, store, timestamps: sound };
  return examined.map((one) => judgeSignature(file, one, { level, changes, timeline }));
}

/**
 * Is there something to see after this version that the rules permit? Evidence draws nothing, and what is
 * forbidden anyway needs no picture.
 */
function worthDrawing(
  file: PdfFile,
  revision: number,
  later: RevisionChanges,
  restrictions: readonly Restriction[],
): readonly SignedVersion[] {
  if (needsRepair(file)) return [];
  const behind = file.revisions.filter(({ number }) => number > revision);
  const changes = behind.flatMap(({ number }) => later.of(number));
  const seen = changes.some(({ rule, area }) => kindOf(rule) !== 'evidence' && area !== null);
  if (!seen) return [];
  const limits = limitsAt(restrictions, revision);
  const permitted = changes.every((one) => isPermitted(one, limits) === 'permitted');
  return permitted ? [{ revision, changes, pages: later.touchedPages(revision) }] : [];
}

export function broughtBy({ cms }: Pick<Examined, 'cms'>): EvidenceBytes {
  if (!cms) return { certificates: [], ocsps: [], crls: [] };
  const { ocsps, crls } = embeddedRevocation(cms.info);
  return {
    // Each signature's own certificates are looked at with it; another's may bear the same names.
    certificates: [],
    ocsps,
    crls: [...cms.crls, ...crls],
  };
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
