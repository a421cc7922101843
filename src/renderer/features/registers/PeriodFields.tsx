import type { ReactElement } from 'react';
import { today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { monthNames, periodOf, yearsBack, type PeriodChoice } from './period.ts';

export function PeriodFields(props: {
  readonly value: PeriodChoice;
  readonly onChange: (value: PeriodChoice) => void;
}): ReactElement {
  const words = useText().registers;
  const language = useLanguage();
  const { value, onChange } = props;
  const thisYear = Number(today().slice(0, 4));
  const years = Array.from({ length: yearsBack + 1 }, (_, index) => String(thisYear - index));
  const days = value.month === 'days';
  return (
    <>
      {!days && (
        <SelectField
          label={words.year}
          value={String(value.year)}
          choices={years.map((year) => ({ value: year, label: year }))}
          onChange={(year) => onChange({ ...value, year: Number(year) })}
        />
      )}
      <SelectField
        label={words.month}
        value={value.month}
        choices={[
          { value: 'all', label: words.wholeYear },
          ...monthNames(language).map((label, month) => ({ value: String(month + 1), label })),
          { value: 'days', label: words.otherDays },
        ]}
        onChange={(month) => {
          const shown = periodOf(value);
          onChange({ ...value, month, ...(month === 'days' && shown ? shown : {}) });
        }}
      />
      {days && (
        <>
          <TextField
            label={words.from}
            type="date"
            value={value.from}
            onChange={(from) => onChange({ ...value, from })}
          />
          <TextField
            label={words.until}
            type="date"
            value={value.until}
            error={
              value.from !== '' && value.until !== '' && value.until < value.from
                ? words.daysWrong
                : undefined
            }
            onChange={(until) => onChange({ ...value, until })}
          />
        </>
      )}
    </>
  );
}
