/** In a letter: which files it lies in, and putting it into one. */
import { useEffect, useState, type ReactElement } from 'react';
import type { LetterDetail, LetterFiling } from '../../../main/core/contract/index.ts';
import { go, useMay } from '../../app/app-store.ts';
import { isSingleKey } from '../../app/keys.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { dayOf, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, ErrorBanner } from '../../ui/parts.tsx';

export function Filing({ id, gone }: { readonly id: string; readonly gone: boolean }): ReactElement {
  const text = useText();
  const words = text.archive.filing;
  const [open, setOpen] = useState(false);
  const reading = useReading(`filing-${id}`, () => eletter.archive.filing({ id }));
  useEffect(() => {
    if (gone) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'e' || !isSingleKey(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [gone]);
  const takeOut = async (fileId: string, title: string): Promise<void> => {
    const result = await eletter.archive.unfileLetter({ id, fileId });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(words.takenOut(title));
    noteChange();
  };
  const { value } = reading;
  return (
    <div className="stack-tight">
      <h2>{words.heading}</h2>
      {reading.error && <ErrorBanner error={reading.error} onRetry={reading.reload} />}
      {value && value.filed.length > 0 && (
        <ul className="ledger" aria-label={words.heading}>
          {value.filed.map((file) => (
            <li key={file.id} className="delivery">
              <span className="grow">
                {file.opens ? (
                  <button
                    type="button"
                    className="archive-open"
                    aria-label={words.openFile(file.title)}
                    onClick={() => go({ at: 'archive', view: 'files', id: file.id })}
                  >
                    {file.title}
                  </button>
                ) : (
                  file.title
                )}
                <span className="help delivery-times">
                  {file.code} · {file.unit}
                </span>
              </span>
              {file.movable && (
                <Button
                  kind="quiet"
                  aria-label={words.takeOutOf(file.title)}
                  onPress={() => void takeOut(file.id, file.title)}
                >
                  {words.takeOut}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {value && !gone && !stays(value) && (
        <div className="line">
          {value.filed.length === 0 && <span className="soft">{words.nowhere}</span>}
          <Button icon="archive" onPress={() => setOpen(true)}>
            {words.action}
          </Button>
        </div>
      )}
      {open && value && !stays(value) && <FileDialog id={id} filing={value} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** It lies where it cannot be moved from, in a closed file or one on hold, and there is no other unit to file it in. */
const stays = ({ filed, choices }: LetterFiling): boolean =>
  choices.length === 0 && filed.some((one) => !one.movable);

function FileDialog(props: {
  readonly id: string;
  readonly filing: LetterFiling;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.archive.filing;
  const sending = useSending();
  const keeps = useMay()('archive.saveFile');
  const { filing } = props;
  const free = filing.choices.filter((one) => !filing.filed.some((file) => file.id === one.id));
  // Files of the letter's own code first, then of those above it.
  const near = (code: string): number =>
    filing.classification === code || filing.classification.startsWith(`${code}.`) ? code.length : 0;
  const choices = free.toSorted((one, other) => near(other.code) - near(one.code));
  const [fileId, setFile] = useState(() => {
    const [first] = choices;
    return first && near(first.code) > 0 ? first.id : '';
  });
  const chosen = choices.find((one) => one.id === fileId);
  const moves = chosen !== undefined && filing.filed.some((file) => file.unit === chosen.unit);
  return (
    <FormDialog
      title={words.title}
      sending={sending}
      confirm={words.confirm}
      isDisabled={choices.length === 0}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          fileId === '',
          () => eletter.archive.fileLetter({ id: props.id, fileId }),
          () => {
            say(words.done(chosen?.title ?? ''));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p className="help">{words.text(filing.classification)}</p>
      {choices.length === 0 ? (
        <Banner tone="plain">{keeps ? words.noneKeeper : words.none}</Banner>
      ) : (
        <SelectField
          label={words.file}
          value={fileId}
          choices={[
            { value: '', label: words.choose },
            ...choices.map((one) => ({
              value: one.id,
              label: `${one.code} ${one.title} (${one.unit}, ${one.year})`,
            })),
          ]}
          error={sending.tried && fileId === '' ? text.common.required : undefined}
          onChange={setFile}
        />
      )}
      {moves && <Banner tone="plain">{words.moves}</Banner>}
    </FormDialog>
  );
}

/** What is left of a letter whose content was destroyed. */
export function DestroyedBanner({ letter }: { readonly letter: LetterDetail }): ReactElement | null {
  const words = useText().archive.gone;
  const language = useLanguage();
  const gone = letter.destroyed;
  if (!gone) return null;
  return (
    <Banner tone="unsure">
      <strong>{words.title(dayOf(gone.at, language))}</strong>
      <p>
        {words.text(
          gone.minutesNumber,
          plainDate(gone.minutesDate, language),
          `${gone.code} ${gone.file}`,
          gone.unit,
        )}
      </p>
    </Banner>
  );
}
