import type { ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';

export function Declined({ onReadAgain }: { readonly onReadAgain: () => void }): ReactElement {
  const text = useText();
  return (
    <main className="sheet-screen">
      <div className="sheet sheet-small stack">
        <ScreenTitle focus>{text.policy.declinedTitle}</ScreenTitle>
        <p>{text.policy.declinedText}</p>
        <div className="line">
          <Button kind="primary" onPress={() => void eletter.desktop.quit({})}>
            {text.app.quit}
          </Button>
          <Button onPress={onReadAgain}>{text.policy.readAgain}</Button>
        </div>
      </div>
    </main>
  );
}
