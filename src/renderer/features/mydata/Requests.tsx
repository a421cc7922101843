/** Requests for deletion, for those who answer them: granted, or refused with a reason and a legal basis. */
import { useState, type ReactElement } from 'react';
import type { DeletionRequest } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceGroup, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { RequestWords } from './RequestWords.tsx';

export function Requests(): ReactElement {
  const words = useText().mydata;
  const language = useLanguage();
  const requests = useReading('requests', () => eletter.requests.list({}));
  const [answering, setAnswering] = useState<DeletionRequest | null>(null);
  const open = requests.value?.filter((request) => request.state === 'open') ?? [];
  const closed = requests.value?.filter((request) => request.state !== 'open') ?? [];

  return (
    <section className="stack-tight" aria-label={words.requests}>
      <h2 className="minor">{words.requests}</h2>
      {requests.error && <ErrorBanner error={requests.error} onRetry={requests.reload} />}
      {requests.slow && <Skeleton lines={2} />}
      {requests.value && open.length === 0 && <p className="soft">{words.requestsNone}</p>}
      {open.length > 0 && (
        <ul className="stack-tight" aria-label={words.requests}>
          {open.map((request) => (
            <li key={request.id} className="box stack-tight">
              <RequestWords request={request} named />
              <div className="line">
                <Button
                  kind="primary"
                  aria-label={words.answerOf(request.name)}
                  onPress={() => setAnswering(request)}
                >
                  {words.answer}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {closed.length > 0 && (
        <details>
          <summary>{words.answered(count(closed.length, language))}</summary>
          <ul className="stack-tight details-body">
            {closed.map((request) => (
              <li key={request.id} className="box stack-tight">
                <RequestWords request={request} named />
              </li>
            ))}
          </ul>
        </details>
      )}
      {answering && <Answer request={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function Answer(props: { readonly request: DeletionRequest; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.mydata;
  const sending = useSending();
  const { request } = props;
  const [decision, setDecision] = useState<'granted' | 'refused' | null>(null);
  const [answer, setAnswer] = useState('');
  const [legalBasis, setLegalBasis] = useState('');
  const refused = decision === 'refused';
  const required = (value: string): string | undefined =>
    sending.tried && value.trim() === '' ? text.common.required : undefined;

  return (
    <FormDialog
      title={words.answerTitle(request.name)}
      sending={sending}
      confirm={words.answerConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          decision === null || answer.trim() === '' || (refused && legalBasis.trim() === ''),
          () =>
            eletter.requests.answer({
              id: request.id,
              decision: decision ?? 'refused',
              answer: answer.trim(),
              legalBasis: legalBasis.trim(),
            }),
          () => {
            say(words.answerSent(request.name));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p className="typed">{request.reason}</p>
      <ChoiceGroup
        label={words.decision}
        value={decision}
        choices={[
          { value: 'granted', label: words.grant, help: words.grantHelp },
          { value: 'refused', label: words.refuse, help: words.refuseHelp },
        ]}
        error={sending.tried && decision === null ? text.common.required : undefined}
        onChange={(next) => {
          setDecision(next);
          sending.forget();
        }}
      />
      <TextField
        label={words.answerText}
        value={answer}
        lines={3}
        maxLength={1000}
        error={required(answer)}
        onChange={setAnswer}
      />
      <TextField
        label={words.legalBasis}
        value={legalBasis}
        optional={!refused}
        placeholder={words.legalBasisExample}
        maxLength={300}
        error={refused ? required(legalBasis) : undefined}
        onChange={setLegalBasis}
      />
    </FormDialog>
  );
}
