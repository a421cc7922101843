/**
 * Findings of a report in the reader's language. A report carries each finding as code and finished sentence,
 * in the language it was made in; the values within that sentence are found again by its template.
 */
import type { Language, ReportProblem } from '../../main/core/contract/index.ts';
import { languages, messages } from '../../main/core/contract/index.ts';
import { fill } from '../../main/core/contract/messages/index.ts';

export function problemText(problem: ReportProblem, language: Language): string {
  const wanted = messages[language].report[problem.code];
  if (wanted === undefined) return problem.message;
  if (!wanted.includes('{')) return wanted;
  for (const made of languages) {
    const template = messages[made].report[problem.code];
    const values = template === undefined ? null : valuesIn(template, problem.message);
    if (values) return fill(wanted, values);
  }
  return problem.message;
}

/** What stands in `sentence` at the places that `template` names, or null where the two do not fit. */
export function valuesIn(template: string, sentence: string): Readonly<Record<string, string>> | null {
  // Text and names in turn: "a {x} b {y}" → ["a ", "x", " b ", "y", ""].
  const parts = template.split(/\{(\w+)\}/);
  const values: Record<string, string> = {};
  let at = parts[0]?.length ?? 0;
  if (!sentence.startsWith(parts[0] ?? '')) return null;
  for (let index = 1; index < parts.length; index += 2) {
    const name = parts[index] ?? '';
    const after = parts[index + 1] ?? '';
    const last = index + 2 >= parts.length;
    const end = last ? sentence.length - after.length : sentence.indexOf(after, at);
    if (end < at || !sentence.startsWith(after, end)) return null;
    values[name] = sentence.slice(at, end);
    at = end + after.length;
  }
  return at === sentence.length ? values : null;
}
