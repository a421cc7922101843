import type { TemplateProblem } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { problemAt } from '../../lib/templates.ts';

export function useReason(): (problem: TemplateProblem) => string {
  const { reasons } = useText().templates;
  return (problem) => reasons[problem.reason](problem.named ?? '');
}

/** What is wrong at a path, in words; undefined where nothing is. */
export function useProblems(problems: readonly TemplateProblem[]): (path: string) => string | undefined {
  const reason = useReason();
  return (path) => {
    const found = problemAt(problems, path);
    return found && reason(found);
  };
}
