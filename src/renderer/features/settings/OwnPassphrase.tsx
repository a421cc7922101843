import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { PassphraseField } from '../../ui/fields.tsx';
import type { Sending } from '../../ui/Form.tsx';

/** The account passphrase of whoever is at work, asked once more before something grave. */
export function OwnPassphrase(props: {
  readonly label: string;
  readonly value: string;
  readonly sending: Sending;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const text = useText();
  const { sending, value } = props;
  const wrong = sending.at('PASSPHRASE_WRONG') && text.changing.account.wrong;
  return (
    <PassphraseField
      label={props.label}
      value={value}
      autoComplete="current-password"
      error={wrong ?? (sending.tried && value === '' ? text.common.required : undefined)}
      onChange={(next) => {
        props.onChange(next);
        sending.forget();
      }}
    />
  );
}
