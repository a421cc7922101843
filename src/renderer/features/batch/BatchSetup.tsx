/** Which letters, what is missing in each, how to sign them, and the one passphrase. Bare Enter never signs. */
import { useRef, useState, type ReactElement } from 'react';
import type { BatchCandidate, BatchMode, ErrorShape } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { count } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { useFieldName } from '../../lib/kinds.ts';
import { keyName, secretRefusals, isPinRefusal } from '../../lib/keys.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ChoiceGroup } from '../../ui/fields.tsx';
import { Banner, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { KeyFields } from '../keys/KeyFields.tsx';
import { showBatch } from './batch-store.ts';

/** More lines than this are counted, not shown. */
const shownLines = 200;

export function BatchSetup({ ids }: { readonly ids: readonly string[] }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const found = useReading(`batch-check ${ids.join(' ')}`, () => eletter.batch.check({ ids }));
  const identities = useReading('identities', () => eletter.identity.list({}));
  const [chosen, setChosen] = useState<string | null>(null);
  const identity =
    identities.value?.find((one) => (chosen === null ? one.current : one.id === chosen)) ?? null;
  const [mode, setMode] = useState<BatchMode>('all');
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const ready = found.value?.filter((one) => one.problems.length === 0) ?? [];
  const left = (found.value?.length ?? 0) - ready.length;
  const none = ready.length === 0 || (identities.value !== null && identity === null);

  const start = async (): Promise<void> => {
    if (pending || none || !identity) return;
    if (passphrase === '') {
      setError({ code: 'SIGNING_PASSPHRASE_WRONG' });
      focusFirstError(box.current);
      return;
    }
    setPending(true);
    setError(null);
    const letters = ready.map(({ id, revision }) => ({ id, revision }));
    const secret = { signingPassphrase: passphrase, identityId: identity.id };
    const result = await eletter.batch.start({ letters, mode, ...secret });
    setPending(false);
    if (result.ok) {
      noteChange();
      showBatch('progress');
      return;
    }
    setError(result.error);
    // Tried again by mistake, a wrong PIN costs the token one more of its few attempts.
    if (isPinRefusal(result.error.code)) setPassphrase('');
    if (secretRefusals.includes(result.error.code)) focusFirstError(box.current);
  };

  // All at once: what comes later would push away what somebody is about to press.
  const read =
    (found.value !== null || found.error !== null) &&
    (identities.value !== null || identities.error !== null);
  const wrong = error !== null && secretRefusals.includes(error.code);
  return (
    <Dialog
      title={text.batch.title}
      wide
      busy={pending}
      onClose={() => showBatch(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return;
        event.preventDefault();
        void start();
      }}
    >
      <div ref={box} className="stack">
        {found.error && <ErrorBanner error={found.error} onRetry={found.reload} />}
        {!read && found.slow && <Skeleton lines={8} />}
        {read && (
          <>
            {found.value && <Candidates candidates={found.value} />}
            {left > 0 && (
              <Banner tone="unsure">
                {ready.length === 0 ? text.batch.noneReady : text.batch.notReady(count(left, language))}
              </Banner>
            )}
            {identities.value && (
              <p>{identity ? text.batch.certificate(keyName(identity, text)) : text.sign.noCertificate}</p>
            )}
            <ChoiceGroup
              label={text.batch.mode}
              value={mode}
              choices={(['all', 'each'] as const).map((value) => ({
                value,
                label: text.batch.modes[value],
                help: text.batch.modeText[value],
              }))}
              onChange={setMode}
            />
            <KeyFields
              identities={identities.value ?? []}
              chosen={identity}
              secret={passphrase}
              error={error}
              startsFocused
              onChoose={setChosen}
              onSecret={setPassphrase}
            />
          </>
        )}
        {error && !wrong && <ErrorBanner error={error} />}
        <p className="help">{text.batch.closing}</p>
        <div className="line line-end">
          <span className="help grow">{text.sign.keyHint}</span>
          <Button onPress={() => showBatch(null)} isDisabled={pending}>
            {text.common.cancel}
          </Button>
          <Button
            kind="primary"
            icon="pen"
            isPending={pending}
            isDisabled={none}
            onPress={() => void start()}
          >
            {pending ? text.batch.starting : text.batch.confirm(count(ready.length, language))}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Candidates({ candidates }: { readonly candidates: readonly BatchCandidate[] }): ReactElement {
  const text = useText();
  const fieldName = useFieldName();
  const errorText = useErrorText();
  // What needs attention first.
  const sorted = candidates.toSorted((a, b) => b.problems.length - a.problems.length);
  const problems = (one: BatchCandidate): string => {
    const fields = one.problems.flatMap(({ code, params }) => {
      const field = params?.['field'];
      return code === 'LETTER_INCOMPLETE' && typeof field === 'string' ? [fieldName(field)] : [];
    });
    const others = one.problems.filter((problem) => problem.code !== 'LETTER_INCOMPLETE').map(errorText);
    return [...(fields.length > 0 ? [text.batch.missing(fields.join(', '))] : []), ...others].join(' ');
  };
  return (
    <section className="stack-tight">
      <h3 id="batch-letters">{text.batch.letters}</h3>
      <ul className="bullets batch-list" tabIndex={0} aria-labelledby="batch-letters">
        {sorted.slice(0, shownLines).map((one) => (
          <li key={one.id}>
            <strong>{one.subject || text.letters.noSubject}</strong>:{' '}
            {one.problems.length === 0 ? text.batch.ready : problems(one)}
          </li>
        ))}
        {sorted.length > shownLines && <li>{text.letters.andMore(sorted.length - shownLines)}</li>}
      </ul>
    </section>
  );
}
