/**
 * The body of a letter on both sides of the editor: `Block[]` of the contract, and the editor's document.
 * Pure data in, pure data out. What the contract cannot hold (a heading within a list, a merged cell) is
 * brought back to the nearest thing it can, so that nothing typed or pasted is silently dropped.
 */
import type { Block, Cell, Inline, Mark } from '../../main/core/contract/index.ts';

/** A node of the editor's JSON. Only what is read here; other attributes are ignored. */
export interface DocNode {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown> | undefined;
  marks?: { type: string }[];
  content?: DocNode[];
}

/** Nesting beyond this cannot be set on paper; deeper items are brought up to this level. */
const maxDepth = 6;

export function toDocument(blocks: readonly Block[]): DocNode {
  const content = blocks.map((block) => blockToNode(block, 0));
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

export function toBlocks(doc: DocNode): readonly Block[] {
  const blocks = (doc.content ?? []).flatMap((node) => nodeToBlocks(node, 0));
  // The editor keeps an empty paragraph at the end to type in: no blank line on paper comes of it.
  const last = blocks.findLastIndex((block) => !isEmptyParagraph(block));
  return blocks.slice(0, last + 1);
}

const isEmptyParagraph = (block: Block): boolean => block.type === 'paragraph' && block.content.length === 0;

function blockToNode(block: Block, depth: number): DocNode {
  switch (block.type) {
    case 'paragraph':
      return withInlines({ type: 'paragraph' }, block.content);
    case 'heading':
      return depth > 0
        ? withInlines({ type: 'paragraph' }, block.content)
        : withInlines({ type: 'heading', attrs: { level: 1 } }, block.content);
    case 'list':
      return {
        type: block.ordered ? 'orderedList' : 'bulletList',
        content: (block.items.length > 0 ? block.items : [[]]).map((item) => itemToNode(item, depth + 1)),
      };
    case 'table':
      return tableToNode(block.rows);
  }
}

function itemToNode(item: readonly Block[], depth: number): DocNode {
  const nodes = item
    .flatMap((block) => (block.type === 'table' ? tableAsParagraphs(block.rows) : [block]))
    .flatMap((block) => (depth < maxDepth ? [block] : withoutLists(block)))
    .map((block) => blockToNode(block, depth));
  // An item begins with a paragraph in the editor's schema.
  return {
    type: 'listItem',
    content: nodes[0]?.type === 'paragraph' ? nodes : [{ type: 'paragraph' }, ...nodes],
  };
}

/** The blocks within a list, however deep, in reading order. A stack, not recursion: the depth is not ours. */
export function withoutLists(start: Block): readonly Block[] {
  const found: Block[] = [];
  const waiting: Block[] = [start];
  for (let block = waiting.pop(); block; block = waiting.pop()) {
    if (block.type === 'list') waiting.push(...block.items.flat().reverse());
    else if (block.type === 'table') found.push(...tableAsParagraphs(block.rows));
    else found.push(block);
  }
  return found;
}

const tableAsParagraphs = (rows: readonly (readonly Cell[])[]): readonly Block[] =>
  rows.map((row) => ({
    type: 'paragraph',
    content: row.flatMap((cell, index) =>
      index === 0 ? cell.content : [{ type: 'text', text: ' ' } as const, ...cell.content],
    ),
  }));

function tableToNode(rows: readonly (readonly Cell[])[]): DocNode {
  const width = Math.max(1, ...rows.map((row) => row.length));
  return {
    type: 'table',
    content: (rows.length > 0 ? rows : [[]]).map((row) => ({
      type: 'tableRow',
      content: Array.from({ length: width }, (_, column) => {
        const cell = row[column];
        return {
          type: cell?.header ? 'tableHeader' : 'tableCell',
          content: [withInlines({ type: 'paragraph' }, cell?.content ?? [])],
        };
      }),
    })),
  };
}

function withInlines(node: DocNode, inlines: readonly Inline[]): DocNode {
  const content = inlines
    .filter((inline) => inline.type === 'break' || inline.text !== '')
    .map((inline): DocNode => {
      if (inline.type === 'break') return { type: 'hardBreak' };
      const marks = inline.marks?.map((type) => ({ type })) ?? [];
      return { type: 'text', text: inline.text, ...(marks.length > 0 ? { marks } : {}) };
    });
  return content.length > 0 ? { ...node, content } : node;
}

function nodeToBlocks(node: DocNode, depth: number): readonly Block[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', content: inlinesOf(node) }];
    case 'heading':
      return [{ type: depth > 0 ? 'paragraph' : 'heading', content: inlinesOf(node) }];
    case 'orderedList':
    case 'bulletList':
      if (depth >= maxDepth) return (node.content ?? []).flatMap((item) => childBlocks(item, depth));
      return [
        {
          type: 'list',
          ordered: node.type === 'orderedList',
          items: (node.content ?? []).map((item) => childBlocks(item, depth + 1)),
        },
      ];
    case 'table': {
      const rows = rowsOf(node);
      return depth > 0 ? tableAsParagraphs(rows) : [{ type: 'table', rows }];
    }
    default:
      return [];
  }
}

const childBlocks = (node: DocNode, depth: number): readonly Block[] =>
  (node.content ?? []).flatMap((child) => nodeToBlocks(child, depth));

function rowsOf(table: DocNode): readonly (readonly Cell[])[] {
  const rows = (table.content ?? []).map((row) => (row.content ?? []).flatMap((cell) => cellsOf(cell)));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [
    ...row,
    ...Array.from({ length: width - row.length }, (): Cell => ({ content: [] })),
  ]);
}

/** A merged cell is given back as itself and empty neighbours: paper tables here have no spans. */
function cellsOf(cell: DocNode): readonly Cell[] {
  const content = (cell.content ?? []).flatMap((paragraph, index) =>
    index === 0 ? inlinesOf(paragraph) : [{ type: 'break' } as const, ...inlinesOf(paragraph)],
  );
  const header = cell.type === 'tableHeader';
  const first: Cell = header ? { header, content } : { content };
  const empty: Cell = header ? { header, content: [] } : { content: [] };
  const span = Number(cell.attrs?.['colspan'] ?? 1);
  const extra = Number.isInteger(span) && span > 1 ? Math.min(span, 50) - 1 : 0;
  return [first, ...Array.from({ length: extra }, () => empty)];
}

const order: readonly Mark[] = ['bold', 'italic'];

function inlinesOf(node: DocNode): readonly Inline[] {
  return (node.content ?? []).flatMap((child): readonly Inline[] => {
    if (child.type === 'hardBreak') return [{ type: 'break' }];
    if (child.type !== 'text' || !child.text) return [];
    const marks = order.filter((mark) => child.marks?.some((m) => m.type === mark));
    return [
      marks.length > 0 ? { type: 'text', text: child.text, marks } : { type: 'text', text: child.text },
    ];
  });
}
