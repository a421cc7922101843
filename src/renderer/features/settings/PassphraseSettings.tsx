import type { ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { accountMinimum, signingMinimum } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { NewRecoveryKey } from './NewRecoveryKey.tsx';

export function PassphraseSettings({ administrator }: { readonly administrator: boolean }): ReactElement {
  const text = useText();
  return (
    <>
      <p className="soft">{text.changing.text}</p>
      <div className="stack">
        <ChangePassphrase
          of="account"
          minimum={accountMinimum}
          change={(input) => eletter.account.changePassphrase(input)}
        />
        <ChangePassphrase
          of="signing"
          minimum={signingMinimum}
          change={(input) => eletter.account.changeSigningPassphrase(input)}
        />
        {administrator && <NewRecoveryKey />}
      </div>
    </>
  );
}
