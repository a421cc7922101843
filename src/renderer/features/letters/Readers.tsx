/** Who can open a signed letter. Its author lets others in and takes that back. */
import { useState, type ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { LetterDetail, LetterReader, Person } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Chip, ErrorBanner, Skeleton } from '../../ui/parts.tsx';

const icons = {
  author: 'draft',
  reviewer: 'check',
  signer: 'pen',
  receiver: 'incoming',
  deputy: 'people',
  grant: 'key',
  disposition: 'people',
} as const;

export function Readers({ letter }: { readonly letter: LetterDetail }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { id } = letter;
  const sealed = letter.security !== 'biasa';
  const may = useMay()('letters.grant') && letter.mine;
  const readers = useReading(`readers-${id}`, () => eletter.letters.readers({ id }));
  const [withdrawing, setWithdrawing] = useState<LetterReader | null>(null);

  return (
    <div className="stack-tight">
      <h2>{text.letters.readers}</h2>
      <p className="help">{sealed ? text.letters.readersSealed : text.letters.readersOpen}</p>
      {readers.error && <ErrorBanner error={readers.error} onRetry={readers.reload} />}
      {readers.slow && <Skeleton lines={2} />}
      {readers.value && readers.value.length > 0 && (
        <ul className="ledger" aria-label={text.letters.readers}>
          {readers.value.map((reader) => (
            <li key={reader.accountId} className="delivery">
              <span className="grow">
                {reader.name}
                <span className="help delivery-times">
                  {reader.post !== '' && `${reader.post} · `}
                  {text.letters.readerSince(dateTime(reader.since, language))}
                </span>
              </span>
              <Chip tone="plain" icon={icons[reader.how]}>
                {text.letters.readerHow[reader.how]}
              </Chip>
              {may && reader.how !== 'author' && (sealed || reader.how === 'grant') && (
                <Button
                  kind="quiet"
                  aria-label={text.letters.withdrawOf(reader.name)}
                  onPress={() => setWithdrawing(reader)}
                >
                  {text.letters.withdraw}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && readers.value && <Grant id={id} readers={readers.value} />}
      {withdrawing && <Withdraw letter={letter} reader={withdrawing} onClose={() => setWithdrawing(null)} />}
    </div>
  );
}

function Grant(props: {
  readonly id: string;
  readonly readers: readonly LetterReader[];
}): ReactElement | null {
  const text = useText();
  const people = useReading('people', () => eletter.people.list({}));
  const [pending, setPending] = useState(false);
  const inside = new Set(props.readers.map((reader) => reader.accountId));
  const others = (people.value ?? []).filter((person) => !person.revoked && !inside.has(person.accountId));

  const grant = async (person: Person): Promise<void> => {
    setPending(true);
    const result = await eletter.letters.grant({ id: props.id, accountId: person.accountId });
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(text.letters.granted(fullName(person)));
    noteChange();
  };

  if (others.length === 0) return null;
  return (
    <div className="line">
      <MenuTrigger>
        <Button icon="key" isPending={pending}>
          {text.letters.grant}
        </Button>
        <Popover className="popover" placement="top start">
          <Menu
            className="menu"
            aria-label={text.editor.choosePerson}
            onAction={(key) => {
              const person = others.find((one) => one.accountId === key);
              if (person) void grant(person);
            }}
          >
            {others.map((person) => (
              <MenuItem
                key={person.accountId}
                id={person.accountId}
                className="menu-item"
                textValue={`${person.name} ${person.post}`}
              >
                <strong>{fullName(person)}</strong>
                <span className="help">{person.post}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}

function Withdraw(props: {
  readonly letter: LetterDetail;
  readonly reader: LetterReader;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const sending = useSending();
  const { letter, reader } = props;
  return (
    <FormDialog
      title={text.letters.withdrawTitle}
      sending={sending}
      kind="danger"
      confirm={text.letters.withdrawConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.letters.withdraw({ id: letter.id, accountId: reader.accountId }),
          () => {
            say(text.letters.withdrawn(reader.name));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{text.letters.withdrawText(reader.name)}</p>
      {letter.security !== 'biasa' && <p>{text.letters.withdrawSealed}</p>}
    </FormDialog>
  );
}
