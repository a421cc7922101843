/** Before signing: the next number, one that is held for this letter, or an earlier date. */
import type { ReactElement } from 'react';
import type { NumberChoice } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { plainDate, shortDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';

export const isIncomplete = (choice: NumberChoice | undefined): boolean =>
  choice !== undefined && 'date' in choice && (choice.date === '' || choice.reason.trim() === '');

/** Nothing where there is nothing to choose. */
export function NumberChoiceFields(props: {
  readonly letterId: string;
  readonly value: NumberChoice | undefined;
  readonly tried: boolean;
  readonly onChange: (value: NumberChoice | undefined) => void;
}): ReactElement | null {
  const text = useText();
  const words = text.numbers;
  const language = useLanguage();
  const usable = useReading(`usable ${props.letterId}`, () => eletter.numbers.usable({ id: props.letterId }));
  if (!usable.value) return null;
  const { held, mayDateBack } = usable.value;
  if (held.length === 0 && !mayDateBack) return null;
  const { value } = props;
  const back = value && 'date' in value ? value : null;
  const chosen = value && 'held' in value ? value.held : back ? 'date' : 'next';
  const required = (typed: string): string | undefined =>
    props.tried && typed.trim() === '' ? text.common.required : undefined;
  return (
    <div className="stack-tight">
      <SelectField<string>
        label={words.choice}
        value={chosen}
        choices={[
          { value: 'next', label: words.choices.next },
          ...held.map((one) => ({
            value: one.id,
            label: words.heldChoice(one.number, `${shortDate(one.date, language)}: ${one.subject}`),
          })),
          ...(mayDateBack ? [{ value: 'date', label: words.choices.date }] : []),
        ]}
        onChange={(next) => {
          if (next === 'next') props.onChange(undefined);
          else props.onChange(next === 'date' ? { date: '', reason: '' } : { held: next });
        }}
      />
      {back && (
        <div className="columns">
          <TextField
            label={words.date}
            type="date"
            value={back.date}
            help={back.date === '' ? '' : plainDate(back.date, language)}
            error={required(back.date)}
            onChange={(date) => props.onChange({ ...back, date })}
          />
          <TextField
            label={words.backReason}
            value={back.reason}
            maxLength={500}
            error={required(back.reason)}
            onChange={(reason) => props.onChange({ ...back, reason })}
          />
        </div>
      )}
    </div>
  );
}
