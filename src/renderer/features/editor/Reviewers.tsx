/** Who is asked before the letter is signed: officials in line, and units that the matter touches. */
import { useState, type ReactElement } from 'react';
import {
  maximumCoordination,
  maximumHierarchy,
  type LetterContent,
  type Person,
  type ReviewPlan,
} from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { mayVouch, reviewOf, withReview } from '../../lib/signers.ts';
import { PersonRows } from './PersonRows.tsx';

const parts = ['hierarchy', 'coordination'] as const;

export function Reviewers(props: {
  readonly content: LetterContent;
  /** Everybody of this vault. */
  readonly people: readonly Person[];
  readonly author: string | null;
  readonly onChange: (update: (content: LetterContent) => LetterContent) => void;
}): ReactElement {
  const words = useText().reviewPlan;
  const { people } = props;
  const plan = reviewOf(props.content);
  const asked = [...plan.hierarchy, ...plan.coordination];
  const [open] = useState(asked.length > 0);
  const signing = (props.content.signers ?? []).map(({ accountId }) => accountId);
  // Who writes or signs it vouches for it already.
  const free = people.filter(
    (one) =>
      mayVouch(one) && one.accountId !== props.author && ![...asked, ...signing].includes(one.accountId),
  );
  const set = (part: keyof ReviewPlan, change: (list: readonly string[]) => readonly string[]): void =>
    props.onChange((before) => {
      const now = reviewOf(before);
      return withReview(before, { ...now, [part]: change(now[part]) });
    });
  const rowsOf = (part: keyof ReviewPlan) =>
    plan[part].map((accountId) => {
      const person = people.find((one) => one.accountId === accountId) ?? null;
      const wrong = people.length > 0 && !(person && mayVouch(person)) ? words.cannot : undefined;
      return { accountId, person, wrong };
    });
  const add = { hierarchy: words.addHierarchy, coordination: words.addCoordination };
  const help = { hierarchy: words.hierarchyHelp, coordination: words.coordinationHelp };

  return (
    <details open={open}>
      <summary>{asked.length > 0 ? words.openWith(asked.length) : words.open}</summary>
      <div className="stack details-body" data-field="review">
        {parts.map((part) => (
          <fieldset key={part} className="stack-tight">
            <legend>{words[part]}</legend>
            <p className="help">{help[part]}</p>
            <PersonRows
              ordered={part === 'hierarchy'}
              rows={rowsOf(part)}
              rowName={words.row}
              free={free}
              most={part === 'hierarchy' ? maximumHierarchy : maximumCoordination}
              words={{ ...words, add: add[part] }}
              onAdd={({ accountId }) => set(part, (list) => [...list, accountId])}
              onOrder={(ids) => set(part, () => ids)}
            />
          </fieldset>
        ))}
      </div>
    </details>
  );
}
