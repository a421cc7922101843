import type { ReactElement } from 'react';
import type { Letterhead } from '../../../main/core/contract/index.ts';
import type { FieldErrors } from '../../lib/forms.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useText } from '../../lib/i18n/index.ts';
import { TextField } from '../../ui/fields.tsx';

export function letterheadErrors(letterhead: Letterhead, text: Catalogue): FieldErrors {
  const required = (value: string) => (value.trim() === '' ? text.common.required : undefined);
  return {
    government: required(letterhead.government),
    office: required(letterhead.office),
    place: required(letterhead.place),
  };
}

export function LetterheadFields(props: {
  readonly value: Letterhead;
  readonly errors: FieldErrors;
  readonly readOnly?: boolean;
  readonly onChange: (letterhead: Letterhead) => void;
}): ReactElement {
  const text = useText();
  const field = (key: keyof Letterhead, optional = false): ReactElement => (
    <TextField
      label={text.office[key]}
      value={props.value[key]}
      error={props.errors[key]}
      placeholder={text.office.placeholders[key]}
      optional={optional}
      readOnly={props.readOnly ?? false}
      maxLength={300}
      onChange={(next) => props.onChange({ ...props.value, [key]: next })}
    />
  );
  return (
    <>
      <div className="columns">
        {field('government')}
        {field('office')}
      </div>
      <div className="columns">
        {field('address', true)}
        {field('contact', true)}
      </div>
      <div className="columns">{field('place')}</div>
    </>
  );
}
