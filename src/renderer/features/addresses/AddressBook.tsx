/** The address book: the office's and one's own, as a list to search; groups beside it. */
import { useState, type ReactElement } from 'react';
import {
  foldWords,
  printedAddress,
  type AddressBook as Book,
  type AddressEntry,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { EditAddress } from './EditAddress.tsx';
import { Groups } from './Groups.tsx';
import { ImportAddresses } from './ImportAddresses.tsx';
import { useBook, useMayWriteOfficeBook } from './use-book.ts';

const parts = ['entries', 'groups'] as const;
/** More than these are counted; nobody reads on, they search. */
const shown = 100;

export function AddressBook(): ReactElement {
  const text = useText();
  const words = text.addresses;
  const people = useReading('people', () => eletter.people.list({}));
  const { reading, suggestions } = useBook(people.value);
  const [part, setPart] = useState<(typeof parts)[number]>('entries');
  return (
    <>
      <p className="soft">{words.text}</p>
      <Switch
        label={words.parts}
        value={part}
        choices={parts.map((value) => ({ value, label: words.part[value] }))}
        onChange={setPart}
      />
      {reading.error && <ErrorBanner error={reading.error} onRetry={reading.reload} />}
      {reading.slow && <Skeleton lines={6} />}
      {reading.value && part === 'entries' && <Entries entries={reading.value.entries} />}
      {reading.value && part === 'groups' && (
        <Groups groups={reading.value.groups} suggestions={suggestions} />
      )}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly AddressEntry[] }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.addresses;
  const mayOffice = useMayWriteOfficeBook();
  const [query, setQuery] = useState('');
  const [editing, setEditing] = useState<AddressEntry | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const [book, setBook] = useState<Book>('office');
  const needed = foldWords(query).split(' ');
  const found = entries.filter((entry) => {
    const all = foldWords(
      [entry.name, entry.post, entry.office, entry.place, entry.email, entry.address, entry.note].join(' '),
    );
    return needed.every((word) => all.includes(word));
  });
  const save = async (): Promise<void> => {
    const result = await eletter.desktop.saveAddresses({ book });
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.exported(result.value.fileName));
  };
  return (
    <>
      <div className="address-tools">
        <div className="grow">
          <TextField label={words.search} type="search" value={query} maxLength={200} onChange={setQuery} />
        </div>
        <Button icon="plus" kind="primary" onPress={() => setEditing('new')}>
          {words.add}
        </Button>
        <Button icon="table" onPress={() => setImporting(true)}>
          {words.import}
        </Button>
      </div>
      {entries.length === 0 && <Empty icon="mail">{words.empty}</Empty>}
      {entries.length > 0 && found.length === 0 && <Empty icon="mail">{words.nothing}</Empty>}
      {found.length > 0 && (
        <ul className="ledger" aria-label={words.list}>
          {found.slice(0, shown).map((entry) => (
            <li key={entry.id} className="delivery">
              <Line entry={entry} />
              {entry.book === 'mine' && (
                <Chip tone="plain" icon="person">
                  {words.books.mine}
                </Chip>
              )}
              {(entry.book === 'mine' || mayOffice) && (
                <Button kind="quiet" aria-label={words.editOf(entry.name)} onPress={() => setEditing(entry)}>
                  {words.edit}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.length > shown && <p className="help">{words.more(count(found.length - shown, language))}</p>}
      {entries.length > 0 && (
        <div className="address-tools">
          <SelectField
            label={words.exportBook}
            value={book}
            choices={(['office', 'mine'] as const).map((value) => ({ value, label: words.books[value] }))}
            onChange={setBook}
          />
          <Button icon="save" onPress={() => void save()}>
            {words.export}
          </Button>
        </div>
      )}
      {editing && <EditAddress entry={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {importing && <ImportAddresses onClose={() => setImporting(false)} />}
    </>
  );
}

function Line({ entry }: { readonly entry: AddressEntry }): ReactElement {
  const printed = printedAddress(entry);
  const under = [
    printed.name === entry.name ? entry.office : entry.name,
    entry.place,
    entry.email,
    entry.note,
  ];
  return (
    <span className="grow">
      {printed.name}
      <span className="help delivery-times">{under.filter(Boolean).join(' · ')}</span>
    </span>
  );
}
