import type { ReactElement } from 'react';
import type { Kind } from '../../../main/core/contract/index.ts';
import { plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { TextField } from '../../ui/fields.tsx';

const longest = 20_000;
/** Lines that a field shows before it scrolls; the others have one. */
const linesOf = { line: {}, date: {}, text: { lines: 3 }, list: { lines: 4 } } as const;

/** What a kind of letter asks for besides the common fields, as its regulation profile names it. */
export function KindFields(props: {
  readonly fields: Kind['fields'];
  readonly values: Readonly<Record<string, string>>;
  readonly missing: ReadonlySet<string>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  return (
    <fieldset className="stack-tight">
      <legend>{text.editor.kindFields}</legend>
      {props.fields.map(({ name, label, form, required }) => {
        const value = props.values[name] ?? '';
        const help =
          form === 'list' ? text.editor.onePerLine : form === 'date' ? plainDate(value, language) : undefined;
        const missing = value.trim() === '' && props.missing.has(`details.${name}`);
        return (
          <div key={name} data-field={`details.${name}`}>
            <TextField
              label={label[language]}
              value={value}
              optional={!required}
              type={form === 'date' ? 'date' : 'text'}
              {...linesOf[form]}
              maxLength={longest}
              {...(help ? { help } : {})}
              error={missing ? text.common.required : undefined}
              onChange={(next) => props.onChange({ ...props.values, [name]: next })}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
