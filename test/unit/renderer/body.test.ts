import { getSchema } from '@tiptap/core';
import { Node } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Cell, Inline } from '../../../src/main/core/contract/index.ts';
import { bodyExtensions } from '../../../src/renderer/features/editor/body-editor.ts';
import { toBlocks, toDocument } from '../../../src/renderer/lib/body.ts';

const schema = getSchema([...bodyExtensions]);

/** Runs of text as the editor itself keeps them: neighbours with the same marks are one run. */
const merged = (inlines: readonly Inline[]): readonly Inline[] => {
  const out: Inline[] = [];
  for (const inline of inlines) {
    const last = out.at(-1);
    if (
      inline.type === 'text' &&
      last?.type === 'text' &&
      JSON.stringify(last.marks) === JSON.stringify(inline.marks)
    )
      out[out.length - 1] = { ...last, text: last.text + inline.text };
    else out.push(inline);
  }
  return out;
};

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc.constant<Inline>({ type: 'break' }),
  text.map((t): Inline => ({ type: 'text', text: t })),
  text.map((t): Inline => ({ type: 'text', text: t, marks: ['bold'] })),
  text.map((t): Inline => ({ type: 'text', text: t, marks: ['bold', 'italic'] })),
);
const inlines = fc.array(inline, { maxLength: 4 }).map(merged);
const paragraph = inlines.map((content): Block => ({ type: 'paragraph', content }));
const heading = inlines.map((content): Block => ({ type: 'heading', content }));
const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(
        fc
          .tuple(fc.boolean(), inlines)
          .map(([header, content]): Cell => (header ? { header, content } : { content })),
        { minLength: columns, maxLength: columns },
      ),
      { minLength: rows, maxLength: rows },
    ),
  )
  .map((rows): Block => ({ type: 'table', rows }));
const { item } = fc.letrec<{ item: readonly Block[]; list: Block }>((tie) => ({
  list: fc
    .tuple(fc.boolean(), fc.array(tie('item'), { minLength: 1, maxLength: 3 }))
    .map(([ordered, items]): Block => ({ type: 'list', ordered, items })),
  item: fc
    .tuple(
      paragraph,
      fc.array(fc.oneof({ depthSize: 'small', maxDepth: 3 }, paragraph, tie('list')), { maxLength: 2 }),
    )
    .map(([first, rest]) => [first, ...rest]),
}));
const list = fc
  .tuple(fc.boolean(), fc.array(item, { minLength: 1, maxLength: 3 }))
  .map(([ordered, items]): Block => ({ type: 'list', ordered, items }));
const body = fc.array(fc.oneof(paragraph, heading, table, list), { maxLength: 5 }).filter((blocks) => {
  const last = blocks.at(-1);
  return !last || last.type !== 'paragraph' || last.content.length > 0;
});

describe('the body of a letter on both sides of the editor', () => {
  it('comes back from the editor as it went in, through the editor’s own schema', () => {
    fc.assert(
      fc.property(body, (blocks) => {
        const node = Node.fromJSON(schema, toDocument(blocks));
        node.check();
        expect(toBlocks(node.toJSON())).toEqual(blocks);
      }),
      { numRuns: 150 },
    );
  });

  it('takes an untouched editor for an empty body and drops blank lines at the end', () => {
    expect(toBlocks(toDocument([]))).toEqual([]);
    const kept: Block = { type: 'paragraph', content: [{ type: 'text', text: 'a' }] };
    const blank: Block = { type: 'paragraph', content: [] };
    expect(toBlocks(toDocument([blank, kept, blank, blank]))).toEqual([blank, kept]);
  });

  it('gives a merged cell back as itself and empty neighbours, and evens out the rows', () => {
    const cell = (words: string, colspan = 1) => ({
      type: 'tableCell',
      attrs: { colspan },
      content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
    });
    const blocks = toBlocks({
      type: 'doc',
      content: [
        {
          type: 'table',
          content: [
            { type: 'tableRow', content: [cell('a', 2)] },
            { type: 'tableRow', content: [cell('b'), cell('c'), cell('d')] },
          ],
        },
      ],
    });
    expect(blocks).toEqual([
      {
        type: 'table',
        rows: [
          [{ content: [{ type: 'text', text: 'a' }] }, { content: [] }, { content: [] }],
          ['b', 'c', 'd'].map((t) => ({ content: [{ type: 'text', text: t }] })),
        ],
      },
    ]);
  });

  it('keeps the text of what a list item cannot hold', () => {
    const blocks: readonly Block[] = [
      {
        type: 'list',
        ordered: true,
        items: [
          [
            { type: 'heading', content: [{ type: 'text', text: 'judul' }] },
            {
              type: 'table',
              rows: [
                [{ content: [{ type: 'text', text: 'x' }] }, { content: [{ type: 'text', text: 'y' }] }],
              ],
            },
          ],
        ],
      },
    ];
    const node = Node.fromJSON(schema, toDocument(blocks));
    node.check();
    expect(node.textContent).toBe('judulx y');
  });

  it('survives a list nested far too deep without losing the words', () => {
    let deep: Block = { type: 'paragraph', content: [{ type: 'text', text: 'dasar' }] };
    for (let level = 0; level < 40; level += 1)
      deep = { type: 'list', ordered: false, items: [[{ type: 'paragraph', content: [] }, deep]] };
    const json = JSON.stringify(toDocument([deep]));
    Node.fromJSON(schema, JSON.parse(json)).check();
    expect(json).toContain('dasar');
  });
});
