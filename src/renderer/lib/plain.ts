import type { Block, Inline } from '../../main/core/contract/index.ts';

const said = (content: readonly Inline[]): string =>
  content.map((one) => (one.type === 'break' ? ' ' : one.text)).join('');

/** The words of a body in one line, to search in and to show what it is about. */
export function plainOf(blocks: readonly Block[]): string {
  return blocks
    .map((block): string => {
      switch (block.type) {
        case 'paragraph':
        case 'heading':
          return said(block.content);
        case 'list':
          return block.items.map(plainOf).join(' ');
        case 'table':
          return block.rows.map((row) => row.map((cell) => said(cell.content)).join(' ')).join(' ');
      }
    })
    .join(' ')
    .trim();
}
