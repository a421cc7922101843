/** What one QR code proves. A genuine one is not the end of it: the person compares it with the paper. */
import { useState, type ReactElement } from 'react';
import {
  claimsStatement,
  type PaperCode,
  type StatementCheck,
  type StatementFacts,
  type Tone,
} from '../../../main/core/contract/index.ts';
import { go, useMay, useSession } from '../../app/app-store.ts';
import { plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Banner } from '../../ui/parts.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { comparedOf, judgePaper, shownText, type Compared, type Findings } from './compare.ts';
import { InThisVault } from './InThisVault.tsx';

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  plain: 'info',
  unsure: 'warning',
  bad: 'failed',
};

type Genuine = Extract<StatementCheck, { outcome: 'genuine' }>;

export function CodeAnswer(props: {
  readonly title: string;
  readonly code: Pick<PaperCode, 'text' | 'check'>;
}): ReactElement {
  const { title, code } = props;
  const { check } = code;
  if (check?.outcome === 'genuine') return <GenuineCode title={title} check={check} />;
  return <OtherCode title={title} code={code} />;
}

function Verdict(props: {
  readonly title: string;
  readonly tone: Tone;
  readonly sentence: string;
  readonly detail: string;
}): ReactElement {
  return (
    <div className={`verdict verdict-${props.tone}`}>
      <Icon name={icons[props.tone]} />
      <div className="grow">
        <p className="verdict-word">{props.title}</p>
        <h2 className="verdict-sentence">{props.sentence}</h2>
        <p className="soft">{props.detail}</p>
      </div>
    </div>
  );
}

function OtherCode(props: {
  readonly title: string;
  readonly code: Pick<PaperCode, 'text' | 'check'>;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const session = useSession();
  const administrator = useMay()('statement.addOffice');
  const { check, text: said } = props.code;
  const { title } = props;
  const words = text.paper;
  if (!check || check.outcome === 'genuine') {
    return claimsStatement(said) ? (
      <Verdict title={title} tone="unsure" sentence={words.outcome.broken} detail={words.brokenText} />
    ) : (
      <div className="box stack-tight">
        <p>
          <strong>{title}:</strong> {words.outcome.other}
        </p>
        <p className="mono soft paper-other">{shownText(said)}</p>
      </div>
    );
  }
  if (check.outcome === 'forged')
    return (
      <Verdict
        title={title}
        tone="bad"
        sentence={words.outcome.forged}
        detail={words.forgedText(check.office)}
      />
    );
  if (check.outcome === 'withdrawn-key')
    return (
      <Verdict
        title={title}
        tone="bad"
        sentence={words.outcome['withdrawn-key']}
        detail={words.withdrawnText(check.office, plainDate(check.until, language))}
      />
    );
  return (
    <div className="stack-tight">
      <Verdict
        title={title}
        tone="unsure"
        sentence={words.outcome['unknown-office']}
        detail={words.unknownText(check.keyId)}
      />
      {session && (
        <div className="line">
          <p className="grow help">{administrator ? words.unknownAdmin : words.unknownAsk}</p>
          {administrator && (
            <Button onPress={() => go({ at: 'settings', section: 'offices' })}>{words.openOffices}</Button>
          )}
        </div>
      )}
    </div>
  );
}

function GenuineCode(props: { readonly title: string; readonly check: Genuine }): ReactElement {
  const text = useText();
  const session = useSession();
  const { office, facts, warnings } = props.check;
  const [findings, setFindings] = useState<Findings>({});
  const { outcome, tone } = judgePaper(facts, findings);
  const words = text.paper;
  return (
    <div className="stack-tight">
      <div aria-live="polite">
        <Verdict
          title={props.title}
          tone={tone}
          sentence={words.outcome[outcome]}
          detail={outcome === 'different' ? words.differentText : words.issued(office)}
        />
      </div>
      {warnings.map((warning) => (
        <Banner key={warning} tone={warning === 'OLD_KEY' ? 'plain' : 'unsure'}>
          {words.warning[warning]}
        </Banner>
      ))}
      <Facts
        facts={facts}
        findings={findings}
        onFind={(one, finding) => setFindings({ ...findings, [one]: finding })}
      />
      <p className="help">
        {[facts.sender, facts.signer, facts.subject ?? ''].some((one) => one.endsWith('…')) &&
          `${words.cut}. `}
        {words.limits}
      </p>
      {session && <InThisVault facts={facts} />}
    </div>
  );
}

const rows = ['number', 'date', 'subject', 'sender', 'signer'] as const;

function Facts(props: {
  readonly facts: StatementFacts;
  readonly findings: Findings;
  readonly onFind: (one: Compared, finding: 'same' | 'different') => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.paper;
  const { facts, findings } = props;
  const compared: readonly string[] = comparedOf(facts);
  const values = {
    ...facts,
    date: plainDate(facts.date, language),
    subject: facts.subject ?? words.withheld,
  };
  return (
    <dl className="paper-facts">
      {rows.map((row) => (
        <div key={row} className="paper-fact">
          <dt>{words.fact[row]}</dt>
          <dd className="paper-value">{values[row]}</dd>
          {row !== 'sender' && compared.includes(row) && (
            <dd>
              <Switch<'same' | 'different' | ''>
                label={words.compare(words.fact[row])}
                value={findings[row] ?? ''}
                choices={[
                  { value: 'same', label: words.same },
                  { value: 'different', label: words.differs },
                ]}
                onChange={(finding) => {
                  if (finding !== '') props.onFind(row, finding);
                }}
              />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
