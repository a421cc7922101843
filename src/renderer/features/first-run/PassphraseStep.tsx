import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import {
  focusFirstError,
  hasErrors,
  passphraseErrors,
  type FieldErrors,
  type Passphrases,
} from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { ErrorBanner, ScreenTitle } from '../../ui/parts.tsx';

/** Both passphrases, each twice, with what each is for. Also used where an account is activated. */
export function PassphraseStep(props: {
  readonly value: Passphrases;
  readonly onChange: (value: Passphrases) => void;
  readonly action: string;
  readonly isPending: boolean;
  readonly error: ErrorShape | null;
  readonly onBack: () => void;
  readonly onDone: () => void;
}): ReactElement {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const wrong: FieldErrors = tried ? passphraseErrors(props.value, text) : {};
  const set = (part: Partial<Passphrases>): void => props.onChange({ ...props.value, ...part });
  useEffect(() => {
    if (props.error) form.current?.querySelector<HTMLElement>('[role="alert"]')?.scrollIntoView();
  }, [props.error]);

  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (hasErrors(passphraseErrors(props.value, text))) focusFirstError(form.current);
        else if (!props.isPending) props.onDone();
      }}
    >
      <ScreenTitle focus>{text.firstRun.passphrasesTitle}</ScreenTitle>
      <p>{text.firstRun.passphrasesText}</p>
      <fieldset className="stack">
        <legend>{text.passphrases.account}</legend>
        <p className="help">{text.firstRun.accountHelp}</p>
        <div className="columns">
          <PassphraseField
            label={text.passphrases.account}
            value={props.value.account}
            error={wrong['account']}
            autoComplete="new-password"
            onChange={(account) => set({ account })}
          />
          <PassphraseField
            label={text.passphrases.accountAgain}
            value={props.value.accountAgain}
            error={wrong['accountAgain']}
            autoComplete="new-password"
            onChange={(accountAgain) => set({ accountAgain })}
          />
        </div>
      </fieldset>
      <fieldset className="stack">
        <legend>{text.passphrases.signing}</legend>
        <p className="help">{text.firstRun.signingHelp}</p>
        <div className="columns">
          <PassphraseField
            label={text.passphrases.signing}
            value={props.value.signing}
            error={wrong['signing']}
            autoComplete="new-password"
            onChange={(signing) => set({ signing })}
          />
          <PassphraseField
            label={text.passphrases.signingAgain}
            value={props.value.signingAgain}
            error={wrong['signingAgain']}
            autoComplete="new-password"
            onChange={(signingAgain) => set({ signingAgain })}
          />
        </div>
      </fieldset>
      {props.error && <ErrorBanner error={props.error} />}
      <div className="line">
        <Button kind="primary" type="submit" isPending={props.isPending}>
          {props.action}
        </Button>
        <Button kind="quiet" onPress={props.onBack} isDisabled={props.isPending}>
          {text.common.back}
        </Button>
      </div>
    </form>
  );
}
