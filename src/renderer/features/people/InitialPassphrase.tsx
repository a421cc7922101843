import type { ReactElement } from 'react';
import { accountMinimum } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { PassphraseField } from '../../ui/fields.tsx';

export const initialTooShort = (passphrase: string): boolean => [...passphrase].length < accountMinimum;

/** A passphrase that an administrator hands over; the person replaces it. */
export function InitialPassphrase(props: {
  readonly value: string;
  readonly tried: boolean;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const text = useText();
  return (
    <PassphraseField
      label={text.passphrases.initial}
      help={text.people.initialHelp}
      value={props.value}
      error={
        props.tried && initialTooShort(props.value) ? text.passphrases.tooShort(accountMinimum) : undefined
      }
      autoComplete="new-password"
      onChange={props.onChange}
    />
  );
}
