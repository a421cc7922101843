/** Versions of a draft: keep one, read what is different between two, bring one back. */
import { useState, type ReactElement } from 'react';
import type { LetterContent, LetterDetail, LetterVersion } from '../../../main/core/contract/index.ts';
import { maximumNote } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Differences } from './Differences.tsx';

export function Versions(props: {
  readonly id: string;
  /** As it is saved. */
  readonly revision: number;
  readonly content: LetterContent;
  readonly onRestored: (letter: LetterDetail) => void;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.writing.versions;
  const language = useLanguage();
  const { id, revision } = props;
  const versions = useReading(`versions ${id}`, () => eletter.versions.list({ id }));
  const list = versions.value ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const selected = list.find((one) => one.number === chosen) ?? list.find((one) => !one.current) ?? list[0];
  const [target, setTarget] = useState(0);
  const nameOf = (number: number): string => (number === 0 ? words.now : words.name(count(number, language)));

  return (
    <Dialog title={words.title} onClose={props.onClose} wide>
      <Keep id={id} revision={revision} />
      {versions.error && <ErrorBanner error={versions.error} onRetry={versions.reload} />}
      {versions.slow && <Skeleton lines={4} />}
      {versions.value && list.length === 0 && <Empty icon="clock">{words.none}</Empty>}
      {selected && (
        <>
          <ul className="version-list" aria-label={words.list} tabIndex={0}>
            {list.map((version) => (
              <li key={version.number}>
                <VersionButton
                  version={version}
                  pressed={version.number === selected.number}
                  onPress={() => setChosen(version.number)}
                />
              </li>
            ))}
          </ul>
          <section className="stack" aria-label={words.differences}>
            <div className="columns">
              <SelectField
                label={words.compareFrom}
                value={String(selected.number)}
                choices={list.map(({ number, note }) => ({
                  value: String(number),
                  label: note === '' ? nameOf(number) : `${nameOf(number)}: ${note}`,
                }))}
                onChange={(value) => setChosen(Number(value))}
              />
              <SelectField
                label={words.compareTo}
                value={String(target)}
                choices={[0, ...list.map(({ number }) => number)].map((number) => ({
                  value: String(number),
                  label: nameOf(number),
                }))}
                onChange={(value) => setTarget(Number(value))}
              />
            </div>
            <Compared
              key={`${selected.number} ${target} ${revision}`}
              id={id}
              from={selected.number}
              to={target}
              now={props.content}
              title={words.between(nameOf(selected.number), nameOf(target))}
            />
          </section>
          <Restore {...props} version={selected} />
        </>
      )}
      <div className="line line-end">
        <Button onPress={props.onClose}>{text.common.close}</Button>
      </div>
    </Dialog>
  );
}

function VersionButton(props: {
  readonly version: LetterVersion;
  readonly pressed: boolean;
  readonly onPress: () => void;
}): ReactElement {
  const words = useText().writing.versions;
  const language = useLanguage();
  const { number, note, by, at, reason, current } = props.version;
  return (
    <button type="button" className="version" aria-pressed={props.pressed} onClick={props.onPress}>
      <span className="grow">
        <strong>{words.name(count(number, language))}</strong>
        {note !== '' && <span> · {note}</span>}
        <span className="small soft version-who">
          {dateTime(at, language)} · {by} · {words.reason[reason]}
        </span>
      </span>
      {current && (
        <Chip tone="good" icon="check">
          {words.same}
        </Chip>
      )}
    </button>
  );
}

function Keep({ id, revision }: { readonly id: string; readonly revision: number }): ReactElement {
  const words = useText().writing.versions;
  const language = useLanguage();
  const sending = useSending();
  const [note, setNote] = useState('');
  return (
    <PlainForm
      sending={sending}
      label={words.keep}
      className="line line-fields"
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.versions.keep({ id, revision, note: note.trim() }),
          ({ number }) => {
            say(words.kept(count(number, language)));
            setNote('');
            noteChange();
          },
        )
      }
      actions={
        <Button type="submit" icon="save" isPending={sending.pending}>
          {words.keep}
        </Button>
      }
    >
      <TextField
        label={words.keepName}
        value={note}
        placeholder={words.keepHint}
        optional
        maxLength={maximumNote}
        onChange={setNote}
      />
    </PlainForm>
  );
}

function Compared(props: {
  readonly id: string;
  readonly from: number;
  /** 0: as it is now. */
  readonly to: number;
  readonly now: LetterContent;
  readonly title: string;
}): ReactElement {
  const { id, from, to } = props;
  const before = useReading(`version ${id} ${from}`, () => eletter.versions.read({ id, number: from }));
  const after = useReading(`version ${id} ${to}`, async () =>
    to === 0 ? { ok: true, value: props.now } : eletter.versions.read({ id, number: to }),
  );
  const error = before.error ?? after.error;
  if (error) return <ErrorBanner error={error} />;
  if (!before.value || !after.value) return <Skeleton lines={4} />;
  return <Differences title={props.title} before={before.value} after={after.value} />;
}

function Restore(props: {
  readonly id: string;
  readonly revision: number;
  readonly version: LetterVersion;
  readonly onRestored: (letter: LetterDetail) => void;
}): ReactElement | null {
  const words = useText().writing.versions;
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const { number, current } = props.version;
  if (current) return null;
  const restore = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.versions.restore({ id: props.id, revision: props.revision, number });
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(words.restored(count(number, language)));
    noteChange();
    props.onRestored(result.value);
  };
  return (
    <div className="line">
      <Button icon="restore" isPending={pending} onPress={() => void restore()}>
        {words.restore(count(number, language))}
      </Button>
      <p className="help grow">{words.restoreHelp}</p>
    </div>
  );
}
