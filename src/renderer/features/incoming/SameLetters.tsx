/** Letters that may be the one at hand: looked at before it is registered a second time. */
import type { ReactElement } from 'react';
import type { Output } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { count, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, Missing } from '../../ui/fields.tsx';
import { Banner } from '../../ui/parts.tsx';
import { useEntry } from './entry.ts';

export function SameLetters(props: {
  readonly same: Output<'incoming.check'>;
  readonly missing: boolean;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  const language = useLanguage();
  const evenThough = useEntry((state) => state.evenThough);
  const { same, hidden } = props.same;
  return (
    <Banner tone="unsure" live>
      <div className="stack-tight">
        <strong>{words.same}</strong>
        <ul className="register-same">
          {same.map((one) => (
            <li key={one.id} className="line">
              <span className="grow">
                {one.subject} · {one.sender} · {one.number} · {plainDate(one.date, language)}
                {one.agenda &&
                  ` · ${words.agenda(String(one.agenda.sequence), String(one.agenda.year), one.agenda.unit)}`}
                <span className="help"> ({one.because === 'file' ? words.sameFile : words.sameWords})</span>
              </span>
              <Button onPress={() => go({ at: 'letters', folder: 'unit', id: one.id })}>{words.open}</Button>
            </li>
          ))}
        </ul>
        {hidden > 0 && <p>{words.sameHidden(count(hidden, language))}</p>}
        <Checkbox
          isSelected={evenThough}
          isInvalid={props.missing}
          onChange={(selected) => useEntry.setState({ evenThough: selected })}
        >
          {words.evenThough}
        </Checkbox>
        {props.missing && <Missing>{words.sameUnchosen}</Missing>}
      </div>
    </Banner>
  );
}
