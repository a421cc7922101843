/** The editor of the body: a schema that holds what the contract holds, and what is marked in it. */
import { Editor } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { closeHistory } from '@tiptap/pm/history';
import StarterKit from '@tiptap/starter-kit';
import type { Block } from '../../../main/core/contract/index.ts';
import { toBlocks, toDocument, type DocNode } from '../../lib/body.ts';
import { marks } from './marks.ts';
import { onDrop, onPaste } from './paste.ts';

/** What can be written: exactly what `Block[]` of the contract can hold, and the history for undo. */
export const bodyExtensions = [
  StarterKit.configure({
    heading: { levels: [1] },
    blockquote: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    link: false,
    strike: false,
    underline: false,
    dropcursor: false,
  }),
  Table.configure({ resizable: false }),
  TableRow,
  // A cell on paper holds lines of text and nothing else.
  TableHeader.extend({ content: 'paragraph+' }),
  TableCell.extend({ content: 'paragraph+' }),
] as const;

export function createBodyEditor(body: readonly Block[], onChange: (body: readonly Block[]) => void): Editor {
  return new Editor({
    element: document.createElement('div'),
    injectCSS: false,
    extensions: [...bodyExtensions, marks],
    content: { ...toDocument(body) },
    editorProps: {
      attributes: {
        class: 'body-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': 'body-label',
        // The platform's own checker, where it has one for Indonesian.
        spellcheck: 'true',
        lang: 'id',
      },
      handleDOMEvents: { paste: onPaste, drop: onDrop },
    },
    onUpdate: ({ editor }) => onChange(toBlocks(editor.getJSON())),
  });
}

/** Another body in the same editor: one step of its history, so that it can be undone; nobody is told. */
export function replaceBody(editor: Editor, body: readonly Block[]): void {
  const { state } = editor;
  const doc = state.schema.nodeFromJSON(toDocument(body));
  editor.view.dispatch(
    closeHistory(state.tr.replaceWith(0, state.doc.content.size, doc.content)).setMeta('preventUpdate', true),
  );
}

/** What is selected, as blocks; nothing where nothing is selected. */
export function selectedBlocks(editor: Editor): readonly Block[] {
  const { selection } = editor.state;
  if (selection.empty) return [];
  const content: unknown = selection.content().content.toJSON();
  return Array.isArray(content) ? toBlocks({ type: 'doc', content: content as DocNode[] }) : [];
}
