import type { ReactElement } from 'react';
import type { ErrorCode } from '../../main/core/contract/index.ts';
import { useText } from '../lib/i18n/index.ts';
import type { Sending } from './Form.tsx';
import { PassphraseField } from './fields.tsx';

/** The secret that a form is sent with: asked for when it is missing, and told there when it is wrong. */
export function SecretField(props: {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly sending: Sending;
  /** The refusals that mean this secret. */
  readonly refusals: readonly ErrorCode[];
  readonly onChange: (value: string) => void;
}): ReactElement {
  const text = useText();
  const { sending, value } = props;
  const missing = sending.tried && value === '' ? text.common.required : undefined;
  return (
    <PassphraseField
      label={props.label}
      {...(props.help === undefined ? {} : { help: props.help })}
      value={value}
      error={sending.at(...props.refusals) ?? missing}
      onChange={(next) => {
        props.onChange(next);
        sending.forget();
      }}
    />
  );
}
