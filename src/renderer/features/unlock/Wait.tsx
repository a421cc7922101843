/** Too many wrong passphrases: how long to wait, second by second, for each account on its own. */
import { useEffect, useState, type ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { Banner } from '../../ui/parts.tsx';

interface Wait {
  /** Whole seconds left for the account chosen; 0 when it may be tried. */
  readonly seconds: number;
  /** A wait for this account has come to its end. */
  readonly over: boolean;
  readonly start: (seconds: number) => void;
  /** It is tried again: what was said about waiting goes. */
  readonly forget: () => void;
}

export function useWait(accountId: string): Wait {
  const [ends, setEnds] = useState<Readonly<Record<string, number>>>({});
  const [now, setNow] = useState(() => Date.now());
  const end = ends[accountId];
  const seconds = end === undefined ? 0 : Math.max(0, Math.ceil((end - now) / 1000));

  useEffect(() => {
    if (seconds === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [seconds]);

  return {
    seconds,
    over: end !== undefined && seconds === 0,
    start: (length) => {
      const begin = Date.now();
      setNow(begin);
      setEnds((before) => ({ ...before, [accountId]: begin + Math.max(1, length) * 1000 }));
    },
    forget: () => setEnds(({ [accountId]: _over, ...others }) => others),
  };
}

export function WaitBanner({ wait }: { readonly wait: Wait }): ReactElement {
  const words = useText().unlock;
  return (
    <>
      {wait.seconds > 0 && (
        <Banner tone="unsure">
          {/* The number runs for the eyes; it is read out once. */}
          <p role="timer" aria-live="off">
            {words.waiting(wait.seconds)}
          </p>
          <p className="help">{words.waitingNote}</p>
        </Banner>
      )}
      <p role="status" className={wait.over ? 'soft' : 'hidden-visually'}>
        {wait.seconds > 0 ? words.waitingNote : wait.over ? words.again : ''}
      </p>
    </>
  );
}
