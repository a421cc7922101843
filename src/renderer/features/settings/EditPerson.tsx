import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, NewPerson, Person } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { focusFirstError, hasErrors, personErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { PersonFields } from './PersonFields.tsx';

/** Corrects how a person is printed on letters to come; the user name stays. */
export function EditPerson(props: { readonly person: Person; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [person, setPerson] = useState<NewPerson>(props.person);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);

  const save = async (): Promise<void> => {
    setTried(true);
    setError(null);
    if (hasErrors(personErrors(person, text))) {
      focusFirstError(form.current);
      return;
    }
    const { name, frontTitle, backTitle, nip, rank, post, unit } = person;
    const official = { name, frontTitle, backTitle, nip, rank, post, unit };
    setPending(true);
    const result = await eletter.people.save({ accountId: props.person.accountId, official });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    say(text.people.saved(fullName(result.value)));
    noteChange();
    props.onClose();
  };

  return (
    <Dialog title={text.people.editTitle} onClose={props.onClose} wide busy={pending}>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void save();
        }}
      >
        <p className="soft">{text.people.editText}</p>
        <PersonFields
          value={person}
          errors={tried ? personErrors(person, text) : {}}
          onChange={setPerson}
          fixedUsername
        />
        {error && <ErrorBanner error={error} />}
        <div className="line line-end">
          <Button onPress={props.onClose} isDisabled={pending}>
            {text.common.cancel}
          </Button>
          <Button kind="primary" type="submit" isPending={pending}>
            {text.people.editConfirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
