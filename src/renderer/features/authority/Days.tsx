import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { SelectField } from '../../ui/fields.tsx';

const spans = ['90', '365', '730', '1095'] as const;
export type Span = (typeof spans)[number];
/** What an Indonesian PSrE gives, too. */
export const usualSpan: Span = '730';

export function Days(props: {
  readonly value: Span;
  readonly onChange: (value: Span) => void;
}): ReactElement {
  const words = useText().authority.days;
  return (
    <SelectField
      label={words.label}
      value={props.value}
      choices={spans.map((value) => ({ value, label: words.choice[value] }))}
      onChange={props.onChange}
    />
  );
}
