/** How far a batch is, the letter whose turn it is, and in the end a result for each. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { BatchStatus, ErrorShape, Result } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { count } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { loweringName, secretRefusals } from '../../lib/keys.ts';
import { preparePdf } from '../../lib/pdf.ts';
import { Button } from '../../ui/Button.tsx';
import { PdfPages } from '../../ui/PdfPages.tsx';
import { Banner, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { KeyFields } from '../keys/KeyFields.tsx';
import { showBatch } from './batch-store.ts';

/** More results than this are counted, not shown; letters are in their folders. */
const shownResults = 500;

export function BatchProgress(props: {
  readonly status: BatchStatus;
  readonly onChanged: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { status } = props;
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const n = (value: number): string => count(value, language);
  const done = status.total - status.waiting;

  const act = async (call: () => Promise<Result<unknown>>): Promise<boolean> => {
    if (pending) return false;
    setPending(true);
    setError(null);
    const result = await call();
    setPending(false);
    if (!result.ok) setError(result.error);
    props.onChanged();
    noteChange();
    return result.ok;
  };
  const putAway = async (): Promise<void> => {
    if (await act(() => eletter.batch.dismiss({}))) showBatch(null);
  };

  return (
    <div className="stack">
      <div className="running">
        <progress
          max={status.total}
          value={done}
          aria-label={text.batch.progress(n(done), n(status.total))}
        />
        <span role="status">
          {status.state === 'done'
            ? summaryOf(status, text, n)
            : `${text.batch.progress(n(done), n(status.total))}${remaining(status, text, n)}`}
        </span>
      </div>
      {error && !secretRefusals.includes(error.code) && <ErrorBanner error={error} />}
      {status.state === 'running' && (
        <>
          {status.mode === 'each' && status.nextId !== null && (
            <Current key={status.nextId} id={status.nextId} pending={pending} act={act} />
          )}
          <p className="help">{text.batch.closing}</p>
          <div className="line line-end">
            <Button onPress={() => showBatch(null)}>{text.batch.hide}</Button>
            <Button isPending={pending} onPress={() => void act(() => eletter.batch.pause({}))}>
              {pending && status.mode === 'all' ? text.batch.pausing : text.batch.pause}
            </Button>
          </div>
        </>
      )}
      {status.state === 'paused' && (
        <Paused
          status={status}
          wrong={error && secretRefusals.includes(error.code) ? error : null}
          pending={pending}
          onResume={(signingPassphrase) => void act(() => eletter.batch.resume({ signingPassphrase }))}
          onPutAway={() => void putAway()}
        />
      )}
      {status.state !== 'running' && <Results />}
      {status.state === 'done' && (
        <div className="line line-end">
          <Button kind="primary" isPending={pending} onPress={() => void putAway()}>
            {text.batch.dismiss}
          </Button>
        </div>
      )}
    </div>
  );
}

function summaryOf(status: BatchStatus, text: Catalogue, n: (value: number) => string): string {
  const parts = [
    text.batch.summary(n(status.signed)),
    ...(status.failed > 0 ? [text.batch.failed(n(status.failed))] : []),
    ...(status.skipped > 0 ? [text.batch.skipped(n(status.skipped))] : []),
  ];
  return `${parts.join(', ')}.`;
}

function remaining(status: BatchStatus, text: Catalogue, n: (value: number) => string): string {
  const { remainingSeconds: left } = status;
  if (left === null || status.state !== 'running') return '';
  return left < 90
    ? ` · ${text.batch.seconds(n(left))}`
    : ` · ${text.batch.minutes(n(Math.ceil(left / 60)))}`;
}

function Current(props: {
  readonly id: string;
  readonly pending: boolean;
  readonly act: (call: () => Promise<Result<unknown>>) => Promise<boolean>;
}): ReactElement {
  const text = useText();
  const { id } = props;
  const page = useReading(`batch-preview ${id}`, () => eletter.letters.preview({ id }));
  const pdf = page.value?.pdf ?? null;
  useEffect(preparePdf, []);
  return (
    <div className="stack-tight">
      {page.error && <ErrorBanner error={page.error} onRetry={page.reload} />}
      {page.value?.problems[0] && <ErrorBanner error={page.value.problems[0]} />}
      {page.slow && <Skeleton lines={8} />}
      {pdf && (
        <div className="batch-page">
          <PdfPages bytes={pdf} label={text.batch.current} />
        </div>
      )}
      <div className="line line-end">
        <Button
          isDisabled={props.pending}
          onPress={() => void props.act(() => eletter.batch.skip({ letterId: id }))}
        >
          {text.batch.skipThis}
        </Button>
        {/* Only what is on the screen can be signed. */}
        <Button
          kind="primary"
          icon="pen"
          isPending={props.pending}
          isDisabled={pdf === null}
          onPress={() => void props.act(() => eletter.batch.next({ letterId: id }))}
        >
          {text.batch.signThis}
        </Button>
      </div>
    </div>
  );
}

function Paused(props: {
  readonly status: BatchStatus;
  readonly wrong: ErrorShape | null;
  readonly pending: boolean;
  readonly onResume: (passphrase: string) => void;
  readonly onPutAway: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const identities = useReading('identities', () => eletter.identity.list({}));
  const { status, wrong } = props;
  useEffect(() => {
    if (wrong) focusFirstError(form.current);
  }, [wrong]);
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '' && !props.pending) props.onResume(passphrase);
      }}
    >
      <Banner tone="unsure">
        {status.stoppedBy ? `${text.batch.stopped} ${errorText(status.stoppedBy)} ` : ''}
        {text.batch.paused(count(status.waiting, language))}
      </Banner>
      <KeyFields
        identities={identities.value ?? []}
        chosen={identities.value?.find((one) => one.id === status.identityId) ?? null}
        fixed
        secret={passphrase}
        error={wrong}
        startsFocused
        onChoose={() => undefined}
        onSecret={setPassphrase}
      />
      <div className="line line-end">
        <Button isDisabled={props.pending} onPress={props.onPutAway}>
          {text.batch.putAway}
        </Button>
        <Button kind="primary" type="submit" isPending={props.pending} isDisabled={passphrase === ''}>
          {text.batch.resume}
        </Button>
      </div>
    </form>
  );
}

/** Failures first, in words. */
function Results(): ReactElement {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const items = useReading('batch-items', () => eletter.batch.items({}));
  const rank = { failed: 0, waiting: 1, skipped: 2, signed: 3 } as const;
  const sorted = items.value?.toSorted((a, b) => rank[a.state] - rank[b.state]) ?? [];
  return (
    <section className="stack-tight">
      <h3 id="batch-results">{text.batch.results}</h3>
      {items.error && items.error.code !== 'BATCH_MISSING' && (
        <ErrorBanner error={items.error} onRetry={items.reload} />
      )}
      <ul className="bullets batch-list" tabIndex={0} aria-labelledby="batch-results">
        {sorted.slice(0, shownResults).map((item) => (
          <li key={item.letterId}>
            <strong>{item.subject || text.letters.noSubject}</strong>:{' '}
            {item.number ?? text.batch.result[item.state]}
            {item.error && `. ${errorText(item.error)}`}
            {item.lowering && `. ${text.level.inBatch(loweringName(item.lowering, language))}`}
          </li>
        ))}
        {sorted.length > shownResults && (
          <li>{text.batch.more(count(sorted.length - shownResults, language))}</li>
        )}
      </ul>
    </section>
  );
}
