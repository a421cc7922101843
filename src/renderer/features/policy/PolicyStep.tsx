/** The policy to be read: "I have read it" opens once its end has been on the screen. */
import { useCallback, useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { PolicyText } from './PolicyText.tsx';
import { scrollsByKey } from '../../ui/scroll.ts';

export function PolicyStep(props: {
  readonly onAcknowledge: (version: string) => void;
  readonly decline: ReactNode;
  readonly isPending?: boolean;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const policy = useReading(`policy-${language}`, () => eletter.policy.read({ language }));
  const region = useRef<HTMLDivElement>(null);
  const [read, setRead] = useState(false);

  const look = useCallback((): void => {
    const box = region.current;
    if (box && box.scrollTop + box.clientHeight >= box.scrollHeight - 8) setRead(true);
  }, []);
  const shown = policy.value;
  useEffect(() => {
    const box = region.current;
    if (!shown || !box) return;
    // Tells of the first layout too: a policy that fits needs no scrolling.
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, [shown, look]);

  return (
    <>
      {policy.error && <ErrorBanner error={policy.error} onRetry={policy.reload} />}
      {policy.slow && <Skeleton />}
      {policy.value && (
        <div
          ref={region}
          className="policy-box"
          role="region"
          aria-label={text.policy.region}
          {...scrollsByKey}
          onScroll={look}
        >
          <PolicyText policy={policy.value} />
        </div>
      )}
      <p className="help" id="policy-hint" role="status">
        {read ? text.policy.endReached : text.policy.scrollHint} {text.policy.notConsent}
      </p>
      <div className="line">
        <Button
          kind="primary"
          isDisabled={!read || !policy.value}
          isPending={props.isPending ?? false}
          aria-describedby="policy-hint"
          onPress={() => policy.value && props.onAcknowledge(policy.value.version)}
        >
          {text.policy.acknowledge}
        </Button>
        {props.decline}
      </div>
    </>
  );
}
