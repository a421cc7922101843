/** Lines with the lists that they stand in → blocks of the contract. */
import type { Block, Inline } from '../../../main/core/contract/index.ts';

/** One level of the lists that a line stands in; lists with the same key are one list. */
export interface Level {
  readonly key: string;
  readonly ordered: boolean;
}

/** Begins the key of a list that a page's own tags make. */
export const ofPage = 'list ';

export interface Line {
  readonly heading: boolean;
  readonly content: readonly Inline[];
  /** From the outermost list to the innermost; empty: no list. */
  readonly levels: readonly Level[];
  /** Begins an item; else it goes on with the one before. */
  readonly starts: boolean;
  /** Its number goes on from a list that other lines have interrupted. */
  readonly goesOn: boolean;
}

export type Piece = Line | Extract<Block, { type: 'table' }>;

interface OpenList {
  readonly level: Level;
  readonly items: Block[][];
}

export function blocksOf(pieces: readonly Piece[]): Block[] {
  const blocks: Block[] = [];
  let open: OpenList[] = [];
  /** Place in `blocks` of the last list, with what was open in it. */
  let last: { readonly at: number; readonly open: OpenList[] } | null = null;

  /** Lists of a web page that go on with one before, by its key. */
  const names = new Map<string, string>();
  const itemOf = (list: OpenList): Block[] => {
    const item = list.items.at(-1) ?? [];
    if (list.items.length === 0) list.items.push(item);
    return item;
  };
  const into = (depth: number): Block[] => {
    const parent = open[depth - 1];
    return parent ? itemOf(parent) : blocks;
  };

  for (const piece of pieces) {
    if (!('levels' in piece)) {
      open = [];
      blocks.push(piece);
      continue;
    }
    const { content } = piece;
    const levels = piece.levels.map((level) => ({ ...level, key: names.get(level.key) ?? level.key }));
    if (levels.length === 0) {
      open = [];
      blocks.push({ type: piece.heading ? 'heading' : 'paragraph', content });
      continue;
    }
    const [outer] = levels;
    if (open.length === 0 && piece.goesOn && outer && last && isSame(last.open[0], outer)) {
      if (resumed(blocks, last.at, last.open)) {
        open = last.open;
        names.set(outer.key, open[0]?.level.key ?? outer.key);
        outer.key = open[0]?.level.key ?? outer.key;
      }
    }
    let same = 0;
    while (same < levels.length && same < open.length && open[same]?.level.key === levels[same]?.key)
      same += 1;
    open = open.slice(0, same);
    while (open.length < levels.length) {
      const level = levels[open.length] ?? { key: '', ordered: false };
      const list: OpenList = { level, items: [] };
      into(open.length).push({ type: 'list', ordered: level.ordered, items: list.items });
      open = [...open, list];
    }
    last = { at: blocks.length - 1, open };
    const list = open.at(-1);
    if (!list) continue;
    if (piece.starts || list.items.length === 0) list.items.push([]);
    itemOf(list).push({ type: 'paragraph', content });
  }
  return blocks;
}

/** A web page's second half of a list is a list of its own; Word's have the same key. */
const isSame = (before: OpenList | undefined, level: Level): boolean =>
  before !== undefined &&
  before.level.ordered === level.ordered &&
  (before.level.key === level.key || level.key.startsWith(ofPage));

/** Paragraphs between two halves of a list become part of its last item, so that its numbers go on. */
function resumed(blocks: Block[], at: number, open: readonly OpenList[]): boolean {
  const between = blocks.slice(at + 1);
  const item = open[0]?.items.at(-1);
  if (!item || between.some((block) => block.type !== 'paragraph')) return false;
  blocks.length = at + 1;
  for (const block of between) item.push(block);
  return true;
}

/** Runs of white space become one space, none at the ends of a line; neighbours of one look become one. */
export function tidied(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  let gap = true;
  for (const inline of inlines) {
    if (inline.type === 'break') {
      trimEnd(out);
      out.push(inline);
      gap = true;
      continue;
    }
    let text = inline.text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ');
    if (gap) text = text.trimStart();
    if (text === '') continue;
    gap = text.endsWith(' ');
    const before = out.at(-1);
    if (before?.type === 'text' && (before.marks ?? []).join() === (inline.marks ?? []).join())
      out[out.length - 1] = { ...before, text: before.text + text };
    else out.push({ ...inline, text });
  }
  trimEnd(out);
  while (out[0]?.type === 'break') out.shift();
  while (out.at(-1)?.type === 'break') out.pop();
  return out;
}

function trimEnd(out: Inline[]): void {
  const last = out.at(-1);
  if (last?.type !== 'text' || !last.text.endsWith(' ')) return;
  const text = last.text.trimEnd();
  if (text === '') out.pop();
  else out[out.length - 1] = { ...last, text };
}
