/** First unlock of an account that an administrator made: the policy, then one's own passphrases. */
import { useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { enter, lock } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noPassphrases, type Passphrases } from '../../lib/forms.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { PassphraseStep } from '../first-run/PassphraseStep.tsx';
import { PolicyStep } from '../policy/PolicyStep.tsx';

export function Activation({ policyVersion }: { readonly policyVersion: string }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const [version, setVersion] = useState(policyVersion);
  const [read, setRead] = useState(false);
  const [value, setValue] = useState<Passphrases>(noPassphrases);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);

  const activate = async (): Promise<void> => {
    setPending(true);
    setError(null);
    const result = await eletter.people.activate({
      policyVersion: version,
      language,
      accountPassphrase: value.account,
      signingPassphrase: value.signing,
    });
    setPending(false);
    if (result.ok) {
      say(text.activation.done);
      enter(result.value);
    } else setError(result.error);
  };

  return (
    <main className="sheet-screen">
      <div className="sheet stack">
        {read ? (
          <PassphraseStep
            value={value}
            onChange={setValue}
            action={text.activation.activate}
            isPending={pending}
            error={error}
            onBack={() => setRead(false)}
            onDone={() => void activate()}
          />
        ) : (
          <>
            <ScreenTitle focus>{text.activation.title}</ScreenTitle>
            <p>{text.activation.text}</p>
            <PolicyStep
              onAcknowledge={(seen) => {
                setVersion(seen);
                setRead(true);
              }}
              decline={<Button onPress={() => void lock()}>{text.policy.lockInstead}</Button>}
            />
          </>
        )}
      </div>
    </main>
  );
}
