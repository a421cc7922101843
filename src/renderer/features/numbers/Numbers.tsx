/** The number book: one register, unit and year at a time. */
import { useState, type ReactElement, type ReactNode } from 'react';
import type { BookName, NumberBook, Session } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { Chip, ErrorBanner, ScreenTitle, Skeleton } from '../../ui/parts.tsx';
import { BackDating } from './BackDating.tsx';
import { CloseYear } from './CloseYear.tsx';
import { Entries } from './Entries.tsx';
import { FormatDialog } from './FormatDialog.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import { registerName } from './register-name.ts';

export function Numbers({
  session,
  tabs,
}: {
  readonly session: Session;
  /** The way to the other books. */
  readonly tabs: ReactNode;
}): ReactElement {
  const text = useText();
  const words = text.numbers;
  const all = useReading('numbers', () => eletter.numbers.books({}));
  const [chosen, setChosen] = useState<BookName | null>(null);
  const thisYear = Number(today().slice(0, 4));
  const value = all.value;
  const [newest] = value?.books.filter((book) => book.year === thisYear) ?? [];
  const start: BookName = newest ?? {
    register: value?.registers[0] ?? '',
    unit: value?.units[0] ?? '',
    year: thisYear,
  };
  const book = chosen ?? start;
  const years = [...new Set([thisYear, ...(value?.books ?? []).map((one) => one.year)])].toSorted(
    (a, b) => b - a,
  );
  const units = [...new Set([...(value?.units ?? []), ...(value?.books ?? []).map((one) => one.unit)])];
  return (
    <div className="screen screen-wide stack" data-pane="numbers" tabIndex={-1}>
      <ScreenTitle>{words.title}</ScreenTitle>
      {tabs}
      <p className="soft">{words.text}</p>
      {all.error && <ErrorBanner error={all.error} onRetry={all.reload} />}
      {all.slow && <Skeleton lines={8} />}
      {value && (
        <>
          <div className="numbers-filter" role="group" aria-label={words.which}>
            <SelectField
              label={words.register}
              value={book.register}
              choices={value.registers.map((one) => ({ value: one, label: registerName(one) }))}
              onChange={(register) => setChosen({ ...book, register })}
            />
            <SelectField
              label={words.unit}
              value={book.unit}
              choices={units.map((one) => ({ value: one, label: one }))}
              onChange={(unit) => setChosen({ ...book, unit })}
            />
            <SelectField
              label={words.year}
              value={String(book.year)}
              choices={years.map((one) => ({ value: String(one), label: String(one) }))}
              onChange={(year) => setChosen({ ...book, year: Number(year) })}
            />
          </div>
          <Book
            key={`${book.register} ${book.unit} ${book.year}`}
            name={book}
            book={value.books.find((one) => sameBook(one, book)) ?? null}
            registers={value.registers}
            units={units}
            administrator={session.roles.includes('administrator')}
          />
        </>
      )}
      {session.roles.includes('administrator') && <BackDating />}
    </div>
  );
}

const sameBook = (one: BookName, other: BookName): boolean =>
  one.register === other.register && one.unit === other.unit && one.year === other.year;

function Book(props: {
  readonly name: BookName;
  readonly book: NumberBook | null;
  readonly registers: readonly string[];
  readonly units: readonly string[];
  readonly administrator: boolean;
}): ReactElement {
  const text = useText();
  const words = text.numbers;
  const language = useLanguage();
  const { name, book } = props;
  const may = useMay()('numbers.hold');
  const [open, setOpen] = useState<'hold' | 'format' | 'close' | null>(null);
  const past = name.year < Number(today().slice(0, 4));
  const done = (): void => setOpen(null);
  return (
    <>
      <div className="line">
        <p className="grow">
          {book &&
            `${words.summary(book.last === null ? '-' : String(book.last), count(book.entries, language))} ${words.summaryOf(count(book.held, language), count(book.batal, language))}`}
        </p>
        {book?.closed && (
          <Chip tone="plain" icon="lock">
            {words.closed}
          </Chip>
        )}
        {may && past && book && !book.closed && (
          <Button onPress={() => setOpen('close')}>{words.close}</Button>
        )}
        {may && book?.closed && <Button onPress={() => void reopen(name, words)}>{words.reopen}</Button>}
        {may && <Button onPress={() => setOpen('format')}>{words.format}</Button>}
        {may && !book?.closed && (
          <Button kind="primary" icon="plus" onPress={() => setOpen('hold')}>
            {words.hold}
          </Button>
        )}
      </div>
      {!may && <p className="help">{words.readOnly}</p>}
      <Entries book={name} editable={may} />
      {open === 'hold' && <HoldDialog {...props} onClose={done} />}
      {open === 'format' && <FormatDialog {...props} onClose={done} />}
      {open === 'close' && <CloseYear book={name} onClose={done} />}
    </>
  );
}

async function reopen(book: BookName, words: { readonly reopened: (year: string) => string }): Promise<void> {
  const { register, unit, year } = book;
  const result = await eletter.numbers.setClosed({ register, unit, year, closed: false });
  if (!result.ok) {
    sayError(result.error);
    return;
  }
  say(words.reopened(String(year)));
  noteChange();
}
