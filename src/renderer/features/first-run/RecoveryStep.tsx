import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { ScreenTitle } from '../../ui/parts.tsx';
import { KeepKey } from '../recovery/KeepKey.tsx';

export function RecoveryStep(props: {
  readonly recoveryKey: string;
  readonly onDone: () => void;
}): ReactElement {
  const text = useText();
  return (
    <>
      <ScreenTitle focus>{text.firstRun.recoveryTitle}</ScreenTitle>
      <p>{text.firstRun.recoveryText}</p>
      <KeepKey recoveryKey={props.recoveryKey} onKept={props.onDone} />
    </>
  );
}
