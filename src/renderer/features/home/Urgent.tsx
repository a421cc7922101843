/** The few letters that should not wait any longer, and what to do about each. */
import type { ReactElement } from 'react';
import type { UrgentLetter } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { dateTime, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { Chip } from '../../ui/parts.tsx';
import { ClassChip } from '../letters/ClassChip.tsx';

export function Urgent({ letters }: { readonly letters: readonly UrgentLetter[] }): ReactElement {
  const text = useText();
  const words = text.reminders;
  const language = useLanguage();
  const subjectOf = (letter: UrgentLetter): string => {
    if (letter.subject !== '') return letter.subject;
    return letter.security === 'biasa'
      ? text.letters.noSubject
      : text.notices.sealed(text.letters.security[letter.security]);
  };
  return (
    <section className="stack-tight" aria-label={words.urgent}>
      <h2 className="section-head">{words.urgent}</h2>
      <ul className="ledger">
        {letters.map((letter) => (
          <li key={letter.id}>
            <button
              type="button"
              className="ledger-row ledger-row-open urgent"
              onClick={() => go({ at: 'letters', folder: letter.folder, id: letter.id })}
            >
              <span className="grow">
                <span className="urgent-subject">
                  {words.openNamed(words.todo[letter.event], subjectOf(letter))}
                </span>
                <span className="ledger-shares">
                  {letter.onBehalfOf !== null && `${words.inPlaceOf(letter.onBehalfOf)} · `}
                  {letter.senderName !== '' && `${letter.senderName} · `}
                  {letter.overdue && letter.deadline !== null
                    ? words.overdueSince(plainDate(letter.deadline, language))
                    : words.waitsSince(dateTime(letter.since, language))}
                </span>
                <span className="line urgent-chips">
                  {letter.urgency !== 'biasa' && (
                    <Chip tone={letter.urgency === 'amat-segera' ? 'bad' : 'unsure'} icon="clock">
                      {text.letters.urgency[letter.urgency]}
                    </Chip>
                  )}
                  {(letter.overdue || letter.late) && (
                    <Chip tone="bad" icon="warning">
                      {letter.overdue ? words.overdue : words.late}
                    </Chip>
                  )}
                  <ClassChip security={letter.security} />
                </span>
              </span>
              <Icon name="chevron" small />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
