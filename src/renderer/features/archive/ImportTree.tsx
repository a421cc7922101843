/** A classification from a table: what would come of it, and every wrong row, before anything is written. */
import { useState, type ReactElement } from 'react';
import type { ClassificationImport } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Checkbox } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, FileDrop } from '../../ui/parts.tsx';

/** More than these are counted. */
const shown = 200;

export function ImportTree({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.archive.tree;
  const sending = useSending();
  const [csv, setCsv] = useState<Uint8Array | null>(null);
  const [replace, setReplace] = useState(false);
  const [found, setFound] = useState<ClassificationImport | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const look = (bytes: Uint8Array, drops: boolean): void => {
    setFound(null);
    setCsv(bytes);
    sending.send(
      false,
      () => eletter.archive.importTree({ csv: bytes, replace: drops, write: false }),
      setFound,
    );
  };
  const take = async (file: File): Promise<void> => {
    setRefused(null);
    const reading = await readFile(file, limits.table);
    if (reading.ok) look(reading.bytes, replace);
    else
      setRefused(
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.table))
          : text.common.fileUnreadable,
      );
  };
  const n = (value: number): string => count(value, language);
  const right = found !== null && found.problems.length === 0;
  return (
    <FormDialog
      title={words.importTitle}
      wide
      sending={sending}
      confirm={words.run}
      isDisabled={!right || found.added + found.changed + found.dropped === 0}
      onClose={onClose}
      onSubmit={() =>
        csv &&
        sending.send(
          false,
          () => eletter.archive.importTree({ csv, replace, write: true }),
          () => {
            say(words.imported);
            noteChange();
            onClose();
          },
        )
      }
    >
      <p className="soft">{words.importText}</p>
      <FileDrop
        label={words.choose}
        hint={text.common.orDrop}
        accept={['text/csv', '.csv']}
        onFile={(file) => void take(file)}
      />
      <Checkbox
        isSelected={replace}
        onChange={(next) => {
          setReplace(next);
          if (csv) look(csv, next);
        }}
      >
        {words.replace}
      </Checkbox>
      {refused !== null && (
        <Banner tone="bad" live>
          {refused}
        </Banner>
      )}
      {right && (
        <Banner tone="good" live>
          {words.found(n(found.added), n(found.changed), n(found.same))}{' '}
          {found.dropped > 0 && words.dropped(n(found.dropped))} {found.kept > 0 && words.kept(n(found.kept))}
        </Banner>
      )}
      {found && !right && (
        <section className="stack-tight">
          <Banner tone="bad" live>
            {words.problems(n(found.problems.length))}
          </Banner>
          <ul
            className="bullets batch-list"
            tabIndex={0}
            aria-label={words.problems(n(found.problems.length))}
          >
            {found.problems.slice(0, shown).map(({ row, code, value }) => (
              <li key={`${row} ${code} ${value}`}>
                <strong>{words.row(n(row))}</strong>: {words.problem[code](value)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </FormDialog>
  );
}
