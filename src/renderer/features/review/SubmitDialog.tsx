/** Who is asked, in which order, before the letter leaves its author's desk. Bare Enter never submits. */
import { useState, type ReactElement } from 'react';
import type { ErrorShape, LetterContent, LetterDetail, Person } from '../../../main/core/contract/index.ts';
import { go, useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { signSoon } from './sign-soon.ts';
import { askedBy } from './steps.ts';

export function SubmitDialog(props: {
  readonly letter: LetterDetail;
  readonly content: LetterContent;
  readonly revision: number;
  readonly people: readonly Person[];
  readonly onSubmitted: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.review;
  const me = useSession()?.accountId ?? '';
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const { id } = props.letter;
  const people = new Map(props.people.map((one) => [one.accountId, one]));
  const asked = askedBy(props.content, me);
  /** A paraf given to these very words counts on. */
  const kept = (role: string, accountId: string): boolean =>
    props.letter.steps.some(
      (one) =>
        one.role === role &&
        one.role !== 'sign' &&
        one.accountId === accountId &&
        one.doneAt !== null &&
        one.revision === props.revision,
    );

  const submit = async (): Promise<void> => {
    if (pending) return;
    setPending(true);
    setError(null);
    const result = await eletter.letters.submit({ id, revision: props.revision });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    const { may, steps } = result.value;
    const own = may.includes('reserve');
    props.onSubmitted();
    props.onClose();
    if (own) signSoon(id);
    go({ at: 'letters', folder: own ? 'toSign' : 'inProcess', id });
    noteChange();
    const turn = steps.filter((one) => one.turn).map((one) => one.name);
    say(own ? words.submittedOwn : words.submitted(turn.join(', ')));
  };

  return (
    <Dialog
      title={words.submitTitle}
      busy={pending}
      onClose={props.onClose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return;
        event.preventDefault();
        void submit();
      }}
    >
      <p>
        <strong>{props.content.subject || text.letters.noSubject}</strong>
      </p>
      <p>{words.submitIntro}</p>
      <ol className="ledger way" aria-label={words.steps}>
        {asked.map(({ role, accountId }) => {
          const person = people.get(accountId);
          const name = person ? fullName(person) : words.unknown;
          return (
            <li key={`${role} ${accountId}`} className="delivery">
              <span className="way-role soft">{words.role[role]}</span>
              <span className="grow">
                <strong>{accountId === me ? words.you(name) : name}</strong>
                {person && person.post !== '' && <span className="soft"> · {person.post}</span>}
                {kept(role, accountId) && <span className="help delivery-times">{words.kept}</span>}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="help">{words.submitNext}</p>
      {error && <ErrorBanner error={error} />}
      <div className="line line-end">
        <span className="help grow">{words.submitHint}</span>
        <Button startsFocused onPress={props.onClose} isDisabled={pending}>
          {text.common.cancel}
        </Button>
        <Button kind="primary" icon="outgoing" isPending={pending} onPress={() => void submit()}>
          {pending ? words.submitting : words.submitConfirm}
        </Button>
      </div>
    </Dialog>
  );
}
