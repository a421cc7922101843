import { useState, type ReactElement } from 'react';
import type { NewPerson, Person } from '../../../main/core/contract/index.ts';
import { readStatus, useMay, useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { hasErrors, personErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { PersonFields } from './PersonFields.tsx';

/** Corrects how a person is printed on letters to come; the user name stays. */
export function EditPerson(props: { readonly person: Person; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const isMe = useSession()?.accountId === props.person.accountId;
  const mayPost = useMay()('people.addPost');
  const sending = useSending();
  const [person, setPerson] = useState<NewPerson>(props.person);
  const { name, frontTitle, backTitle, nip, rank, post, unit } = person;
  const official = { name, frontTitle, backTitle, nip, rank, post, unit };

  const found = personErrors(person, text);
  const errors = mayPost ? found : { ...found, post: undefined, unit: undefined };

  return (
    <FormDialog
      title={text.people.editTitle}
      wide
      sending={sending}
      confirm={text.people.editConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          hasErrors(errors),
          () => eletter.people.save({ accountId: props.person.accountId, official }),
          (saved) => {
            say(text.people.saved(fullName(saved)));
            noteChange();
            // The page greets whoever is at work by the name of the session.
            if (isMe) void readStatus();
            props.onClose();
          },
        )
      }
    >
      <p className="soft">{text.people.editText}</p>
      <PersonFields
        value={person}
        errors={sending.tried ? errors : {}}
        onChange={setPerson}
        fixedUsername
        fixedPost={!mayPost}
      />
      {!mayPost && <p className="help">{text.people.postFixed}</p>}
    </FormDialog>
  );
}
