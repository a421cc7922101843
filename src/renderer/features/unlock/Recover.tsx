import { useRef, useState, type ReactElement } from 'react';
import type { AccountName, ErrorShape } from '../../../main/core/contract/index.ts';
import { enter } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { accountMinimum, focusFirstError, newPassphraseErrors } from '../../lib/forms.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { groupTypedKey } from '../../lib/recovery.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField, TextField } from '../../ui/fields.tsx';
import { ErrorBanner, ScreenTitle } from '../../ui/parts.tsx';
import { AccountChoice } from './AccountChoice.tsx';

/** An administrator who lost the account passphrase comes back with the printed recovery key. */
export function Recover(props: {
  readonly accounts: readonly AccountName[];
  readonly account: string;
  readonly onAccount: (accountId: string) => void;
  readonly onBack: () => void;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [key, setKey] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const wrong = newPassphraseErrors(next, again, accountMinimum, text);

  const recover = async (): Promise<void> => {
    setTried(true);
    setError(null);
    if (key === '' || wrong.next || wrong.again) {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.vault.recover({
      recoveryKey: key,
      accountId: props.account,
      accountPassphrase: next,
    });
    setPending(false);
    if (result.ok) {
      say(text.recover.done);
      enter(result.value);
      return;
    }
    setError(result.error);
    focusFirstError(form.current);
  };

  const several = props.accounts.length > 1;
  const atAccount = several && error?.code === 'NOT_ALLOWED' ? text.recover.notAdministrator : undefined;
  const atKey =
    error?.code === 'RECOVERY_KEY_MISTYPED' || error?.code === 'RECOVERY_KEY_WRONG'
      ? errorText(error)
      : undefined;
  const weak = error?.code === 'PASSPHRASE_WEAK' ? errorText(error) : undefined;
  const atNext = weak ?? (tried ? wrong.next : undefined);

  return (
    <main className="sheet-screen">
      <div className="sheet sheet-middle stack">
        <ScreenTitle focus>{text.recover.title}</ScreenTitle>
        <p>{text.recover.who}</p>
        <p>{text.recover.signing}</p>
        <form
          ref={form}
          className="stack"
          noValidate
          aria-label={text.recover.title}
          onSubmit={(event) => {
            event.preventDefault();
            if (!pending) void recover();
          }}
        >
          <AccountChoice
            accounts={props.accounts}
            value={props.account}
            error={atAccount}
            onChange={(accountId) => {
              props.onAccount(accountId);
              setError(null);
            }}
          />
          <TextField
            label={text.recover.key}
            help={text.recover.keyHelp}
            value={key}
            tabular
            maxLength={100}
            reshape={groupTypedKey}
            error={atKey ?? (tried && key === '' ? text.common.required : undefined)}
            onChange={(typed) => {
              setKey(typed);
              setError(null);
            }}
          />
          <PassphraseField
            label={text.changing.account.next}
            {...(atNext ? {} : { help: text.passphrases.tooShort(accountMinimum) })}
            value={next}
            autoComplete="new-password"
            error={atNext}
            onChange={setNext}
          />
          <PassphraseField
            label={text.changing.account.again}
            value={again}
            autoComplete="new-password"
            error={tried ? wrong.again : undefined}
            onChange={setAgain}
          />
          {error && !atAccount && !atKey && !weak && <ErrorBanner error={error} />}
          <div className="line">
            <Button kind="primary" type="submit" isPending={pending}>
              {pending ? text.recover.opening : text.recover.enter}
            </Button>
            <Button kind="quiet" onPress={props.onBack} isDisabled={pending}>
              {text.common.back}
            </Button>
          </div>
        </form>
      </div>
    </main>
  );
}
