import { useState, type ReactElement } from 'react';
import type { ErrorShape, Output } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { RestoreButton } from './RestoreButton.tsx';
import { WhichFolder } from './WhichFolder.tsx';

/** The vault cannot be read: then a backup may take its place without signing in, and the offer stands here. */
export function DamagedBanner(props: {
  readonly error: ErrorShape;
  readonly onRetry?: () => void;
  /** Who tried to sign in, where somebody did: then what can still be read can be saved. */
  readonly login?: { readonly accountId: string; readonly passphrase: string };
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const [refused, setRefused] = useState<ErrorShape | null>(null);
  const [saved, setSaved] = useState<Output<'vault.salvage'> | null>(null);
  const [pending, setPending] = useState(false);
  const { login } = props;
  const salvage = async (): Promise<void> => {
    if (!login) return;
    setPending(true);
    setRefused(null);
    const result = await eletter.vault.salvage(login);
    setPending(false);
    if (result.ok) setSaved(result.value);
    else setRefused(result.error);
  };
  if (saved) return <Salvaged {...saved} />;
  return (
    <Banner tone="bad" live>
      <div className="stack-tight">
        <p>{errorText(refused ?? props.error)}</p>
        <WhichFolder />
        {login && <p className="help">{text.backups.salvageText}</p>}
        <div className="line">
          <RestoreButton onRefused={setRefused} />
          {login && (
            <Button isPending={pending} onPress={() => void salvage()}>
              {text.backups.salvage}
            </Button>
          )}
          {props.onRetry && <Button onPress={props.onRetry}>{text.app.retry}</Button>}
        </div>
      </div>
    </Banner>
  );
}

function Salvaged({ tables }: Output<'vault.salvage'>): ReactElement {
  const words = useText().backups;
  const rows = tables.reduce((sum, table) => sum + table.saved, 0);
  const whole = tables.every((table) => table.whole);
  return (
    <Banner tone={whole ? 'good' : 'unsure'} live>
      <div className="stack-tight">
        <p>{whole ? words.salvagedWhole(rows) : words.salvagedPartly(rows)}</p>
        <p>{words.salvagedNext}</p>
      </div>
    </Banner>
  );
}
