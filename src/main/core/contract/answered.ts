import { commonName, judgeSignature, type SignatureJudgement } from './judgement.ts';
import { answers } from './messages/answers.ts';
import { longMoment } from './messages/dates.ts';
import type { Language } from './people.ts';
import type { SignatureReport, VerificationReport } from './verification.ts';

/** The answers about one signature as sentences, the same on the screen and on paper. */
export interface Answered {
  readonly judged: SignatureJudgement;
  readonly unchanged: string;
  readonly who: string;
  readonly when: string;
  readonly revoked: string;
}

export function answerOn(
  report: VerificationReport,
  signature: SignatureReport,
  language: Language,
): Answered {
  const text = answers[language];
  const judged = judgeSignature(report, signature);
  const { signer } = signature;
  const subject = commonName(signer?.subject ?? '');
  const who = {
    trusted: text.who.trusted(subject, commonName(signature.trustAnchor ?? '')),
    untrusted: text.who.untrusted(subject, commonName(signer?.issuer ?? '')),
    selfSigned: text.who.selfSigned(subject),
    unknown: text.who.unknown,
  };
  const when = {
    timestamp: text.when.timestamp(
      longMoment(language, signature.bestTime ?? ''),
      commonName(signature.bestTimeBy ?? ''),
    ),
    claimed: text.when.claimed(longMoment(language, signature.claimedTime ?? '')),
    unknown: text.when.unknown,
  };
  return {
    judged,
    unchanged: text.unchanged[judged.unchanged.key],
    who: who[judged.who.key],
    when: when[judged.when.key],
    revoked: text.revoked[judged.revoked.key],
  };
}
