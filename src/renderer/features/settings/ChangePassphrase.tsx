import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, Result } from '../../../main/core/contract/index.ts';
import { focusFirstError, newPassphraseErrors } from '../../lib/forms.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';

const nothing = { current: '', next: '', again: '' };

/** The passphrase of now, and the new one twice. What was typed goes only when the change has happened. */
export function ChangePassphrase(props: {
  readonly of: 'account' | 'signing';
  readonly minimum: number;
  readonly change: (input: { current: string; next: string }) => Promise<Result<null>>;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const words: Catalogue['changing']['account'] = text.changing[props.of];
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(nothing);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const wrong = newPassphraseErrors(typed.next, typed.again, props.minimum, text);

  const submit = async (): Promise<void> => {
    setTried(true);
    setError(null);
    if (typed.current === '' || wrong.next || wrong.again) {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await props.change({ current: typed.current, next: typed.next });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      focusFirstError(form.current);
      return;
    }
    setTyped(nothing);
    setTried(false);
    say(words.done);
  };

  /** An answer counts for a field until that field is typed in again. */
  const set = (part: Partial<typeof nothing>): void => {
    setTyped({ ...typed, ...part });
    setError(null);
  };
  const atCurrent =
    error?.code === 'PASSPHRASE_WRONG' || error?.code === 'SIGNING_PASSPHRASE_WRONG'
      ? words.wrong
      : undefined;
  const atNext =
    error?.code === 'PASSPHRASES_EQUAL'
      ? words.equal
      : error?.code === 'PASSPHRASE_WEAK'
        ? errorText(error)
        : undefined;

  return (
    <form
      ref={form}
      className="box stack"
      aria-label={words.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void submit();
      }}
    >
      <div>
        <h2 className="minor">{words.title}</h2>
        <p className="help">{words.text}</p>
      </div>
      <div className="columns">
        <PassphraseField
          label={words.current}
          value={typed.current}
          autoComplete="current-password"
          error={atCurrent ?? (tried && typed.current === '' ? text.common.required : undefined)}
          onChange={(current) => set({ current })}
        />
        <PassphraseField
          label={words.next}
          value={typed.next}
          autoComplete="new-password"
          error={atNext ?? (tried ? wrong.next : undefined)}
          onChange={(next) => set({ next })}
        />
        <PassphraseField
          label={words.again}
          value={typed.again}
          autoComplete="new-password"
          error={tried ? wrong.again : undefined}
          onChange={(again) => set({ again })}
        />
      </div>
      {error && !atCurrent && !atNext && <ErrorBanner error={error} />}
      <div className="line">
        <Button type="submit" isPending={pending}>
          {pending ? text.changing.pending : words.confirm}
        </Button>
      </div>
    </form>
  );
}
