/** Margins, type sizes and spacing as numbers; what is left empty follows the setting below. */
import { useState, type ReactElement } from 'react';
import type { PageChanges, PageSettings, TemplateProblem } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { typedNumber } from '../../lib/templates.ts';
import { Missing, SelectField, TextField } from '../../ui/fields.tsx';
import { useProblems } from './problems.ts';

export function PageFields(props: {
  readonly value: PageChanges;
  /** What counts where nothing is typed. */
  readonly base: PageSettings;
  readonly fonts: readonly string[];
  /** Path of these settings in the changes. */
  readonly path: string;
  readonly problems: readonly TemplateProblem[];
  readonly onChange: (value: PageChanges) => void;
}): ReactElement {
  const text = useText();
  const words = text.templates;
  const { value, base, path } = props;
  const at = useProblems(props.problems);
  const numbers = (group: 'margins' | 'sizes' | 'spacing'): ReactElement => {
    const labels: Readonly<Record<string, string>> = words[group];
    const chosen: Readonly<Record<string, number | undefined>> = { ...value[group] };
    const below: Readonly<Record<string, number>> = { ...base[group] };
    return (
      <div className="template-numbers">
        {Object.entries(labels).map(([key, label]) => (
          <NumberField
            key={key}
            label={label}
            value={chosen[key]}
            base={below[key] ?? 0}
            error={at(`${path}.${group}.${key}`)}
            onChange={(next) => props.onChange({ ...value, [group]: { ...chosen, [key]: next } })}
          />
        ))}
      </div>
    );
  };
  const full = at(`${path}.margins`);
  return (
    <div className="stack">
      <p className="help">{words.inherited}</p>
      {numbers('margins')}
      {full !== undefined && <Missing>{full}</Missing>}
      <SelectField
        label={words.font}
        value={value.font ?? ''}
        choices={[
          { value: '', label: words.sameFont(base.font) },
          ...props.fonts.map((font) => ({ value: font, label: font })),
        ]}
        error={at(`${path}.font`)}
        onChange={(font) => props.onChange({ ...value, font: font === '' ? undefined : font })}
      />
      {numbers('sizes')}
      {numbers('spacing')}
    </div>
  );
}

/** What is typed stays as it was typed, also where it is no number yet. */
export function NumberField(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly base: number;
  readonly error: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}): ReactElement {
  const shown = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '' : String(value).replace('.', ',');
  const [typed, setTyped] = useState(shown(props.value));
  const same = Object.is(typedNumber(typed), props.value);
  return (
    <TextField
      label={props.label}
      value={same ? typed : shown(props.value)}
      placeholder={shown(props.base)}
      maxLength={12}
      error={props.error}
      onChange={(next) => {
        setTyped(next);
        props.onChange(typedNumber(next));
      }}
    />
  );
}
