import type { ReactElement } from 'react';
import type { Restored } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Banner, ErrorBanner } from '../../ui/parts.tsx';

export function RestoredBanner({ restored }: { readonly restored: Restored }): ReactElement {
  const text = useText();
  if ('error' in restored) return <ErrorBanner error={restored.error} />;
  return (
    <Banner tone="good" live>
      <div className="stack-tight">
        <p>
          <strong>{text.backups.restored}</strong> {restored.keptAside && text.backups.keptAside}
        </p>
        <p>{text.backups.signIn}</p>
      </div>
    </Banner>
  );
}
