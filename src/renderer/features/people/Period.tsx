import type { ReactElement } from 'react';
import { shortDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

/** From when to when, and whether that is now. Plain dates, both included. */
export function Period(props: {
  readonly from: string;
  readonly until: string | null;
  readonly valid: boolean;
}): ReactElement {
  const { people: words } = useText();
  const language = useLanguage();
  const from = shortDate(props.from, language);
  return (
    <>
      <span className="soft small">
        {props.until === null ? words.periodOpen(from) : words.period(from, shortDate(props.until, language))}
      </span>
      {props.valid ? (
        <Chip tone="good" icon="check">
          {words.valid}
        </Chip>
      ) : (
        <Chip tone="plain" icon="clock">
          {props.from > today() ? words.coming : words.ended}
        </Chip>
      )}
    </>
  );
}
