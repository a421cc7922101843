/** What is wrong with the table, by row, before anything is made. */
import type { ReactElement } from 'react';
import { mergeErrors, type MergeCheck, type MergeProblem } from '../../../main/core/contract/index.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { Banner } from '../../ui/parts.tsx';

export function MergeProblems({ check }: { readonly check: MergeCheck }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const n = (value: number): string => count(value, language);
  const sentence = ({ code, row, column, first }: MergeProblem): string => {
    const variable = code === 'VARIABLE_COLUMN' || code === 'VARIABLE_KEPT';
    const where = [
      row === null ? '' : text.addresses.row(n(row)),
      column === '' ? '' : variable ? words.variable(`\${${column}}`) : text.addresses.column(column),
    ].filter(Boolean);
    const what = `${words.problem[code]}${first === null ? '' : ` ${n(first)}`}`;
    return where.length === 0 ? what : `${where.join(', ')}: ${what}`;
  };
  return (
    <section className="stack-tight">
      <Banner tone={check.ready === check.rows ? 'good' : 'unsure'} live>
        {words.ready(n(check.ready), n(check.rows))}
      </Banner>
      {check.problems.length > 0 && (
        <>
          <h3 id="merge-problems">{words.problems}</h3>
          <ul className="merge-problems batch-list" tabIndex={0} aria-labelledby="merge-problems">
            {check.problems.map((problem) => {
              const bad = (mergeErrors as readonly string[]).includes(problem.code);
              const said = sentence(problem);
              return (
                <li key={said} className={bad ? 'merge-bad' : 'merge-unsure'}>
                  <Icon name={bad ? 'failed' : 'warning'} small />
                  <span>{said}</span>
                </li>
              );
            })}
            {check.moreProblems > 0 && <li>{words.moreProblems(n(check.moreProblems))}</li>}
          </ul>
        </>
      )}
    </section>
  );
}
