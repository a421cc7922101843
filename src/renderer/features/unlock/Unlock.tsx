import { useRef, useState, type ReactElement } from 'react';
import {
  languages,
  type AccountName,
  type AppStatus,
  type ErrorShape,
} from '../../../main/core/contract/index.ts';
import { enter, setLanguage, useApp } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField, SelectField } from '../../ui/fields.tsx';
import { Siger } from '../../ui/icons.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { DamagedBanner } from '../backups/DamagedBanner.tsx';
import { RestoredBanner } from '../backups/RestoredBanner.tsx';
import { PolicyDialog } from '../policy/PolicyDialog.tsx';
import { Verify } from '../verify/Verify.tsx';
import { AccountChoice } from './AccountChoice.tsx';
import { Recover } from './Recover.tsx';
import { useWait, WaitBanner } from './Wait.tsx';

export function Unlock({ status }: { readonly status: AppStatus }): ReactElement {
  const text = useText();
  const [view, setView] = useState<'sign-in' | 'verify' | 'recover'>('sign-in');
  const [account, setAccount] = useState(status.accounts[0]?.accountId ?? '');
  const choice = { accounts: status.accounts, account, onAccount: setAccount };
  if (view === 'sign-in') {
    return <SignIn {...choice} onVerify={() => setView('verify')} onForgot={() => setView('recover')} />;
  }
  if (view === 'recover') return <Recover {...choice} onBack={() => setView('sign-in')} />;
  return (
    <div className="before-unlock">
      <header className="before-unlock-bar">
        <Button icon="back" kind="quiet" onPress={() => setView('sign-in')}>
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
  accounts,
  account,
  onAccount,
  onVerify,
  onForgot,
}: {
  readonly accounts: readonly AccountName[];
  readonly account: string;
  readonly onAccount: (accountId: string) => void;
  readonly onVerify: () => void;
  readonly onForgot: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<ErrorShape | null>(null);
  const [empty, setEmpty] = useState(false);
  const [pending, setPending] = useState(false);
  const [policy, setPolicy] = useState(false);
  const restored = useApp((state) => state.restored);
  const wait = useWait(account);

  const unlock = async (): Promise<void> => {
    if (wait.seconds > 0) return;
    setEmpty(passphrase === '');
    if (passphrase === '') {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    setError(null);
    wait.forget();
    const result = await eletter.vault.unlock({ accountId: account, passphrase });
    setPending(false);
    if (result.ok) {
      enter(result.value);
      return;
    }
    if (result.error.code === 'TOO_MANY_ATTEMPTS') {
      wait.start(Number(result.error.params?.['seconds'] ?? 0));
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
        {restored && <RestoredBanner restored={restored} />}
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
          <AccountChoice
            accounts={accounts}
            value={account}
            onChange={(next) => {
              onAccount(next);
              setError(null);
            }}
          />
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
          {error?.code === 'VAULT_DAMAGED' && (
            <DamagedBanner error={error} login={{ accountId: account, passphrase }} />
          )}
          {error && !wrong && error.code !== 'VAULT_DAMAGED' && <ErrorBanner error={error} />}
          <WaitBanner wait={wait} />
          <Button kind="primary" type="submit" isPending={pending} isDisabled={wait.seconds > 0}>
            {pending ? text.unlock.opening : text.unlock.enter}
          </Button>
          <Button kind="quiet" onPress={onForgot} isDisabled={pending}>
            {text.unlock.forgot}
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
