/** Leads to the place that a remark is about. */
import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { LetterContent, RemarkMark } from '../../../main/core/contract/index.ts';
import { focusField } from '../../lib/problems.ts';
import { markedBlock } from '../review/block-text.ts';

/** @returns false when it is no longer there. */
export function showMark(
  mark: RemarkMark,
  content: LetterContent,
  editor: Editor,
  form: HTMLElement | null,
): boolean {
  if (mark.field === 'body') return showBlock(mark, content, editor);
  if (mark.field !== 'details') return focusField(form, mark.field);
  const [name] = Object.keys(content.details ?? {});
  return name !== undefined && focusField(form, `details.${name}`);
}

/** Marks the quoted words, else the whole block. The blocks of a letter are the top nodes of the editor's document. */
function showBlock(mark: RemarkMark, content: LetterContent, editor: Editor): boolean {
  const index = markedBlock(content.body, mark);
  const { doc } = editor.state;
  if (index === null || index >= doc.childCount) return false;
  let start = 0;
  for (let before = 0; before < index; before++) start += doc.child(before).nodeSize;
  const node = doc.child(index);
  let range = { from: start + 1, to: start + node.nodeSize - 1 };
  const words = mark.quote.trim();
  const look = (block: Node, from: number): void => {
    const at = words === '' ? -1 : block.textContent.indexOf(words);
    // Words that a line break divides are found by their block.
    if (at < 0 || block.content.size !== block.textContent.length) return;
    range = { from: from + at, to: from + at + words.length };
  };
  if (node.isTextblock) look(node, start + 1);
  else
    node.descendants((inner, offset) => {
      if (inner.isTextblock) look(inner, start + offset + 2);
      return !inner.isTextblock;
    });
  editor.chain().focus().setTextSelection(range).scrollIntoView().run();
  editor.view.dom.scrollIntoView({ block: 'nearest' });
  return true;
}
