/** With which key, and the secret that opens it: one field, named after the key. */
import type { ReactElement } from 'react';
import type { ErrorShape, Identity } from '../../../main/core/contract/index.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { isUsable, keyName, secretRefusals } from '../../lib/keys.ts';
import { PassphraseField, SelectField } from '../../ui/fields.tsx';

export function KeyFields(props: {
  readonly identities: readonly Identity[];
  /** Null until they are read. */
  readonly chosen: Identity | null;
  /** Begun with this key already: it cannot be another one. */
  readonly fixed?: boolean;
  readonly secret: string;
  readonly error: ErrorShape | null;
  readonly startsFocused?: boolean;
  readonly onChoose: (id: string) => void;
  readonly onSecret: (secret: string) => void;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const { chosen, secret, error } = props;
  const usable = props.identities.filter(isUsable);
  const origin = chosen?.origin ?? 'p12';
  const wrong = error && secretRefusals.includes(error.code) ? error : null;
  const missing = wrong?.code === 'SIGNING_PASSPHRASE_WRONG' && secret === '';
  const words = wrong ? (missing ? text.common.required : errorText(wrong)) : undefined;
  const { onSecret } = props;
  return (
    <>
      {usable.length > 1 && !props.fixed && chosen && (
        <SelectField
          label={text.signingKeys.which}
          value={chosen.id}
          choices={usable.map((identity) => ({ value: identity.id, label: keyName(identity, text) }))}
          onChange={(id) => {
            // What was typed for one key must not go to another.
            onSecret('');
            props.onChoose(id);
          }}
        />
      )}
      <PassphraseField
        label={text.signingKeys.secret[origin]}
        {...(origin === 'token' || origin === 'gateway' ? { help: text.signingKeys.secretHelp[origin] } : {})}
        value={secret}
        startsFocused={props.startsFocused ?? false}
        error={words}
        onChange={onSecret}
      />
    </>
  );
}
