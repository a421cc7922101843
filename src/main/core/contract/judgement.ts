/**
 * What a verification report means to a reader: three answers per signature, then one sentence.
 * Pure. The one rule that never bends: nothing is `good` unless the report's conclusion is TOTAL-PASSED.
 */
import type { SignatureReport, VerificationReport } from './verification.ts';

/** good: green. plain: a fact in our favour that proves nothing alone. unsure: amber. bad: red. */
export type Tone = 'good' | 'plain' | 'unsure' | 'bad';

export type UnchangedKey = 'unchanged' | 'added' | 'changed' | 'forbidden' | 'notJudged' | 'unknown';
export type WhoKey = 'trusted' | 'untrusted' | 'selfSigned' | 'unknown';
export type WhenKey = 'timestamp' | 'claimed' | 'unknown';
export type RevokedKey =
  'notRevoked' | 'revoked' | 'issuerRevoked' | 'notChecked' | 'notOffered' | 'notAsked';
export type SentenceKey =
  | 'passed'
  | 'passedCertified'
  | 'changed'
  | 'failed'
  | 'untrusted'
  | 'revoked'
  | 'locked'
  | 'indeterminate'
  | 'unsigned'
  | 'unreadable';

export interface Answer<K> {
  readonly key: K;
  readonly tone: Tone;
}

export interface SignatureJudgement {
  readonly unchanged: Answer<UnchangedKey>;
  readonly who: Answer<WhoKey>;
  readonly when: Answer<WhenKey>;
  readonly revoked: Answer<RevokedKey>;
}

export interface Sentence {
  readonly key: SentenceKey;
  readonly tone: Tone;
}

export function judgeSignature(report: VerificationReport, signature: SignatureReport): SignatureJudgement {
  const best: Tone =
    report.conclusion === 'TOTAL-PASSED' && signature.indication === 'TOTAL-PASSED' ? 'good' : 'plain';
  return {
    unchanged: judgeUnchanged(signature, best),
    who: judgeWho(signature, best),
    when: judgeWhen(signature, best),
    revoked: judgeRevoked(signature, best),
  };
}

function judgeUnchanged(signature: SignatureReport, best: Tone): Answer<UnchangedKey> {
  if (signature.integrity === false) return { key: 'changed', tone: 'bad' };
  if (signature.changesAfter === 'forbidden') return { key: 'forbidden', tone: 'bad' };
  if (signature.integrity === null) return { key: 'unknown', tone: 'unsure' };
  if (signature.changesAfter === 'not-judged') return { key: 'notJudged', tone: 'unsure' };
  if (signature.changesAfter === 'permitted') return { key: 'added', tone: best };
  return signature.coversWholeFile ? { key: 'unchanged', tone: best } : { key: 'added', tone: best };
}

function judgeWho(signature: SignatureReport, best: Tone): Answer<WhoKey> {
  if (!signature.signer) return { key: 'unknown', tone: 'unsure' };
  if (signature.trustAnchor) return { key: 'trusted', tone: best };
  const { subject, issuer } = signature.signer;
  return { key: subject === issuer ? 'selfSigned' : 'untrusted', tone: 'unsure' };
}

/** Only a timestamp authority's clock counts as proof; the signer's own clock is a claim. */
function judgeWhen(signature: SignatureReport, best: Tone): Answer<WhenKey> {
  if (signature.bestTime) return { key: 'timestamp', tone: best };
  if (signature.claimedTime) return { key: 'claimed', tone: 'plain' };
  return { key: 'unknown', tone: 'unsure' };
}

/** "Could not be checked" is never "revoked", and without a chain to an anchor nobody was asked. */
function judgeRevoked(signature: SignatureReport, best: Tone): Answer<RevokedKey> {
  const found = (code: string): boolean => signature.problems.some((problem) => problem.code === code);
  if (found('CERTIFICATE_REVOKED')) return { key: 'revoked', tone: 'bad' };
  if (found('ISSUER_REVOKED')) return { key: 'issuerRevoked', tone: 'bad' };
  if (found('REVOCATION_NOT_CHECKED')) return { key: 'notChecked', tone: 'unsure' };
  if (!signature.trustAnchor) return { key: 'notAsked', tone: 'plain' };
  if (found('REVOCATION_NOT_OFFERED')) return { key: 'notOffered', tone: 'plain' };
  return { key: 'notRevoked', tone: best };
}

export function judgeReport(report: VerificationReport): Sentence {
  switch (report.conclusion) {
    case 'TOTAL-PASSED':
      return {
        key: report.signatures.every((s) => s.psre) ? 'passedCertified' : 'passed',
        tone: 'good',
      };
    case 'TOTAL-FAILED':
      return {
        key: report.signatures.some((s) => s.integrity === false || s.changesAfter === 'forbidden')
          ? 'changed'
          : 'failed',
        tone: 'bad',
      };
    case 'INDETERMINATE':
      if (report.signatures.some((s) => s.subIndication?.startsWith('REVOKED_')))
        return { key: 'revoked', tone: 'unsure' };
      return { key: onlyTrustIsMissing(report) ? 'untrusted' : 'indeterminate', tone: 'unsure' };
    case 'NO-SIGNATURE':
      return { key: 'unsigned', tone: 'plain' };
    case 'UNREADABLE':
      return isLocked(report) ? { key: 'locked', tone: 'unsure' } : { key: 'unreadable', tone: 'bad' };
  }
}

/** "Unchanged, but the signer is not in your trust list", rather than "validity unknown". */
function onlyTrustIsMissing(report: VerificationReport): boolean {
  return (
    report.signatures.length > 0 &&
    report.signatures.every(
      (s) =>
        s.integrity === true &&
        (s.changesAfter === 'none' || s.changesAfter === 'permitted') &&
        (s.indication === 'TOTAL-PASSED' || s.subIndication === 'NO_CERTIFICATE_CHAIN_FOUND'),
    )
  );
}

/** Could not be opened for want of the right password. */
export const isLocked = (report: VerificationReport): boolean =>
  report.problems.some(({ code }) => code === 'FILE_ENCRYPTED' || code === 'FILE_PASSWORD_WRONG');

/** The common name within a distinguished name, else the whole of it. */
export function commonName(subject: string): string {
  const found = /(?:^|[,/\n]\s*)CN\s*=\s*((?:\\.|[^,/\n\\])+)/i.exec(subject);
  return found?.[1] ? found[1].replace(/\\(.)/g, '$1').trim() : subject;
}
