import type { ErrorShape } from '../contract/errors.ts';
import type { Block, LetterContent } from '../contract/letters.ts';

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
export function readinessProblems(content: LetterContent): ErrorShape[] {
  const missing: string[] = [];
  if (content.classification.trim() === '') missing.push('classification');
  if (content.subject.trim() === '') missing.push('subject');
  if (content.recipients.length === 0 || content.recipients.some((one) => one.name.trim() === ''))
    missing.push('recipients');
  if (content.copies.some((one) => one.name.trim() === '')) missing.push('copies');
  if (!hasText(content.body)) missing.push('body');
  if (content.kind === 'surat-undangan') {
    const event = content.event;
    if (!event || [event.date, event.time, event.place, event.agenda].some((one) => one.trim() === ''))
      missing.push('event');
  }
  return missing.map((field) => ({ code: 'LETTER_INCOMPLETE', params: { field } }));
}
