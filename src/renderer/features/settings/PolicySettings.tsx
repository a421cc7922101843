import type { ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { PolicyText } from '../policy/PolicyText.tsx';
import { scrollsByKey } from '../../ui/scroll.ts';

export function PolicySettings(): ReactElement {
  const language = useLanguage();
  const text = useText();
  const policy = useReading(`policy-${language}`, () => eletter.policy.read({ language }));
  if (policy.error) return <ErrorBanner error={policy.error} onRetry={policy.reload} />;
  if (!policy.value) return policy.slow ? <Skeleton /> : <></>;
  return (
    // Only text in here: the region itself takes the focus, so that keys can scroll it.
    <div role="region" aria-label={text.policy.region} {...scrollsByKey}>
      <PolicyText policy={policy.value} />
    </div>
  );
}
