/** A kind's own fields: add, order, change, remove. Their codes are made once and stay, because letters hold them. */
import { useRef, type ReactElement } from 'react';
import {
  fieldForms,
  fieldNumberings,
  fieldPlaces,
  type TemplateField,
  type TemplateProblem,
} from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { moved, newField } from '../../lib/templates.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/fields.tsx';
import { useProblems } from './problems.ts';

export function FieldList(props: {
  readonly fields: readonly TemplateField[];
  readonly path: string;
  readonly problems: readonly TemplateProblem[];
  readonly onChange: (fields: readonly TemplateField[]) => void;
}): ReactElement {
  const words = useText().templates;
  const { fields } = props;
  const at = useProblems(props.problems);
  const list = useRef<HTMLDivElement>(null);
  const set = (index: number, part: Partial<TemplateField>): void =>
    props.onChange(fields.map((field, one) => (one === index ? { ...field, ...part } : field)));
  const add = (): void => {
    props.onChange([...fields, newField(fields)]);
    requestAnimationFrame(() => {
      const groups = list.current?.querySelectorAll<HTMLElement>('fieldset');
      groups?.[groups.length - 1]?.querySelector('input')?.focus();
    });
  };

  return (
    <div className="stack" ref={list}>
      {fields.length === 0 && <p className="soft">{words.noFields}</p>}
      {fields.map((field, index) => {
        const name = field.label.id.trim() === '' ? words.field(index + 1) : field.label.id;
        const path = `${props.path}.${index}`;
        return (
          <fieldset key={field.name} className="box stack-tight template-field">
            <legend>{name}</legend>
            <div className="line line-end template-field-tools">
              <Checkbox isSelected={field.required} onChange={(required) => set(index, { required })}>
                {words.required}
              </Checkbox>
              <span className="grow" />
              <Button
                kind="quiet"
                aria-label={words.up(name)}
                isDisabled={index === 0}
                onPress={() => props.onChange(moved(fields, index, -1))}
              >
                ↑
              </Button>
              <Button
                kind="quiet"
                aria-label={words.down(name)}
                isDisabled={index === fields.length - 1}
                onPress={() => props.onChange(moved(fields, index, 1))}
              >
                ↓
              </Button>
              <Button
                kind="quiet"
                icon="bin"
                aria-label={words.removeField(name)}
                onPress={() => props.onChange(fields.filter((one) => one !== field))}
              />
            </div>
            <div className="columns">
              <TextField
                label={words.fieldLabelId}
                value={field.label.id}
                maxLength={400}
                error={at(`${path}.label.id`)}
                onChange={(id) =>
                  set(index, {
                    label: { ...field.label, id },
                    // The word on paper follows until somebody gives it another.
                    ...(field.printed === field.label.id ? { printed: id } : {}),
                  })
                }
              />
              <TextField
                label={words.fieldLabelEn}
                value={field.label.en}
                maxLength={400}
                error={at(`${path}.label.en`)}
                onChange={(en) => set(index, { label: { ...field.label, en } })}
              />
            </div>
            <div className="columns">
              <TextField
                label={words.fieldPrinted}
                value={field.printed}
                maxLength={120}
                error={at(`${path}.printed`)}
                onChange={(printed) => set(index, { printed })}
              />
              <SelectField
                label={words.fieldForm}
                value={field.form}
                choices={fieldForms.map((value) => ({ value, label: words.forms[value] }))}
                onChange={(form) => set(index, { form })}
              />
            </div>
            <div className="columns">
              <SelectField
                label={words.place}
                value={field.place}
                choices={fieldPlaces.map((value) => ({ value, label: words.places[value] }))}
                onChange={(place) => set(index, { place })}
              />
              {field.form === 'list' && (
                <SelectField
                  label={words.numbering}
                  value={field.numbering}
                  choices={fieldNumberings.map((value) => ({ value, label: words.numberings[value] }))}
                  onChange={(numbering) => set(index, { numbering })}
                />
              )}
            </div>
            <TextField
              label={words.fieldHeading}
              value={field.heading ?? ''}
              optional
              maxLength={400}
              error={at(`${path}.heading`)}
              onChange={(heading) => set(index, { heading: heading === '' ? undefined : heading })}
            />
          </fieldset>
        );
      })}
      <div>
        <Button icon="plus" onPress={add}>
          {words.addField}
        </Button>
      </div>
    </div>
  );
}
