/** Whom a letter goes through on its way to the signature, and how far it has come. */
import type { ReactElement } from 'react';
import {
  isSignedState,
  type LetterDetail,
  type LetterState,
  type LetterStep,
} from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

const onItsWay: ReadonlySet<LetterState> = new Set<LetterState>(['review', 'ready', 'reserved', 'cosigning']);

export function Timeline({ letter }: { readonly letter: LetterDetail }): ReactElement | null {
  const text = useText();
  const words = text.review;
  const language = useLanguage();
  const me = useSession()?.accountId;
  // Of a letter that is not on its way any more only what was done counts.
  const steps = letter.steps.filter((one) => one.doneAt !== null || onItsWay.has(letter.state));
  if (steps.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="steps-title">
      <h2 id="steps-title" className={isSignedState(letter.state) ? '' : 'minor'}>
        {words.steps}
      </h2>
      <ol className="ledger way">
        {steps.map((step) => (
          <li key={`${step.role} ${step.place}`} className={step.turn ? 'delivery way-now' : 'delivery'}>
            <span className="way-role soft">{words.role[step.role]}</span>
            <span className="grow">
              <strong>{step.name}</strong>
              {step.post !== '' && <span className="soft"> · {step.post}</span>}
              {step.deputyName !== '' && (
                <span className="help delivery-times">{words.deputy(step.deputyName)}</span>
              )}
              {step.doneAt !== null && (
                <span className="help delivery-times">{dateTime(step.doneAt, language)}</span>
              )}
              {isStale(step, letter) && (
                <span className="delivery-times">
                  <Chip tone="unsure" icon="warning">
                    {words.changedSince}
                  </Chip>
                </span>
              )}
            </span>
            <StepState step={step} mine={step.accountId === me} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Given for words that were changed since. */
const isStale = (step: LetterStep, letter: LetterDetail): boolean =>
  step.role !== 'sign' && step.revision !== null && step.revision < letter.revision;

function StepState(props: { readonly step: LetterStep; readonly mine: boolean }): ReactElement {
  const words = useText().review;
  const { step, mine } = props;
  if (step.doneAt !== null)
    return (
      <Chip tone="good" icon="check">
        {words.done[step.role]}
      </Chip>
    );
  if (step.turn)
    return (
      <Chip tone="action" icon="clock">
        {mine ? words.yourTurn : words.turn}
      </Chip>
    );
  return (
    <Chip tone="plain" icon="clock">
      {words.later}
    </Chip>
  );
}
