import { useState, type ReactElement } from 'react';
import type { Person } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { InitialPassphrase, initialTooShort } from './InitialPassphrase.tsx';

/** A passphrase for the next unlock of somebody who forgot theirs. */
export function ResetPassphrase(props: {
  readonly person: Person;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const name = fullName(props.person);
  return (
    <FormDialog
      title={text.people.resetTitle(name)}
      sending={sending}
      confirm={text.people.resetConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          initialTooShort(passphrase),
          () =>
            eletter.people.resetPassphrase({
              accountId: props.person.accountId,
              initialPassphrase: passphrase,
            }),
          () => {
            say(text.people.resetDone(name));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{text.people.resetKept}</p>
      <InitialPassphrase value={passphrase} tried={sending.tried} onChange={setPassphrase} />
    </FormDialog>
  );
}
