/** One person, for an administrator: data, roles, posts, and the account itself. */
import { useState, type ReactElement } from 'react';
import type { Person, Role } from '../../../main/core/contract/index.ts';
import { readStatus } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { Banner, SubTitle } from '../../ui/parts.tsx';
import { EditPerson } from './EditPerson.tsx';
import { Posts } from './Posts.tsx';
import { ResetPassphrase } from './ResetPassphrase.tsx';
import { Revoke } from './Revoke.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { StateChip } from './StateChip.tsx';

export function PersonPage(props: {
  readonly person: Person;
  readonly isMe: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const { person } = props;
  return (
    <>
      <div>
        <Button icon="back" kind="quiet" onPress={props.onClose}>
          {text.people.backToList}
        </Button>
      </div>
      <div className="line">
        <SubTitle>{fullName(person)}</SubTitle>
        <StateChip person={person} />
      </div>
      {person.revoked && <Banner tone="plain">{text.people.revokedText}</Banner>}
      <Data person={person} />
      {!person.revoked && <Roles key={person.roles.join()} person={person} isMe={props.isMe} />}
      <Posts person={person} />
      {!person.revoked && !props.isMe && <Account person={person} />}
    </>
  );
}

function Data({ person }: { readonly person: Person }): ReactElement {
  const text = useText();
  const [editing, setEditing] = useState(false);
  const facts: readonly (readonly [string, string])[] = [
    [text.people.fullName, fullName(person)],
    [text.people.username, person.username],
    [text.person.nip, person.nip],
    [text.person.rank, person.rank],
  ];
  return (
    <section className="box stack-tight" aria-label={text.people.data}>
      <div className="line">
        <h3 className="grow">{text.people.data}</h3>
        {!person.revoked && (
          <Button aria-label={text.people.editOf(fullName(person))} onPress={() => setEditing(true)}>
            {text.people.edit}
          </Button>
        )}
      </div>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([term, value]) => (
            <div key={term} className="fact">
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {editing && <EditPerson person={person} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Roles({ person, isMe }: { readonly person: Person; readonly isMe: boolean }): ReactElement {
  const text = useText();
  const sending = useSending();
  const [roles, setRoles] = useState<readonly Role[]>(person.roles);
  return (
    <BoxForm
      title={text.people.roles}
      text={text.people.rolesText}
      sending={sending}
      confirm={text.people.saveRoles}
      onSubmit={() =>
        sending.send(
          roles.length === 0,
          () => eletter.people.setRoles({ accountId: person.accountId, roles }),
          (saved) => {
            say(text.people.rolesSaved(fullName(saved)));
            noteChange();
            // One's own count at once: the page shows what they allow.
            if (isMe) void readStatus();
          },
        )
      }
    >
      <RoleChoice
        value={roles}
        tried={sending.tried}
        hideLabel
        onChange={(next) => {
          setRoles(next);
          sending.forget();
        }}
      />
    </BoxForm>
  );
}

function Account({ person }: { readonly person: Person }): ReactElement {
  const text = useText();
  const [open, setOpen] = useState<'none' | 'reset' | 'revoke'>('none');
  const close = (): void => setOpen('none');
  return (
    <section className="box stack" aria-label={text.people.account}>
      <h3>{text.people.account}</h3>
      <div className="line">
        <p className="grow">{text.people.resetText}</p>
        <Button icon="key" onPress={() => setOpen('reset')}>
          {text.people.reset}
        </Button>
      </div>
      <div className="line">
        <p className="grow">{text.people.revokeText}</p>
        <Button kind="danger" icon="failed" onPress={() => setOpen('revoke')}>
          {text.people.revoke}
        </Button>
      </div>
      {open === 'reset' && <ResetPassphrase person={person} onClose={close} />}
      {open === 'revoke' && <Revoke person={person} onClose={close} />}
    </section>
  );
}
