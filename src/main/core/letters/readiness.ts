import type { ErrorShape } from '../contract/errors.ts';
import type { Block, LetterContent } from '../contract/letters.ts';

/** What a kind asks for before it can be signed. */
export interface Needs {
  readonly addressees: { readonly need: 'required' | 'optional' | 'none' };
  readonly event: boolean;
  readonly bodyNeed: 'required' | 'optional';
  readonly fields: readonly { readonly name: string; readonly required: boolean }[];
}

/** Does the body say anything? Walks at most what a contract-checked body can hold. */
function hasText(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return block.content.some((inline) => inline.type === 'text' && inline.text.trim() !== '');
      case 'list':
        return block.items.some(hasText);
      case 'table':
        return block.rows.some((row) =>
          row.some((cell) => cell.content.some((one) => one.type === 'text' && one.text.trim() !== '')),
        );
    }
  });
}

/** What is still missing before a letter can be signed; `field` is the name in LetterContent. */
export function readinessProblems(content: LetterContent, needs: Needs): ErrorShape[] {
  const missing: string[] = [];
  if (content.classification.trim() === '') missing.push('classification');
  if (content.subject.trim() === '') missing.push('subject');
  const without = content.recipients.length === 0 && needs.addressees.need === 'required';
  if (without || content.recipients.some((one) => one.name.trim() === '')) missing.push('recipients');
  if (content.copies.some((one) => one.name.trim() === '')) missing.push('copies');
  if (needs.bodyNeed === 'required' && !hasText(content.body)) missing.push('body');
  if (needs.event) {
    const event = content.event;
    if (!event || [event.date, event.time, event.place, event.agenda].some((one) => one.trim() === ''))
      missing.push('event');
  }
  for (const field of needs.fields) {
    if (field.required && (content.details?.[field.name] ?? '').trim() === '')
      missing.push(`details.${field.name}`);
  }
  return missing.map((field) => ({ code: 'LETTER_INCOMPLETE', params: { field } }));
}
