/** Drop or choose PDFs or a folder. Works before unlock too; nothing of a file and no password is kept. */
import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, VerificationReport } from '../../../main/core/contract/index.ts';
import { isLocked } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { Banner, ErrorBanner, FileDrop, ScreenTitle } from '../../ui/parts.tsx';
import { CheckOnline } from './CheckOnline.tsx';
import { ManyFiles } from './ManyFiles.tsx';
import { Report } from './Report.tsx';

type State =
  | { readonly at: 'start' }
  | { readonly at: 'checking'; readonly name: string }
  | {
      readonly at: 'report';
      readonly report: VerificationReport;
      readonly file: File;
      readonly opened: string | null;
    }
  | { readonly at: 'many'; readonly files: readonly File[] }
  | { readonly at: 'error'; readonly error: ErrorShape }
  | { readonly at: 'refused'; readonly reason: string };

export function Verify(): ReactElement {
  const text = useText();
  const [state, setState] = useState<State>({ at: 'start' });
  // An answer that comes after the next question is nobody's.
  const asked = useRef(0);

  const check = async (file: File, password: string | null): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    const show = (next: State): void => (mine === asked.current ? setState(next) : undefined);
    show({ at: 'checking', name: file.name });
    const reading = await readFile(file, limits.pdf);
    if (!reading.ok) {
      const reason =
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.pdf))
          : text.common.fileUnreadable;
      show({ at: 'refused', reason });
      return;
    }
    const result = await eletter.verify.file({ name: reading.name, bytes: reading.bytes, password });
    show(
      result.ok
        ? { at: 'report', report: result.value, file, opened: password }
        : { at: 'error', error: result.error },
    );
  };

  const take = (files: readonly File[]): void => {
    const [only] = files;
    if (files.length === 1 && only) void check(only, null);
    else {
      asked.current += 1;
      setState({ at: 'many', files });
    }
  };

  return (
    <div className="screen stack" data-pane="verify" tabIndex={-1}>
      <header>
        <ScreenTitle>{text.verify.title}</ScreenTitle>
        <p className="soft">{text.verify.text}</p>
      </header>
      <FileDrop
        label={state.at === 'start' ? text.verify.choose : text.verify.another}
        hint={text.verify.drop}
        accept={['application/pdf', '.pdf']}
        large={state.at === 'start'}
        primary={state.at === 'start'}
        onFile={(file) => take([file])}
        onFiles={take}
      />
      <div aria-live="polite" className="stack">
        {state.at === 'checking' && <p className="soft">{text.verify.checking(state.name)}</p>}
        {state.at === 'report' && (
          <>
            <Report report={state.report} />
            {isLocked(state.report) && (
              <FilePassword onOpen={(password) => void check(state.file, password)} />
            )}
            <CheckOnline
              file={state.file}
              password={state.opened}
              report={state.report}
              onReport={(report) => setState({ ...state, report })}
            />
            {state.report.sha256 !== '' && !isLocked(state.report) && (
              <SaveReport file={state.file} password={state.opened} />
            )}
          </>
        )}
      </div>
      {state.at === 'many' && <ManyFiles files={state.files} />}
      {state.at === 'error' && <ErrorBanner error={state.error} />}
      {state.at === 'refused' && (
        <Banner tone="bad" live>
          {state.reason}
        </Banner>
      )}
    </div>
  );
}

function FilePassword(props: { readonly onOpen: (password: string) => void }): ReactElement {
  const text = useText();
  const [password, setPassword] = useState('');
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (password === '') return;
        setPassword('');
        props.onOpen(password);
      }}
    >
      <PassphraseField
        label={text.verify.password.label}
        help={text.verify.password.text}
        value={password}
        onChange={setPassword}
        startsFocused
      />
      <div className="line">
        <Button type="submit" kind="primary">
          {text.verify.password.open}
        </Button>
      </div>
    </form>
  );
}

/** The report is made anew from the file: what is saved is what the core finds, not what the page shows. */
function SaveReport(props: { readonly file: File; readonly password: string | null }): ReactElement {
  const text = useText();
  const [pending, setPending] = useState(false);
  const save = async (): Promise<void> => {
    setPending(true);
    const reading = await readFile(props.file, limits.pdf);
    const result = reading.ok
      ? await eletter.desktop.saveReport({
          name: reading.name,
          bytes: reading.bytes,
          password: props.password,
        })
      : ({ ok: false, error: { code: 'FILE_UNREADABLE' } } as const);
    setPending(false);
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(text.verify.saved(result.value.fileName));
  };
  return (
    <div className="line">
      <Button icon="save" isPending={pending} onPress={() => void save()}>
        {text.verify.savePdf}
      </Button>
    </div>
  );
}
