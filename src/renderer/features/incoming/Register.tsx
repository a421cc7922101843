/** Registering a letter from outside: its data at the left, its pages at the right. */
import { useEffect, useState, type ReactElement } from 'react';
import { errorCodes, type ErrorCode, type Output } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { preparePdf } from '../../lib/pdf.ts';
import { Button } from '../../ui/Button.tsx';
import { Missing } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { ErrorBanner, ScreenTitle } from '../../ui/parts.tsx';
import { clearEntry, recallEntry, useEntry } from './entry.ts';
import { EntryFields, entryWrong } from './EntryFields.tsx';
import { FilePane } from './FilePane.tsx';
import { Registered } from './Registered.tsx';
import { SameLetters } from './SameLetters.tsx';

type Same = Output<'incoming.check'>;

const close = (): void => go({ at: 'letters', folder: 'unit', id: null });

export function Register(): ReactElement {
  const text = useText();
  const words = text.incoming;
  const done = useEntry((state) => state.done);
  useEffect(preparePdf, []);
  useEffect(() => void recallEntry(), []);
  return (
    <div className="register" data-pane="register" tabIndex={-1}>
      <header className="register-head line">
        <div className="grow">
          <ScreenTitle focus>{words.title}</ScreenTitle>
          <p className="soft">{words.intro}</p>
        </div>
        <Button icon="close" onPress={close}>
          {words.leave}
        </Button>
      </header>
      {done ? (
        <Registered done={done} />
      ) : (
        <div className="register-panes">
          <EntryForm />
          <FilePane />
        </div>
      )}
    </div>
  );
}

function EntryForm(): ReactElement {
  const text = useText();
  const words = text.incoming;
  const sending = useSending();
  const { entry, files, looked, looking, keepLocked, evenThough } = useEntry();
  const same = useSame();
  const people = useReading('people', () => eletter.people.list({}));
  const alike = same !== null && (same.same.length > 0 || same.hidden > 0);
  const locked = looked?.locked === true && files.length > 0 && !keepLocked;
  const wrong = entryWrong(entry, text, sending.tried);

  const submit = (): void => {
    const { to, copies, ...facts } = entry;
    sending.send(
      entryWrong(entry, text, true) !== null || (alike && !evenThough) || locked || looking,
      () =>
        eletter.incoming.register({
          letter: {
            ...facts,
            to: to.map((one) => one.accountId),
            copies: copies.map((one) => one.accountId),
          },
          files,
          keepLocked,
          evenThough,
        }),
      ({ id, agenda }) => {
        useEntry.setState({ done: { id, agenda, names: [...to, ...copies].map((one) => one.name) } });
        noteChange();
      },
    );
  };

  // In fields of several lines Enter is a new line.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !event.ctrlKey || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      sending.form.current?.requestSubmit();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [sending.form]);

  return (
    <PlainForm
      sending={sending}
      label={words.form}
      className="register-form stack"
      onSubmit={submit}
      // Shown at the foot, which is always in sight.
      shownAtField={errorCodes}
      actions={
        <div className="register-foot stack-tight">
          {alike && <SameLetters same={same} missing={sending.tried && !evenThough} />}
          {sending.tried && locked && <Missing>{words.lockedUnchosen}</Missing>}
          {sending.error && !atField.includes(sending.error.code) && <ErrorBanner error={sending.error} />}
          <div className="line register-foot-buttons">
            <Button kind="primary" type="submit" icon="check" isPending={sending.pending}>
              {sending.pending ? words.saving : words.save}
            </Button>
            <Button kind="quiet" onPress={clearEntry} isDisabled={sending.pending}>
              {words.clear}
            </Button>
            <span className="help">Ctrl+Enter</span>
          </div>
        </div>
      }
    >
      <EntryFields entry={entry} people={people.value ?? []} errors={wrong} sending={sending} />
    </PlainForm>
  );
}

const atField: readonly ErrorCode[] = ['INCOMING_DATE', 'INCOMING_RECEIVER'];

/** Milliseconds after the last key. */
const pause = 350;

/** Letters that may be the same, asked for while the form is filled in. */
function useSame(): Same | null {
  const { entry, looked, files } = useEntry();
  const sha256 = files.length > 0 ? (looked?.sha256 ?? null) : null;
  const { sender, number, date } = entry;
  const [same, setSame] = useState<Same | null>(null);
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      if (sha256 === null && (sender.trim() === '' || number.trim() === '' || date === '')) {
        setSame(null);
        return;
      }
      void eletter.incoming.check({ sender, number, date, sha256 }).then((result) => {
        if (!stale && result.ok) setSame(result.value);
      });
    }, pause);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [sender, number, date, sha256]);
  return same;
}
