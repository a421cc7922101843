import type { ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { PolicyText } from './PolicyText.tsx';
import { scrollsByKey } from '../../ui/scroll.ts';

/** The policy at any time, before unlock too. */
export function PolicyDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const policy = useReading(`policy-${language}`, () => eletter.policy.read({ language }));
  return (
    <Dialog title={text.policy.title} onClose={onClose} wide>
      {policy.error && <ErrorBanner error={policy.error} onRetry={policy.reload} />}
      {policy.slow && <Skeleton />}
      {policy.value && (
        <div
          className="policy-box policy-box-tall"
          role="region"
          aria-label={text.policy.region}
          {...scrollsByKey}
        >
          <PolicyText policy={policy.value} />
        </div>
      )}
      <div className="line line-end">
        <Button onPress={onClose}>{text.common.close}</Button>
      </div>
    </Dialog>
  );
}
