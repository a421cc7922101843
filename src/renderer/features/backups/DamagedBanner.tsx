import { useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { RestoreButton } from './RestoreButton.tsx';
import { WhichFolder } from './WhichFolder.tsx';

/** The vault cannot be read: then a backup may take its place without signing in, and the offer stands here. */
export function DamagedBanner(props: {
  readonly error: ErrorShape;
  readonly onRetry?: () => void;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const [refused, setRefused] = useState<ErrorShape | null>(null);
  return (
    <Banner tone="bad" live>
      <div className="stack-tight">
        <p>{errorText(refused ?? props.error)}</p>
        <WhichFolder />
        <div className="line">
          <RestoreButton onRefused={setRefused} />
          {props.onRetry && <Button onPress={props.onRetry}>{text.app.retry}</Button>}
        </div>
      </div>
    </Banner>
  );
}
