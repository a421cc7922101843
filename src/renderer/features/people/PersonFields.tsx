import type { ReactElement } from 'react';
import type { NewPerson } from '../../../main/core/contract/index.ts';
import type { FieldErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { TextField } from '../../ui/fields.tsx';

export function PersonFields(props: {
  readonly value: NewPerson;
  readonly errors: FieldErrors;
  readonly onChange: (person: NewPerson) => void;
  /** The user name is not asked for. */
  readonly fixedUsername?: boolean;
  /** Nor the post, which decides what one signs as. */
  readonly fixedPost?: boolean;
}): ReactElement {
  const text = useText();
  const field = (key: keyof NewPerson, more: { optional?: boolean; help?: string } = {}): ReactElement => (
    <TextField
      label={text.person[key]}
      value={props.value[key]}
      error={props.errors[key]}
      placeholder={text.person.placeholders[key]}
      maxLength={200}
      onChange={(next) => props.onChange({ ...props.value, [key]: next })}
      {...more}
    />
  );
  return (
    <>
      <div className="columns">
        {field('name')}
        {!props.fixedUsername && field('username', { help: text.person.usernameHelp })}
      </div>
      <div className="columns">
        {field('frontTitle', { optional: true })}
        {field('backTitle', { optional: true })}
      </div>
      {!props.fixedPost && (
        <div className="columns">
          {field('post')}
          {field('unit', { help: text.person.unitHelp })}
        </div>
      )}
      <div className="columns">
        {field('nip', { optional: true })}
        {field('rank', { optional: true })}
      </div>
    </>
  );
}
