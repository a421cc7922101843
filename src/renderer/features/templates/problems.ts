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

/** The label of the field at a path, as the form has it; undefined where the form has none. */
export function usePlaces(): (path: string, within: string) => string | undefined {
  const words = useText().templates;
  const numbers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    margins: words.margins,
    sizes: words.sizes,
    spacing: words.spacing,
  };
  const labels: Readonly<Record<string, string>> = {
    label: words.label,
    'name.id': words.nameId,
    'name.en': words.nameEn,
    'about.id': words.aboutId,
    'about.en': words.aboutEn,
    register: words.register,
    numberTemplate: words.format,
    'addressees.printed': words.addresseePrinted,
    subjectPrinted: words.subjectPrinted,
    labelWidth: words.labelWidth,
    fields: words.part.fields,
    start: words.part.start,
    bupatiTitle: words.bupatiTitle,
    arms: words.part.kop,
    'page.font': words.font,
    'page.margins': words.part.page,
  };
  const ofField: Readonly<Record<string, string>> = {
    'label.id': words.fieldLabelId,
    'label.en': words.fieldLabelEn,
    printed: words.fieldPrinted,
    heading: words.fieldHeading,
  };
  return (path, within) => {
    const own = within !== '' && path.startsWith(`${within}.`) ? path.slice(within.length + 1) : path;
    const [group, key = '', ...rest] = own.split('.');
    const part = rest.join('.');
    if (group === 'fields' && ofField[part] !== undefined)
      return `${words.field(Number(key) + 1)}, ${ofField[part]}`;
    if (group === 'page' && numbers[key]?.[part] !== undefined) return numbers[key][part];
    if (group === 'arms' && (key === 'office' || key === 'bupati')) return words.arms[key];
    return labels[own];
  };
}
