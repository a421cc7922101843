/** Every number of one book, the newest first. */
import { useState, type ReactElement } from 'react';
import {
  errorCodes,
  numberStates,
  type BookName,
  type ErrorShape,
  type Language,
  type NumberEntry,
  type NumberPage,
  type NumberPlace,
  type NumberState,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { dayOf, shortDate } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { errorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Chip, Empty, ErrorBanner, Skeleton, type ChipTone } from '../../ui/parts.tsx';

type Filter = NumberState | 'inserted' | 'all';

export function Entries({
  book,
  editable,
}: {
  readonly book: BookName;
  readonly editable: boolean;
}): ReactElement {
  const words = useText().numbers;
  const [filter, setFilter] = useState<Filter>('all');
  const [typed, setTyped] = useState('');
  const [older, setOlder] = useState<{ readonly key: string; readonly page: NumberPage } | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const [cancelling, setCancelling] = useState<NumberEntry | null>(null);
  const { register, unit, year } = book;
  const ask = (before: NumberPlace | null) =>
    eletter.numbers.entries({
      register,
      unit,
      year,
      state: filter === 'all' ? null : filter,
      text: typed.trim(),
      before,
    });
  const key = `${register} ${unit} ${year} ${filter} ${typed.trim()}`;
  const newest = useReading(key, () => ask(null));
  const more = older?.key === key ? older.page : null;
  const entries = [...(newest.value?.entries ?? []), ...(more?.entries ?? [])];
  const before = (more ?? newest.value)?.before ?? null;
  const narrowed = filter !== 'all' || typed.trim() !== '';

  const readMore = async (): Promise<void> => {
    setPending(true);
    const result = await ask(before);
    setPending(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    const { value } = result;
    setOlder({ key, page: { ...value, entries: [...(more?.entries ?? []), ...value.entries] } });
  };

  return (
    <div className="stack-tight">
      <div className="numbers-filter">
        <SelectField<Filter>
          label={words.state}
          value={filter}
          choices={[
            { value: 'all', label: words.allStates },
            ...numberStates.map((value) => ({ value, label: words.states[value] })),
            { value: 'inserted', label: words.inserted },
          ]}
          onChange={setFilter}
        />
        <TextField label={words.search} type="search" value={typed} maxLength={200} onChange={setTyped} />
      </div>
      {newest.error && <ErrorBanner error={newest.error} onRetry={newest.reload} />}
      {newest.slow && <Skeleton lines={6} />}
      {newest.value && entries.length === 0 && (
        <Empty icon="ordered">{narrowed ? words.noneFound : words.none}</Empty>
      )}
      {entries.length > 0 && <Table entries={entries} editable={editable} onCancel={setCancelling} />}
      {error && <ErrorBanner error={error} />}
      {before !== null && (
        <div className="line">
          <Button isPending={pending} onPress={() => void readMore()}>
            {words.more}
          </Button>
        </div>
      )}
      {cancelling && <CancelHold entry={cancelling} onClose={() => setCancelling(null)} />}
    </div>
  );
}

const looks: Readonly<Record<NumberState, readonly [ChipTone, IconName]>> = {
  issued: ['good', 'check'],
  held: ['action', 'clock'],
  reserved: ['unsure', 'pen'],
  batal: ['plain', 'close'],
};

/** What a person wrote; of what the program says, or keeps closed, its words. */
function reasonOf(reason: string, words: Catalogue['numbers'], language: Language): string {
  if (reason === 'SEALED_REASON') return words.sealedReason;
  const code = errorCodes.find((one) => one === reason);
  return code ? errorText({ code }, language) : reason;
}

function Table(props: {
  readonly entries: readonly NumberEntry[];
  readonly editable: boolean;
  readonly onCancel: (entry: NumberEntry) => void;
}): ReactElement {
  const words = useText().numbers;
  const language = useLanguage();
  return (
    <table className="audit" aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{words.columns.number}</th>
          <th scope="col">{words.columns.date}</th>
          <th scope="col">{words.columns.subject}</th>
          <th scope="col">{words.columns.state}</th>
          <th scope="col">{words.columns.about}</th>
        </tr>
      </thead>
      <tbody>
        {props.entries.map((entry) => (
          <tr key={entry.id}>
            <td className={entry.insertion > 0 ? 'numbers-number numbers-inserted' : 'numbers-number'}>
              {entry.number}
            </td>
            <td className="numbers-date">
              {entry.date === '' ? dayOf(entry.takenAt, language) : shortDate(entry.date, language)}
            </td>
            <td>{entry.subject ?? <span className="soft">{words.hidden}</span>}</td>
            <td>
              <Chip tone={looks[entry.state][0]} icon={looks[entry.state][1]}>
                {words.states[entry.state]}
              </Chip>
              {entry.insertion > 0 && <span className="help delivery-times">{words.inserted}</span>}
            </td>
            <td className="audit-facts">
              {entry.reason !== '' && (
                <span className="audit-fact">{reasonOf(entry.reason, words, language)}</span>
              )}
              {entry.holder !== '' && (
                <span className="audit-fact soft">{words.forHolder(entry.holder)}</span>
              )}
              {entry.by !== '' && <span className="audit-fact soft">{words.byWhom(entry.by)}</span>}
              {props.editable && entry.state === 'held' && (
                <Button
                  kind="quiet"
                  aria-label={words.cancelOf(entry.number)}
                  onPress={() => props.onCancel(entry)}
                >
                  {words.cancel}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CancelHold(props: { readonly entry: NumberEntry; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.numbers;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const { id, number } = props.entry;
  return (
    <FormDialog
      title={words.cancelTitle(number)}
      sending={sending}
      kind="danger"
      confirm={words.cancelConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          reason.trim() === '',
          () => eletter.numbers.cancel({ id, reason: reason.trim() }),
          () => {
            say(words.cancelled(number));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{words.cancelText}</p>
      <TextField
        label={words.reason}
        value={reason}
        lines={2}
        startsFocused
        maxLength={500}
        error={sending.tried && reason.trim() === '' ? text.common.required : undefined}
        onChange={setReason}
      />
    </FormDialog>
  );
}
