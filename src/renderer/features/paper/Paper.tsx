/** A printed letter, checked from a scan or from the text that a QR scanner gives. Works before unlock too. */
import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { ErrorShape, PaperReading, StatementCheck } from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Banner, ErrorBanner, FileDrop, ScreenTitle } from '../../ui/parts.tsx';
import { CodeAnswer } from './CodeAnswer.tsx';
import { PagePicture } from './PagePicture.tsx';

type State =
  | { readonly at: 'start' }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'read'; readonly name: string; readonly reading: PaperReading; readonly turn: number }
  | { readonly at: 'pasted'; readonly text: string; readonly check: StatementCheck; readonly turn: number }
  | { readonly at: 'error'; readonly error: ErrorShape }
  | { readonly at: 'refused'; readonly reason: string };

export function Paper({ modes }: { readonly modes: ReactNode }): ReactElement {
  const text = useText();
  const session = useSession();
  const [state, setState] = useState<State>({ at: 'start' });
  // An answer that comes after the next question is nobody's.
  const asked = useRef(0);
  const begin = (): { readonly turn: number; readonly show: (next: State) => void } => {
    asked.current += 1;
    const turn = asked.current;
    return { turn, show: (next) => (turn === asked.current ? setState(next) : undefined) };
  };

  const scan = async (file: File): Promise<void> => {
    const { turn, show } = begin();
    show({ at: 'reading', name: file.name });
    const taken = await readFile(file, limits.scan);
    if (!taken.ok) {
      const reason =
        taken.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.scan))
          : text.common.fileUnreadable;
      show({ at: 'refused', reason });
      return;
    }
    const result = await eletter.statement.scan({ name: taken.name, bytes: taken.bytes });
    show(
      result.ok
        ? { at: 'read', name: taken.name, reading: result.value, turn }
        : { at: 'error', error: result.error },
    );
  };

  const paste = async (pasted: string): Promise<void> => {
    const { turn, show } = begin();
    const result = await eletter.statement.check({ text: pasted });
    show(
      result.ok
        ? { at: 'pasted', text: pasted, check: result.value, turn }
        : { at: 'error', error: result.error },
    );
  };

  const large = state.at === 'start';
  return (
    <div className="screen screen-wide stack" data-pane="verify" tabIndex={-1}>
      <header>
        <ScreenTitle>{text.paper.title}</ScreenTitle>
        <p className="soft paper-intro">{text.paper.text}</p>
        {session === null && <p className="help">{text.paper.beforeUnlock}</p>}
      </header>
      {modes}
      <FileDrop
        label={large ? text.paper.choose : text.paper.another}
        hint={text.paper.drop}
        accept={['image/png', 'image/jpeg', 'application/pdf', '.png', '.jpg', '.jpeg', '.pdf']}
        large={large}
        primary={large}
        onFile={(file) => void scan(file)}
      />
      <PasteText onCheck={(pasted) => void paste(pasted)} />
      <div aria-live="polite" className="stack">
        {state.at === 'reading' && <p className="soft">{text.paper.reading(state.name)}</p>}
        {state.at === 'read' && <Read key={state.turn} name={state.name} reading={state.reading} />}
        {state.at === 'pasted' && (
          <section className="stack" aria-label={text.paper.result(text.paper.pasted)}>
            <CodeAnswer
              key={state.turn}
              title={text.paper.code(1, 1)}
              code={{ text: state.text, check: state.check }}
            />
          </section>
        )}
      </div>
      {state.at === 'error' && <ErrorBanner error={state.error} />}
      {state.at === 'refused' && (
        <Banner tone="bad" live>
          {state.reason}
        </Banner>
      )}
    </div>
  );
}

function Read(props: { readonly name: string; readonly reading: PaperReading }): ReactElement {
  const text = useText();
  const { name, reading } = props;
  const { pages, pageCount } = reading;
  const withCodes = pages.filter(({ codes }) => codes.length > 0);
  // Number, date and subject stand on the first page, the code beside the signature on the last.
  const shown = pages.filter(({ page, codes }) => page === 1 || codes.length > 0);
  const titleOf = (page: number, index: number, all: number): string => {
    const code = text.paper.code(index + 1, all);
    return pageCount > 1 ? `${code} · ${text.paper.page(page, pageCount)}` : code;
  };
  return (
    <section className="stack" aria-label={text.paper.result(name)}>
      {pages.length < pageCount && (
        <Banner tone="unsure">{text.paper.partly(pages.length, pageCount)}</Banner>
      )}
      {withCodes.length === 0 && (
        <Banner tone="unsure">
          <p>{text.paper.nothing}</p>
          <p>{text.paper.nothingHelp}</p>
        </Banner>
      )}
      <div className="paper">
        {withCodes.length > 0 && (
          <div className="stack paper-answers">
            {withCodes.flatMap(({ page, codes }) =>
              codes.map((code, index) => (
                <CodeAnswer key={`${page} ${index}`} title={titleOf(page, index, codes.length)} code={code} />
              )),
            )}
          </div>
        )}
        <div className="stack paper-pictures">
          {shown.map(
            (page) =>
              page.picture && (
                <PagePicture
                  key={page.page}
                  name={name}
                  page={page}
                  pageCount={pageCount}
                  picture={page.picture}
                />
              ),
          )}
        </div>
      </div>
    </section>
  );
}

function PasteText(props: { readonly onCheck: (text: string) => void }): ReactElement {
  const text = useText();
  const [typed, setTyped] = useState('');
  return (
    <details>
      <summary>{text.paper.pasteTitle}</summary>
      <form
        className="stack-tight details-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') props.onCheck(typed);
        }}
      >
        <TextField
          label={text.paper.pasteLabel}
          help={text.paper.pasteHelp}
          value={typed}
          lines={3}
          maxLength={1000}
          onChange={setTyped}
        />
        <div className="line">
          <Button type="submit">{text.paper.pasteCheck}</Button>
        </div>
      </form>
    </details>
  );
}
