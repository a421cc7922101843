import { useState, type ReactElement } from 'react';
import type { Person, Session } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { AddPerson } from './AddPerson.tsx';
import { EditPerson } from './EditPerson.tsx';

export function People({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  const people = useReading('people', () => eletter.people.list({}));
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<Person | null>(null);
  return (
    <>
      <div className="line">
        <p className="soft grow">{text.people.text}</p>
        {session.role === 'administrator' && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {text.people.add}
          </Button>
        )}
      </div>
      {people.error && <ErrorBanner error={people.error} onRetry={people.reload} />}
      {people.slow && <Skeleton lines={4} />}
      {people.value && (
        <ul className="ledger" aria-label={text.people.list}>
          {people.value.map((person) => (
            <li key={person.accountId} className="delivery">
              <span className="grow">
                <strong>{fullName(person)}</strong>
                {person.accountId === session.accountId && <span className="soft"> · {text.people.you}</span>}
                <span className="help delivery-times">
                  {person.post} · {person.unit} · {person.username}
                </span>
              </span>
              {(session.role === 'administrator' || person.accountId === session.accountId) && (
                <Button
                  kind="quiet"
                  aria-label={text.people.editOf(fullName(person))}
                  onPress={() => setEditing(person)}
                >
                  {text.people.edit}
                </Button>
              )}
              <span className="soft small">{text.people.role[person.role]}</span>
              {person.activated ? (
                <Chip tone="plain" icon="check">
                  {text.people.activated}
                </Chip>
              ) : (
                <Chip tone="unsure" icon="clock">
                  {text.people.notActivated}
                </Chip>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddPerson onClose={() => setAdding(false)} />}
      {editing && <EditPerson person={editing} onClose={() => setEditing(null)} />}
    </>
  );
}
