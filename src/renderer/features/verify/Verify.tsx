/** Drop or choose PDFs or a folder. Works before unlock too; nothing of a file and no password is kept. */
import { useEffect, useEffectEvent, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { ErrorShape, VerificationReport } from '../../../main/core/contract/index.ts';
import { isLocked } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { Banner, ErrorBanner, FileDrop, ScreenTitle } from '../../ui/parts.tsx';
import { Paper } from '../paper/Paper.tsx';
import { VerifyModes, type VerifyMode } from '../paper/VerifyModes.tsx';
import { takeGiven, useGiven } from './given.ts';
import { CheckOnline } from './CheckOnline.tsx';
import { ManyFiles } from './ManyFiles.tsx';
import { Report } from './Report.tsx';
import { fileSource, type PdfSource } from './sources.ts';
import { Viewer, type Look } from './Viewer.tsx';

type State =
  | { readonly at: 'start' }
  | { readonly at: 'checking'; readonly name: string }
  | {
      readonly at: 'report';
      readonly report: VerificationReport;
      readonly source: PdfSource;
      readonly opened: string | null;
    }
  | { readonly at: 'many'; readonly sources: readonly PdfSource[]; readonly batch: number }
  | { readonly at: 'error'; readonly error: ErrorShape }
  | { readonly at: 'refused'; readonly reason: string };

/** Pages that are looked at, over the result that they belong to. */
interface Viewing {
  readonly source: PdfSource;
  readonly password: string | null;
  readonly report: VerificationReport;
  readonly look: Look;
  /** Gets the focus back. */
  readonly from: Element | null;
}

export function Verify(): ReactElement {
  const [mode, setMode] = useState<VerifyMode>('pdf');
  const modes = <VerifyModes value={mode} onChange={setMode} />;
  const given = useGiven((so) => so.waiting);

  // A file from outside is a PDF, whatever was being checked here.
  if (given && mode === 'paper') setMode('pdf');
  return mode === 'paper' ? <Paper modes={modes} /> : <VerifyPdf modes={modes} />;
}

function VerifyPdf({ modes }: { readonly modes: ReactNode }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const [state, setState] = useState<State>({ at: 'start' });
  const [viewing, setViewing] = useState<Viewing | null>(null);
  // An answer that comes after the next question is nobody's.
  const asked = useRef(0);
  const screen = useRef<HTMLDivElement>(null);

  const check = async (source: PdfSource, password: string | null): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    const show = (next: State): void => (mine === asked.current ? setState(next) : undefined);
    show({ at: 'checking', name: source.name });
    const reading = await source.read();
    if (!reading.ok) {
      show({ at: 'refused', reason: reading.message });
      return;
    }
    const result = await eletter.verify.file({ name: reading.name, bytes: reading.bytes, password });
    show(
      result.ok
        ? { at: 'report', report: result.value, source, opened: password }
        : { at: 'error', error: result.error },
    );
  };

  const take = (sources: readonly PdfSource[]): void => {
    setViewing(null);
    const [only] = sources;
    if (sources.length === 1 && only) void check(only, null);
    else if (sources.length > 0) {
      asked.current += 1;
      setState({ at: 'many', sources, batch: asked.current });
    }
  };

  const receive = useEffectEvent(() => {
    const sources = takeGiven();
    if (sources.length > 0) take(sources);
  });
  useEffect(() => {
    // What waits already, then whatever comes while this screen is there.
    queueMicrotask(receive);
    return useGiven.subscribe(() => receive());
  }, []);

  const look = (source: PdfSource, password: string | null, report: VerificationReport, wish: Look): void =>
    setViewing({ source, password, report, look: wish, from: document.activeElement });

  const back = (index?: number): void => {
    const from = viewing?.from;
    setViewing(null);
    requestAnimationFrame(() => {
      const box = index === undefined ? null : screen.current?.querySelectorAll('[data-signature]')[index];
      const target = box ?? (from?.isConnected ? from : screen.current);
      if (target instanceof HTMLElement) target.focus();
    });
  };

  return (
    <>
      {viewing && (
        <Viewer {...viewing} onClose={() => back()} onSignature={back} key={viewing.look.signature?.field} />
      )}
      <div hidden={viewing !== null}>
        <div
          className="screen stack"
          data-pane="verify"
          tabIndex={-1}
          ref={screen}
          data-many={state.at === 'many' || undefined}
        >
          <header>
            <ScreenTitle>{text.verify.title}</ScreenTitle>
            <p className="soft">{text.verify.text}</p>
          </header>
          {modes}
          <FileDrop
            label={state.at === 'start' ? text.verify.choose : text.verify.another}
            hint={text.verify.drop}
            accept={['application/pdf', '.pdf']}
            large={state.at === 'start'}
            primary={state.at === 'start'}
            onFile={(file) => take([fileSource(file)])}
            onFiles={(files) => take(files.map(fileSource))}
          />
          <div aria-live="polite" className="stack">
            {state.at === 'checking' && <p className="soft">{text.verify.checking(state.name)}</p>}
            {state.at === 'report' && (
              <>
                <Report
                  report={state.report}
                  onLook={(wish) => look(state.source, state.opened, state.report, wish)}
                />
                {isLocked(state.report) && (
                  <FilePassword onOpen={(password) => void check(state.source, password)} />
                )}
                <CheckOnline
                  source={state.source}
                  password={state.opened}
                  report={state.report}
                  onReport={(report) => setState({ ...state, report })}
                />
                {state.report.sha256 !== '' && !isLocked(state.report) && (
                  <SaveReport source={state.source} password={state.opened} />
                )}
              </>
            )}
          </div>
          {state.at === 'many' && (
            <ManyFiles
              key={`${state.batch} ${language}`}
              sources={state.sources}
              onLook={(source, report, wish) => look(source, null, report, wish)}
            />
          )}
          {state.at === 'error' && <ErrorBanner error={state.error} />}
          {state.at === 'refused' && (
            <Banner tone="bad" live>
              {state.reason}
            </Banner>
          )}
        </div>
      </div>
    </>
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
function SaveReport(props: { readonly source: PdfSource; readonly password: string | null }): ReactElement {
  const text = useText();
  const [pending, setPending] = useState(false);
  const save = async (): Promise<void> => {
    setPending(true);
    const reading = await props.source.read();
    if (!reading.ok) {
      setPending(false);
      sayFailure(reading.message);
      return;
    }
    const { name, bytes } = reading;
    const result = await eletter.desktop.saveReport({ name, bytes, password: props.password });
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
