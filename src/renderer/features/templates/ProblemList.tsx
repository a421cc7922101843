import type { ReactElement } from 'react';
import type { TemplateProblem } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Banner } from '../../ui/parts.tsx';
import { useReason } from './problems.ts';

/** Every place that is wrong, with its reason in words. */
export function ProblemList(props: {
  readonly title: string;
  readonly problems: readonly TemplateProblem[];
  /** Taken off the places: the kind that is being edited. */
  readonly within?: string;
}): ReactElement {
  const text = useText();
  const reason = useReason();
  const place = (path: string): string => {
    const prefix = `${props.within ?? ''}.`;
    const rest = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return rest === '' ? text.templates.whole : rest;
  };
  return (
    <Banner tone="unsure" live>
      <p>{props.title}</p>
      <ul className="bullets">
        {props.problems.slice(0, 8).map((problem) => (
          <li key={`${problem.path} ${problem.reason} ${problem.named ?? ''}`}>
            <span className="mono small">{place(problem.path)}</span>: {reason(problem)}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
