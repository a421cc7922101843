import { useState, type ReactElement } from 'react';
import type { NewPerson, Role } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { hasErrors, personErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { emptyPerson } from '../first-run/PersonStep.tsx';
import { InitialPassphrase, initialTooShort } from './InitialPassphrase.tsx';
import { PersonFields } from './PersonFields.tsx';
import { RoleChoice } from './RoleChoice.tsx';

export function AddPerson({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const sending = useSending();
  const [person, setPerson] = useState<NewPerson>(emptyPerson);
  const [roles, setRoles] = useState<readonly Role[]>(['drafter', 'signer']);
  const [passphrase, setPassphrase] = useState('');
  const taken = sending.at('USERNAME_TAKEN');
  const errors = sending.tried ? personErrors(person, text) : {};

  return (
    <FormDialog
      title={text.people.addTitle}
      wide
      sending={sending}
      confirm={text.people.addConfirm}
      shownAtField={['USERNAME_TAKEN']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          initialTooShort(passphrase) || roles.length === 0 || hasErrors(personErrors(person, text)),
          () => eletter.people.add({ person, roles, initialPassphrase: passphrase }),
          (added) => {
            say(text.people.added(fullName(added)));
            noteChange();
            onClose();
          },
        )
      }
    >
      <PersonFields
        value={person}
        errors={taken === undefined ? errors : { ...errors, username: taken }}
        onChange={(next) => {
          setPerson(next);
          sending.forget();
        }}
      />
      <RoleChoice value={roles} tried={sending.tried} onChange={setRoles} />
      <InitialPassphrase value={passphrase} tried={sending.tried} onChange={setPassphrase} />
    </FormDialog>
  );
}
