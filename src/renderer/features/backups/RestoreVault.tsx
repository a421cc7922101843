import { useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { useApp } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { RestoreButton } from './RestoreButton.tsx';
import { WhichFolder } from './WhichFolder.tsx';

/** An administrator puts a backup in place of a vault that is whole: only after reading what that means. */
export function RestoreVault(): ReactElement {
  const text = useText();
  const words = text.backups;
  const restoring = useApp((state) => state.restoring);
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<ErrorShape | null>(null);
  return (
    <section className="box stack-tight" aria-label={words.restoreTitle}>
      <h2 className="minor">{words.restoreTitle}</h2>
      <p className="help">{words.restoreText}</p>
      <div className="line">
        <Button
          icon="restore"
          onPress={() => {
            setRefused(null);
            setAsking(true);
          }}
        >
          {words.restore}
        </Button>
      </div>
      {asking && (
        <Dialog title={words.confirmTitle} busy={restoring} onClose={() => setAsking(false)}>
          <p>{words.confirmIntro}</p>
          <ul className="bullets">
            <li>{words.confirmClosed}</li>
            <li>{words.confirmAside}</li>
            <li>{words.confirmLost}</li>
            <li>{words.confirmSignIn}</li>
          </ul>
          <WhichFolder />
          {refused && <ErrorBanner error={refused} />}
          <div className="line line-end">
            <Button startsFocused isDisabled={restoring} onPress={() => setAsking(false)}>
              {text.common.cancel}
            </Button>
            <RestoreButton kind="danger" label={words.chooseSet} onRefused={setRefused} />
          </div>
        </Dialog>
      )}
    </section>
  );
}
