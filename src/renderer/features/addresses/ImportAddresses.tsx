/** Addresses from a table: what would come of it is said first, row by row where something is wrong. */
import { useState, type ReactElement } from 'react';
import type { AddressBook, AddressImport } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, FileDrop } from '../../ui/parts.tsx';
import { BookChoice } from './BookChoice.tsx';
import { useMayWriteOfficeBook } from './use-book.ts';

export function ImportAddresses({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.addresses;
  const sending = useSending();
  const mayOffice = useMayWriteOfficeBook();
  const [book, setBook] = useState<AddressBook>(mayOffice ? 'office' : 'mine');
  const [group, setGroup] = useState('');
  const [csv, setCsv] = useState<Uint8Array | null>(null);
  const [found, setFound] = useState<AddressImport | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  const look = (bytes: Uint8Array, into: AddressBook): void => {
    setFound(null);
    setCsv(bytes);
    sending.send(
      false,
      () => eletter.addresses.import({ csv: bytes, book: into, group: '', write: false }),
      setFound,
    );
  };
  const take = async (file: File): Promise<void> => {
    setRefused(null);
    const reading = await readFile(file, limits.table);
    if (reading.ok) look(reading.bytes, book);
    else
      setRefused(
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.table))
          : text.common.fileUnreadable,
      );
  };
  const work = found ? found.added + found.changed + (group.trim() === '' ? 0 : found.same) : 0;
  const n = (value: number): string => count(value, language);

  return (
    <FormDialog
      title={words.importTitle}
      wide
      sending={sending}
      confirm={words.importRun(n(work))}
      isDisabled={work === 0}
      onClose={onClose}
      onSubmit={() =>
        csv &&
        sending.send(
          false,
          () => eletter.addresses.import({ csv, book, group: group.trim(), write: true }),
          () => {
            say(words.imported(n(work)));
            noteChange();
            onClose();
          },
        )
      }
    >
      <p className="soft">{words.importText}</p>
      {mayOffice && (
        <BookChoice
          value={book}
          onChange={(next) => {
            setBook(next);
            if (csv) look(csv, next);
          }}
        />
      )}
      <FileDrop
        label={words.importChoose}
        hint={text.common.orDrop}
        accept={['text/csv', '.csv']}
        onFile={(file) => void take(file)}
      />
      {refused !== null && (
        <Banner tone="bad" live>
          {refused}
        </Banner>
      )}
      {found && (
        <>
          <Banner tone={found.added + found.changed > 0 ? 'good' : 'plain'} live>
            {words.importFound(n(found.added), n(found.changed))}
          </Banner>
          {found.problems.length > 0 && (
            <section className="stack-tight">
              <h3 id="import-problems">{words.importProblems}</h3>
              <ul className="bullets batch-list" tabIndex={0} aria-labelledby="import-problems">
                {found.problems.slice(0, 200).map(({ row, code, column }) => (
                  <li key={`${row} ${code}`}>
                    <strong>{words.row(n(row))}</strong>
                    {column !== '' && `, ${words.column(column)}`}: {words.importProblem[code]}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <TextField
            label={words.importGroup}
            value={group}
            help={words.importGroupHelp}
            optional
            maxLength={200}
            onChange={setGroup}
          />
        </>
      )}
    </FormDialog>
  );
}
