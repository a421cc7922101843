/** A verification report in words: one sentence, then per signature three answers, then the details. */
import type { ReactElement, ReactNode } from 'react';
import type { SignatureReport, VerificationReport } from '../../../main/core/contract/index.ts';
import { go, useMay, useSession } from '../../app/app-store.ts';
import { commonName, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Chip } from '../../ui/parts.tsx';
import { judgeReport, judgeSignature, type Tone } from './judgement.ts';
import { TechnicalDetails } from './TechnicalDetails.tsx';

const toneIcons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  plain: 'info',
  unsure: 'warning',
  bad: 'failed',
};

export function Report(props: {
  readonly report: VerificationReport;
  /** Called before the report's own actions leave the screen. */
  readonly onLeave?: () => void;
}): ReactElement {
  const text = useText();
  const { report } = props;
  const sentence = judgeReport(report);
  const all = report.signatures.length;
  return (
    <section className="report stack" aria-label={text.verify.reportOf(report.file)}>
      <div className={`verdict verdict-${sentence.tone}`}>
        <Icon name={toneIcons[sentence.tone]} />
        <div className="grow">
          <p className="verdict-word">
            {text.verify.word[sentence.tone === 'plain' ? 'unsigned' : sentence.tone]}
          </p>
          <h2 className="verdict-sentence">{text.verify.sentence[sentence.key]}</h2>
          <p className="soft small">{report.file}</p>
        </div>
      </div>
      {report.problems.length > 0 && (
        <div className="stack-tight">
          <h3>{text.verify.problems}</h3>
          <ul className="bullets">
            {report.problems.map((problem, index) => (
              <li key={index}>{problem.message}</li>
            ))}
          </ul>
        </div>
      )}
      {report.signatures.map((signature, index) => (
        <Signature
          key={index}
          report={report}
          signature={signature}
          title={
            signature.kind === 'signature'
              ? text.verify.signatureOf(index + 1, all)
              : text.verify.timestampOf(index + 1, all)
          }
          {...(props.onLeave ? { onLeave: props.onLeave } : {})}
        />
      ))}
      <TechnicalDetails report={report} />
    </section>
  );
}

function Signature(props: {
  readonly report: VerificationReport;
  readonly signature: SignatureReport;
  readonly title: string;
  readonly onLeave?: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const administrator = useMay()('trust.add');
  const session = useSession();
  const { signature } = props;
  const judged = judgeSignature(props.report, signature);
  const signer = signature.signer;
  const notTrusted = judged.who.key === 'untrusted' || judged.who.key === 'selfSigned';

  const who = {
    trusted: text.verify.who.trusted(
      commonName(signer?.subject ?? ''),
      commonName(signature.trustAnchor ?? ''),
    ),
    untrusted: text.verify.who.untrusted(commonName(signer?.subject ?? ''), commonName(signer?.issuer ?? '')),
    selfSigned: text.verify.who.selfSigned(commonName(signer?.subject ?? '')),
    unknown: text.verify.who.unknown,
  };
  const when = {
    timestamp: text.verify.when.timestamp(dateTime(signature.bestTime ?? '', language)),
    claimed: text.verify.when.claimed(dateTime(signature.claimedTime ?? '', language)),
    unknown: text.verify.when.unknown,
  };

  return (
    <section className="box stack" aria-label={props.title}>
      <div className="line">
        <h3 className="grow">{props.title}</h3>
        {signature.psre ? (
          <Chip tone="plain" icon="certificate">
            {text.verify.certified}
          </Chip>
        ) : (
          <Chip tone="plain" icon="info">
            {text.verify.uncertified}
          </Chip>
        )}
      </div>
      <dl className="answers">
        <Answer
          tone={judged.unchanged.tone}
          neutral={text.verify.neutral.unchanged}
          question={text.verify.question.unchanged}
        >
          {text.verify.unchanged[judged.unchanged.key]}
        </Answer>
        <Answer tone={judged.who.tone} neutral={text.verify.neutral.who} question={text.verify.question.who}>
          {who[judged.who.key]}
          <span className="help answer-note">
            {signature.psre ? text.verify.certified : text.verify.uncertified}:{' '}
            {signature.psre ? text.verify.certifiedText : text.verify.uncertifiedText}.
          </span>
        </Answer>
        <Answer
          tone={judged.when.tone}
          neutral={text.verify.neutral[judged.when.key === 'timestamp' ? 'timestamp' : 'claimed']}
          question={text.verify.question.when}
        >
          {when[judged.when.key]}
        </Answer>
      </dl>
      {signature.problems.length > 0 && (
        <div className="stack-tight">
          <h4 className="label">{text.verify.problems}</h4>
          <ul className="bullets">
            {signature.problems.map((problem, index) => (
              <li key={index}>{problem.message}</li>
            ))}
          </ul>
        </div>
      )}
      {notTrusted && administrator && (
        <div className="line">
          <Button
            onPress={() => {
              props.onLeave?.();
              go({ at: 'settings', section: 'trust' });
            }}
          >
            {text.verify.trustIssuer}
          </Button>
        </div>
      )}
      {notTrusted && session && !administrator && <p className="help">{text.verify.askAdmin}</p>}
    </section>
  );
}

function Answer(props: {
  readonly tone: Tone;
  /** Its word where the answer speaks for the letter and proves nothing alone. */
  readonly neutral: string;
  readonly question: string;
  readonly children: ReactNode;
}): ReactElement {
  const text = useText();
  return (
    <div className={`answer answer-${props.tone}`}>
      <dt>{props.question}</dt>
      <dd>
        <span className="answer-mark">
          <Icon name={toneIcons[props.tone]} small />
          {props.tone === 'plain' ? props.neutral : text.verify.word[props.tone]}
        </span>
        <span className="answer-text">{props.children}</span>
      </dd>
    </div>
  );
}
