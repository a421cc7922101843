/** Everything the vault holds on whoever is here, and what they may ask for; for administrators, who asked. */
import { useState, type ReactElement } from 'react';
import type { MyData, Session } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { fullName, rolesInWords } from '../../lib/content.ts';
import { commonName, count, dateTime, shortDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { keyName } from '../../lib/keys.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { EditPerson } from '../people/EditPerson.tsx';
import { AskDeletion } from './AskDeletion.tsx';
import { OwnRequests } from './OwnRequests.tsx';
import { Requests } from './Requests.tsx';

export function MyDataScreen({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  const may = useMay();
  const data = useReading(`mydata-${session.accountId}`, () => eletter.mydata.read({}));
  const open = data.value?.requests.some((request) => request.state === 'open') ?? true;
  return (
    <>
      {may('requests.list') && <Requests />}
      <p className="soft">{text.mydata.text}</p>
      {data.error && <ErrorBanner error={data.error} onRetry={data.reload} />}
      {data.slow && <Skeleton lines={8} />}
      {data.value && <Kept data={data.value} />}
      {data.value && data.value.requests.length > 0 && <OwnRequests requests={data.value.requests} />}
      {data.value && !open && <AskDeletion />}
    </>
  );
}

function Kept({ data }: { readonly data: MyData }): ReactElement {
  const text = useText();
  const words = text.mydata;
  const language = useLanguage();
  const [editing, setEditing] = useState(false);
  const [pending, setPending] = useState(false);
  const { person } = data;
  const number = (value: number): string => count(value, language);
  const period = (from: string, until: string | null): string =>
    until === null
      ? text.people.periodOpen(shortDate(from, language))
      : text.people.period(shortDate(from, language), shortDate(until, language));
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [words.terms.name, [fullName(person)]],
    [words.terms.username, [person.username]],
    [words.terms.nip, [person.nip]],
    [words.terms.rank, [person.rank]],
    [
      words.terms.posts,
      person.posts.map((post) => `${post.printed}, ${post.unit}, ${period(post.from, post.until)}`),
    ],
    [words.terms.roles, [rolesInWords(person.roles, text.people.role)]],
    [
      words.terms.certificates,
      data.identities.map((one) => `${keyName(one, text)}, ${text.identity.issuer(commonName(one.issuer))}`),
    ],
    [
      words.terms.deputies,
      data.deputies.map(
        (one) =>
          `${text.deputies.standsFor(one.deputyName, one.principalName)}, ${period(one.from, one.until)}`,
      ),
    ],
    [
      words.terms.policy,
      data.acknowledgements.map((one) => words.acknowledged(one.version, dateTime(one.at, language))),
    ],
    [words.terms.letters, [words.letters(number(data.letters.written), number(data.letters.received))]],
    [words.terms.notices, [words.notices(number(data.notices))]],
    [words.terms.trail, [words.trail(number(data.trail))]],
  ];

  const exportAll = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.desktop.exportMyData({});
    setPending(false);
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.exported(result.value.fileName));
    else say(words.notExported, 'note');
  };

  return (
    <section className="box stack" aria-label={words.kept}>
      <h2 className="minor">{words.kept}</h2>
      <dl className="facts">
        {facts.map(([term, values]) => {
          const filled = values.filter((value) => value !== '');
          return (
            <div key={term} className="fact">
              <dt>{term}</dt>
              <dd>
                {filled.length === 0 && <span className="soft">{words.none}</span>}
                {filled.map((value) => (
                  <span key={value} className="delivery-times">
                    {value}
                  </span>
                ))}
              </dd>
            </div>
          );
        })}
      </dl>
      <div className="line">
        <Button onPress={() => setEditing(true)}>{words.correct}</Button>
        <Button icon="save" isPending={pending} onPress={() => void exportAll()}>
          {words.export}
        </Button>
      </div>
      {editing && <EditPerson person={person} onClose={() => setEditing(false)} />}
    </section>
  );
}
