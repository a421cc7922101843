import { useRef, useState, type ReactElement } from 'react';
import { languages, type AppStatus, type ErrorShape } from '../../../main/core/contract/index.ts';
import { enter, setLanguage } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceGroup, PassphraseField, SelectField } from '../../ui/fields.tsx';
import { Siger } from '../../ui/icons.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { PolicyDialog } from '../policy/PolicyDialog.tsx';
import { Verify } from '../verify/Verify.tsx';

export function Unlock({ status }: { readonly status: AppStatus }): ReactElement {
  const text = useText();
  const [verifying, setVerifying] = useState(false);
  if (!verifying) return <SignIn status={status} onVerify={() => setVerifying(true)} />;
  return (
    <div className="before-unlock">
      <header className="before-unlock-bar">
        <Button icon="back" kind="quiet" onPress={() => setVerifying(false)}>
          {text.unlock.backToUnlock}
        </Button>
      </header>
      <main className="desk">
        <Verify />
      </main>
    </div>
  );
}

function SignIn({
  status,
  onVerify,
}: {
  readonly status: AppStatus;
  readonly onVerify: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [account, setAccount] = useState(status.accounts[0]?.accountId ?? '');
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<ErrorShape | null>(null);
  const [empty, setEmpty] = useState(false);
  const [pending, setPending] = useState(false);
  const [policy, setPolicy] = useState(false);

  const unlock = async (): Promise<void> => {
    setEmpty(passphrase === '');
    if (passphrase === '') {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.vault.unlock({ accountId: account, passphrase });
    setPending(false);
    if (result.ok) {
      enter(result.value);
      return;
    }
    setError(result.error);
    focusFirstError(form.current);
  };

  const wrong = error?.code === 'PASSPHRASE_WRONG' ? errorText(error) : undefined;
  return (
    <main className="sheet-screen">
      <div className="sheet sheet-small stack">
        <div className="brand brand-large">
          <Siger />
          <h1>{text.app.name}</h1>
          <p className="soft">{text.unlock.locked}</p>
        </div>
        <form
          ref={form}
          className="stack"
          noValidate
          aria-label={text.unlock.title}
          onSubmit={(event) => {
            event.preventDefault();
            if (!pending) void unlock();
          }}
        >
          {status.accounts.length > 1 ? (
            <ChoiceGroup
              label={text.unlock.accounts}
              value={account}
              choices={status.accounts.map((a) => ({ value: a.accountId, label: a.username }))}
              onChange={(next) => {
                setAccount(next);
                setError(null);
              }}
            />
          ) : (
            <p>
              <span className="label">{text.unlock.accounts}</span>
              <br />
              {status.accounts[0]?.username}
            </p>
          )}
          <PassphraseField
            label={text.unlock.passphrase}
            value={passphrase}
            startsFocused
            autoComplete="current-password"
            error={wrong ?? (empty ? text.common.required : undefined)}
            onChange={(next) => {
              setPassphrase(next);
              setEmpty(false);
            }}
          />
          {error && !wrong && <ErrorBanner error={error} />}
          <Button kind="primary" type="submit" isPending={pending}>
            {pending ? text.unlock.opening : text.unlock.enter}
          </Button>
        </form>
        <div className="sheet-foot">
          <Button kind="quiet" icon="verify" onPress={onVerify}>
            {text.unlock.verify}
          </Button>
          <Button kind="quiet" onPress={() => setPolicy(true)}>
            {text.policy.read}
          </Button>
          <SelectField
            label={text.app.language}
            value={language}
            choices={languages.map((value) => ({ value, label: text.languages[value] }))}
            onChange={(value) => void setLanguage(value)}
          />
        </div>
      </div>
      {policy && <PolicyDialog onClose={() => setPolicy(false)} />}
    </main>
  );
}
