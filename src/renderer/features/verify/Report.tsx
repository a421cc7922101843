/** A verification report in words: one sentence, then per signature three answers, then the details. */
import type { ReactElement, ReactNode } from 'react';
import {
  answerOn,
  judgeReport,
  type SignatureReport,
  type Tone,
  type VerificationReport,
} from '../../../main/core/contract/index.ts';
import { go, useMay, useSession } from '../../app/app-store.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Chip } from '../../ui/parts.tsx';
import { TechnicalDetails } from './TechnicalDetails.tsx';
import type { Look } from './Viewer.tsx';

export const toneIcons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  plain: 'info',
  unsure: 'warning',
  bad: 'failed',
};

export function Report(props: {
  readonly report: VerificationReport;
  /** Called before the report's own actions leave the screen. */
  readonly onLeave?: () => void;
  /** Shows the file's pages, where the file is at hand. */
  readonly onLook?: (look: Look) => void;
}): ReactElement {
  const text = useText();
  const { report, onLook } = props;
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
          <p className="soft small verdict-file">{report.file}</p>
        </div>
      </div>
      {onLook && report.conclusion !== 'UNREADABLE' && (
        <div className="line">
          <Button icon="eye" onPress={() => onLook({ signature: null, compare: false })}>
            {text.viewing.pages}
          </Button>
        </div>
      )}
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
          {...(onLook ? { onLook } : {})}
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
  readonly onLook?: (look: Look) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const administrator = useMay()('trust.add');
  const session = useSession();
  const { signature, onLook } = props;
  const answered = answerOn(props.report, signature, language);
  const { judged } = answered;
  const notTrusted = judged.who.key === 'untrusted' || judged.who.key === 'selfSigned';

  return (
    <section className="box stack" aria-label={props.title} data-signature tabIndex={-1}>
      <div className="line">
        <h3 className="grow">{props.title}</h3>
        {signature.level !== 'none' && (
          <Chip tone="plain" icon="verify">
            {text.verify.levels(signature.level)}
          </Chip>
        )}
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
          {answered.unchanged}
        </Answer>
        <Answer tone={judged.who.tone} neutral={text.verify.neutral.who} question={text.verify.question.who}>
          {answered.who}
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
          {answered.when}
          <span className="help answer-note">{answered.revoked}</span>
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
      <Changes signature={signature} />
      {onLook && signature.revision > 0 && (
        <div className="line">
          <Button icon="eye" onPress={() => onLook({ signature, compare: false })}>
            {text.viewing.signedVersion}
          </Button>
          {signature.revision < props.report.revisions && (
            <Button onPress={() => onLook({ signature, compare: true })}>{text.viewing.compare}</Button>
          )}
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

/** What was done to the file after this signature: what, where, and by which rule it was judged. */
function Changes({ signature }: { readonly signature: SignatureReport }): ReactElement {
  const text = useText();
  if (signature.changes.length === 0) return <></>;
  return (
    <div className="stack-tight">
      <h4 className="label">{text.verify.changes}</h4>
      <ul className="bullets">
        {signature.changes.map((change, index) => (
          <li key={index}>
            {change.what} ({change.where}): <strong>{text.verify.verdict[change.verdict]}</strong>
            {change.rule !== undefined && (
              <span className="soft small">
                {' '}
                · {text.verify.rule} <span className="mono">{change.rule}</span>
              </span>
            )}
          </li>
        ))}
        {signature.moreChanges !== undefined && <li>{text.verify.moreChanges(signature.moreChanges)}</li>}
      </ul>
    </div>
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
