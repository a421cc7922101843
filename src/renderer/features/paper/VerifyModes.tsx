/** A PDF file or a sheet of paper: two ways to verify a letter, on one screen. */
import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { Switch } from '../../ui/Switch.tsx';

export type VerifyMode = 'pdf' | 'paper';

export function VerifyModes(props: {
  readonly value: VerifyMode;
  readonly onChange: (mode: VerifyMode) => void;
}): ReactElement {
  const text = useText();
  return (
    <Switch
      label={text.paper.modes}
      value={props.value}
      choices={[
        { value: 'pdf', label: text.paper.pdf },
        { value: 'paper', label: text.paper.onPaper },
      ]}
      onChange={props.onChange}
    />
  );
}
