/**
 * Where files that the system handed over are checked: on Verify for whoever is at work, and over any screen
 * before that, which waits unseen and keeps what was typed.
 */
import { useEffect, useEffectEvent, useState, type ReactElement, type ReactNode } from 'react';
import { go, useApp } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { useGiven } from './given.ts';
import { Verify } from './Verify.tsx';

export function GivenDesk({ children }: { readonly children: ReactNode }): ReactElement {
  const text = useText();
  const atWork = useAtWork();
  const [over, setOver] = useState(false);

  const arrive = useEffectEvent(() => {
    const { waiting } = useGiven.getState();
    // A Verify that is on the screen has taken them already.
    if (!waiting) return;
    if (!atWork) setOver(true);
    else if (document.querySelector('[role="dialog"]')) say(text.given.waiting(waiting.length), 'note');
    else go({ at: 'verify' });
  });
  useEffect(() => useGiven.subscribe(() => queueMicrotask(arrive)), []);

  const shown = over && !atWork;
  const back = (): void => {
    setOver(false);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('.behind input, .behind button')?.focus(),
    );
  };
  return (
    <>
      {shown && (
        <div className="before-unlock">
          <header className="before-unlock-bar">
            <Button icon="back" kind="quiet" startsFocused onPress={back}>
              {text.given.back}
            </Button>
          </header>
          <main className="desk">
            <Verify />
          </main>
        </div>
      )}
      <div className="behind" hidden={shown}>
        {children}
      </div>
    </>
  );
}

/** Is the desk itself on the screen, which has a Verify of its own? As App.tsx decides it. */
function useAtWork(): boolean {
  return useApp(({ status, error, firstRun, lockedMeanwhile, restoreLater }) => {
    const session = status?.session;
    if (!session || error || firstRun || lockedMeanwhile) return false;
    return !session.mustActivate && !session.mustAcknowledge && (!session.mustRestoreKey || restoreLater);
  });
}
