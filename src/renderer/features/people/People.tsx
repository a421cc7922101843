/** People of the vault, the units they belong to, and who stands in for whom. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Person, Session } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { fullName, rolesInWords } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { AddPerson } from './AddPerson.tsx';
import { Deputies } from './Deputies.tsx';
import { EditPerson } from './EditPerson.tsx';
import { PersonPage } from './PersonPage.tsx';
import { StateChip } from './StateChip.tsx';
import { Units } from './Units.tsx';

const parts = ['people', 'units', 'deputies'] as const;

export function People({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  const may = useMay();
  const people = useReading('people', () => eletter.people.list({}));
  const [part, setPart] = useState<(typeof parts)[number]>('people');
  const [open, setOpen] = useState<string | null>(null);
  const [left, setLeft] = useState<string | null>(null);
  const person = people.value?.find((one) => one.accountId === open);

  if (person) {
    return (
      <PersonPage
        key={person.accountId}
        person={person}
        isMe={person.accountId === session.accountId}
        onClose={() => {
          setLeft(person.accountId);
          setOpen(null);
        }}
      />
    );
  }
  return (
    <>
      <Switch
        label={text.people.parts}
        value={part}
        choices={parts.map((value) => ({ value, label: text.people.part[value] }))}
        onChange={setPart}
      />
      {part === 'people' && (
        <>
          {people.error && <ErrorBanner error={people.error} onRetry={people.reload} />}
          {people.slow && <Skeleton lines={4} />}
          {people.value && (
            <PeopleList
              people={people.value}
              me={session.accountId}
              startAt={left}
              onOpen={may('people.setRoles') ? setOpen : null}
            />
          )}
        </>
      )}
      {part === 'units' && <Units />}
      {part === 'deputies' && <Deputies people={people.value ?? []} />}
    </>
  );
}

function PeopleList(props: {
  readonly people: readonly Person[];
  readonly me: string;
  /** Whom the page just left was about: the list goes on there. */
  readonly startAt: string | null;
  /** Null for those who may look only. */
  readonly onOpen: ((accountId: string) => void) | null;
}): ReactElement {
  const text = useText();
  const { onOpen, startAt } = props;
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<Person | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (startAt !== null) list.current?.querySelector<HTMLElement>(`[data-account="${startAt}"]`)?.focus();
  }, [startAt]);

  return (
    <>
      <div className="line">
        <p className="soft grow">{text.people.text}</p>
        {onOpen && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {text.people.add}
          </Button>
        )}
      </div>
      <ul className="ledger" aria-label={text.people.list} ref={list}>
        {props.people.map((person) => {
          const { accountId } = person;
          const mine = accountId === props.me;
          return (
            <li key={accountId} className={onOpen ? undefined : 'delivery'}>
              {onOpen ? (
                <button
                  type="button"
                  className="ledger-row ledger-row-open person-row"
                  data-account={accountId}
                  onClick={() => onOpen(accountId)}
                >
                  <PersonLine person={person} mine={mine} />
                  <Icon name="chevron" small />
                </button>
              ) : (
                <>
                  <PersonLine person={person} mine={mine} />
                  {mine && (
                    <Button
                      kind="quiet"
                      aria-label={text.people.editOf(fullName(person))}
                      onPress={() => setEditing(person)}
                    >
                      {text.people.edit}
                    </Button>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ul>
      {adding && <AddPerson onClose={() => setAdding(false)} />}
      {editing && <EditPerson person={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function PersonLine({ person, mine }: { readonly person: Person; readonly mine: boolean }): ReactElement {
  const text = useText();
  return (
    <>
      <span className="grow person-words">
        <strong>{fullName(person)}</strong>
        {mine && <span className="soft"> · {text.people.you}</span>}
        <span className="help delivery-times">
          {person.post === '' ? text.people.noPost : `${person.post} · ${person.unit}`} · {person.username}
        </span>
        <span className="help delivery-times">{rolesInWords(person.roles, text.people.role)}</span>
      </span>
      <StateChip person={person} />
    </>
  );
}
