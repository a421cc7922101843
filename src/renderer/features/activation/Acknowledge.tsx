/** A newer policy than the one acknowledged: shown again before anything else. */
import { useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { enter, lock } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBanner, ScreenTitle } from '../../ui/parts.tsx';
import { PolicyStep } from '../policy/PolicyStep.tsx';

export function Acknowledge(): ReactElement {
  const text = useText();
  const language = useLanguage();
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);

  const acknowledge = async (version: string): Promise<void> => {
    setPending(true);
    const result = await eletter.policy.acknowledge({ version, language });
    setPending(false);
    if (result.ok) enter(result.value);
    else setError(result.error);
  };

  return (
    <main className="sheet-screen">
      <div className="sheet stack">
        <ScreenTitle focus>{text.policy.newTitle}</ScreenTitle>
        <p>{text.policy.newText}</p>
        {error && <ErrorBanner error={error} />}
        <PolicyStep
          isPending={pending}
          onAcknowledge={(version) => void acknowledge(version)}
          decline={<Button onPress={() => void lock()}>{text.policy.lockInstead}</Button>}
        />
      </div>
    </main>
  );
}
