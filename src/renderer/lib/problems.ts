/** What a letter still lacks before it can be signed: which field, in words, and where it stands on the screen. */
import type { ErrorShape, InvitationEvent, LetterContent } from '../../main/core/contract/index.ts';

const eventFields = ['date', 'time', 'place', 'agenda'] as const satisfies readonly (keyof InvitationEvent)[];

/** Names of the fields that are missing, in the form's order; an event is taken apart into its own fields. */
export function missingFields(problems: readonly ErrorShape[], content: LetterContent): readonly string[] {
  return problems.flatMap((problem) => {
    const field = problem.code === 'LETTER_INCOMPLETE' ? problem.params?.['field'] : undefined;
    if (typeof field !== 'string') return [];
    const { event } = content;
    if (field !== 'event' || !event) return [field];
    const empty = eventFields.filter((part) => event[part].trim() === '');
    return empty.length > 0 ? empty.map((part) => `event.${part}`) : [field];
  });
}

/** One line per problem, each field named once and without the sentence around it. */
export function problemLines(
  problems: readonly ErrorShape[],
  content: LetterContent,
  fieldName: (field: string) => string,
  errorText: (error: ErrorShape) => string,
): readonly string[] {
  const fields = missingFields(problems, content).map((field) => capital(fieldName(field)));
  const others = problems.filter((problem) => problem.code !== 'LETTER_INCOMPLETE').map(errorText);
  return [...new Set([...fields, ...others])];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What must be filled in before a letter can be signed, in the form's order. */
export const requiredFields = ['classification', 'subject', 'recipients', 'body'] as const;

/** Has nobody filled in this field yet? Lists count as filled once they have a row. */
export function isEmpty(content: LetterContent, field: (typeof requiredFields)[number]): boolean {
  if (field === 'body')
    return !content.body.some((block) => block.type !== 'paragraph' || block.content.length > 0);
  const value = content[field];
  return typeof value === 'string' ? value.trim() === '' : value.length === 0;
}

/**
 * Puts the focus into the part of a form marked `data-field`: its first empty line, else its first line, else the
 * button that adds one. False when the form has no such part, or none of it can take the focus.
 */
export function focusField(form: HTMLElement | null, field: string): boolean {
  const place = form?.querySelector<HTMLElement>(`[data-field="${field}"]`);
  if (!place) return false;
  const lines = [
    ...place.querySelectorAll<HTMLElement>(
      'input:not([data-optional] *), textarea, [contenteditable="true"]',
    ),
  ];
  const empty = lines.find(
    (line) =>
      (line instanceof HTMLInputElement || line instanceof HTMLTextAreaElement) && line.value.trim() === '',
  );
  const target = empty ?? lines[0] ?? place.querySelector<HTMLElement>('button');
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
  return target !== null && target !== undefined && document.activeElement === target;
}
