import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, NewPerson } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { accountMinimum, focusFirstError, hasErrors, personErrors } from '../../lib/forms.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { emptyPerson } from '../first-run/PersonStep.tsx';
import { PersonFields } from './PersonFields.tsx';

export function AddPerson({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [person, setPerson] = useState<NewPerson>(emptyPerson);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);

  const short =
    [...passphrase].length < accountMinimum ? text.passphrases.tooShort(accountMinimum) : undefined;
  const taken = error?.code === 'USERNAME_TAKEN' ? errorText(error) : undefined;
  const errors = tried ? personErrors(person, text) : {};

  const add = async (): Promise<void> => {
    setTried(true);
    setError(null);
    if (short || hasErrors(personErrors(person, text))) {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.people.add({ person, initialPassphrase: passphrase });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      focusFirstError(form.current);
      return;
    }
    say(text.people.added(fullName(result.value)));
    noteChange();
    onClose();
  };

  return (
    <Dialog title={text.people.addTitle} onClose={onClose} wide busy={pending}>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void add();
        }}
      >
        <PersonFields
          value={person}
          errors={taken ? { ...errors, username: taken } : errors}
          onChange={setPerson}
        />
        <PassphraseField
          label={text.passphrases.initial}
          help={text.people.initialHelp}
          value={passphrase}
          error={tried ? short : undefined}
          autoComplete="new-password"
          onChange={setPassphrase}
        />
        {error && !taken && <ErrorBanner error={error} />}
        <div className="line line-end">
          <Button onPress={onClose} isDisabled={pending}>
            {text.common.cancel}
          </Button>
          <Button kind="primary" type="submit" isPending={pending}>
            {text.people.addConfirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
