import type { ReactElement } from 'react';
import type { TemplateProblem } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Banner } from '../../ui/parts.tsx';
import { usePlaces, useReason } from './problems.ts';

/** Every place that is wrong, with its reason in words. */
export function ProblemList(props: {
  readonly title: string;
  readonly problems: readonly TemplateProblem[];
  /** Where the form stands whose fields are named by their labels; a file's places keep their codes. */
  readonly within?: string;
}): ReactElement {
  const text = useText();
  const reason = useReason();
  const labelled = usePlaces();
  const place = (path: string): ReactElement => {
    const words = props.within === undefined ? undefined : labelled(path, props.within);
    if (words !== undefined) return <strong>{words}</strong>;
    return <span className="mono small">{path === '' ? text.templates.whole : path}</span>;
  };
  return (
    <Banner tone="unsure" live>
      <p>{props.title}</p>
      <ul className="bullets">
        {props.problems.slice(0, 8).map((problem) => (
          <li key={`${problem.path} ${problem.reason} ${problem.named ?? ''}`}>
            {place(problem.path)}: {reason(problem)}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
