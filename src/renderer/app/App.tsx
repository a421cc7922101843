/** Which of the big screens is shown: first run, unlock, activation, new policy, or the desk itself. */
import { useEffect, type ReactElement } from 'react';
import { eletter } from '../lib/bridge.ts';
import { noteChange } from '../lib/calls.ts';
import { useText } from '../lib/i18n/index.ts';
import { Activation } from '../features/activation/Activation.tsx';
import { Acknowledge } from '../features/activation/Acknowledge.tsx';
import { DamagedBanner } from '../features/backups/DamagedBanner.tsx';
import { FirstRun } from '../features/first-run/FirstRun.tsx';
import { Unlock } from '../features/unlock/Unlock.tsx';
import { GivenDesk } from '../features/verify/GivenDesk.tsx';
import { askForGiven } from '../features/verify/given.ts';
import { RestoreKey } from '../features/unlock/RestoreKey.tsx';
import { Button } from '../ui/Button.tsx';
import { ErrorBanner, MessageBar } from '../ui/parts.tsx';
import { beginWatching, close, go, lock, readStatus, useApp } from './app-store.ts';
import { tellRestored, whenLocked } from './restore.ts';
import { Shell } from './Shell.tsx';

export function App(): ReactElement {
  const text = useText();
  const locking = useApp((state) => state.locking);
  useEffect(() => {
    tellRestored();
    void readStatus();
    void askForGiven();
    const stops = [
      beginWatching(),
      eletter.on('changed', noteChange),
      eletter.on('closing', () => void close()),
      eletter.on('lockNow', () => void lock()),
      eletter.on('locked', whenLocked),
      eletter.on('openLetter', ({ id, folder }) => go({ at: 'letters', folder: folder ?? 'incoming', id })),
      eletter.on('openPlace', ({ place }) => go({ at: place })),
      eletter.on('filesGiven', () => void askForGiven()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  if (locking)
    return (
      <main className="sheet-screen">
        <p role="status">{text.app.locking}</p>
      </main>
    );
  return (
    <>
      <GivenDesk>
        <Screen />
      </GivenDesk>
      <MessageBar />
    </>
  );
}

function Screen(): ReactElement {
  const text = useText();
  const { status, error, firstRun, lockedMeanwhile, restoreLater } = useApp();
  if (error) {
    return (
      <main className="sheet-screen">
        <div className="sheet stack">
          <h1>{text.app.failedTitle}</h1>
          {error.code === 'VAULT_DAMAGED' ? (
            <DamagedBanner error={error} onRetry={() => void readStatus()} />
          ) : (
            <ErrorBanner error={error} onRetry={() => void readStatus()} />
          )}
          <div className="line">
            <Button onPress={() => void eletter.desktop.quit({})}>{text.app.quit}</Button>
          </div>
        </div>
      </main>
    );
  }
  if (!status || lockedMeanwhile) {
    return (
      <main className="sheet-screen">
        <p role="status">{lockedMeanwhile ? text.backups.restoring : text.app.starting}</p>
      </main>
    );
  }
  if (firstRun) return <FirstRun status={status} />;
  const { session } = status;
  if (!session) return <Unlock status={status} />;
  if (session.mustActivate) return <Activation policyVersion={status.policyVersion} />;
  if (session.mustAcknowledge) return <Acknowledge />;
  if (session.mustRestoreKey && !restoreLater) return <RestoreKey />;
  return <Shell session={session} version={status.version} />;
}
