/**
 * What a verification report means to a reader: three answers per signature, then one sentence.
 * Pure. The one rule that never bends: nothing is `good` unless the report's conclusion is TOTAL-PASSED.
 */
import type { SignatureReport, VerificationReport } from '../../../main/core/contract/index.ts';

/** good: green. plain: a fact in our favour that proves nothing alone. unsure: amber. bad: red. */
export type Tone = 'good' | 'plain' | 'unsure' | 'bad';

export type UnchangedKey = 'unchanged' | 'added' | 'changed' | 'forbidden' | 'notJudged' | 'unknown';
export type WhoKey = 'trusted' | 'untrusted' | 'selfSigned' | 'unknown';
export type WhenKey = 'timestamp' | 'claimed' | 'unknown';
export type SentenceKey =
  | 'passed'
  | 'passedCertified'
  | 'changed'
  | 'failed'
  | 'untrusted'
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
  const stamped = signature.kind === 'document-timestamp' || /^B-(T|LT|LTA)$/.test(signature.level);
  if (stamped && signature.bestTime) return { key: 'timestamp', tone: best };
  if (signature.claimedTime) return { key: 'claimed', tone: 'plain' };
  return { key: 'unknown', tone: 'unsure' };
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
      return { key: onlyTrustIsMissing(report) ? 'untrusted' : 'indeterminate', tone: 'unsure' };
    case 'NO-SIGNATURE':
      return { key: 'unsigned', tone: 'plain' };
    case 'UNREADABLE':
      return { key: 'unreadable', tone: 'bad' };
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
