/** The plain text of a block, as somebody reads it who marks a place. Pure. */
import type { Block, Inline } from '../../../main/core/contract/index.ts';

const inline = (content: readonly Inline[]): string =>
  content.map((one) => (one.type === 'text' ? one.text : ' ')).join('');

/** Lines of a list and of a table stand one below the other. A stack, not recursion: the depth is not ours. */
export function blockText(start: Block): string {
  const lines: string[] = [];
  const waiting: Block[] = [start];
  for (let block = waiting.pop(); block; block = waiting.pop()) {
    if (block.type === 'list') waiting.push(...block.items.flat().reverse());
    else if (block.type === 'table')
      lines.push(...block.rows.map((row) => row.map((cell) => inline(cell.content)).join(' | ')));
    else lines.push(inline(block.content));
  }
  return lines.join('\n').trim();
}

/** Longest quotation that a mark carries. */
export const longestQuote = 500;

/**
 * Which block a mark means in a text that may have changed since: the one with the quoted words nearest to where they
 * were, else the one at that place; null where there is none any more.
 */
export function markedBlock(
  body: readonly Block[],
  mark: { readonly block: number | null; readonly quote: string },
): number | null {
  const at = mark.block ?? 0;
  const words = mark.quote.trim();
  if (words !== '') {
    const holding = body.flatMap((block, index) => (blockText(block).includes(words) ? [index] : []));
    const [nearest] = holding.toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at));
    if (nearest !== undefined) return nearest;
  }
  return at < body.length ? at : null;
}
