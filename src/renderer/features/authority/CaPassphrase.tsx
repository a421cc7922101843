import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { PassphraseField } from '../../ui/fields.tsx';
import type { Sending } from '../../ui/Form.tsx';

/** Asked for at every act; a wrong one is said at the field. */
export function CaPassphrase(props: {
  readonly value: string;
  readonly sending: Sending;
  readonly startsFocused?: boolean;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const text = useText();
  const { sending, value } = props;
  return (
    <PassphraseField
      label={text.authority.create.passphrase}
      value={value}
      startsFocused={props.startsFocused ?? false}
      autoComplete="current-password"
      error={
        sending.at('CA_PASSPHRASE_WRONG') ??
        (sending.tried && value === '' ? text.common.required : undefined)
      }
      onChange={(next) => {
        props.onChange(next);
        sending.forget();
      }}
    />
  );
}
