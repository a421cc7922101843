/** The editor of the body: a schema that holds what the contract holds, and pasting without HTML sinks. */
import { Editor } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { DOMParser as SchemaParser } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import StarterKit from '@tiptap/starter-kit';
import type { Block } from '../../../main/core/contract/index.ts';
import { toBlocks, toDocument } from '../../lib/body.ts';

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
    extensions: [...bodyExtensions],
    content: { ...toDocument(body) },
    editorProps: {
      attributes: {
        class: 'body-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': 'body-label',
        spellcheck: 'false',
      },
      handleDOMEvents: { paste: onPaste, drop: onDrop },
    },
    onUpdate: ({ editor }) => onChange(toBlocks(editor.getJSON())),
  });
}

/** Longer rich text is pasted as plain text. */
const maxHtml = 2_000_000;

/**
 * ProseMirror would read pasted HTML through a Trusted Types policy that the page's CSP refuses. `setHTML`
 * is the browser's own sanitiser, needs no policy, and keeps scripts and handlers out.
 */
function onPaste(view: EditorView, event: ClipboardEvent): boolean {
  const html = event.clipboardData?.getData('text/html') ?? '';
  if (html === '') return false;
  const box = html.length > maxHtml ? null : sanitised(html);
  event.preventDefault();
  if (!box) {
    insertPlain(view, event.clipboardData?.getData('text/plain') ?? '');
    return true;
  }
  const slice = SchemaParser.fromSchema(view.state.schema).parseSlice(box);
  view.dispatch(view.state.tr.replaceSelection(slice).setMeta('uiEvent', 'paste').scrollIntoView());
  return true;
}

function sanitised(html: string): HTMLElement | null {
  const box = document.implementation.createHTMLDocument('').body;
  const setHTML: unknown = Reflect.get(box, 'setHTML');
  if (typeof setHTML !== 'function') return null;
  Reflect.apply(setHTML, box, [html]);
  return box;
}

function insertPlain(view: EditorView, text: string): void {
  view.dispatch(view.state.tr.insertText(text).setMeta('uiEvent', 'paste').scrollIntoView());
}

/** Text dragged in from elsewhere lands as plain text; files are no business of the body. */
function onDrop(view: EditorView, event: DragEvent): boolean {
  if (view.dragging) return false;
  event.preventDefault();
  const text = event.dataTransfer?.getData('text/plain') ?? '';
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (text !== '' && at) view.dispatch(view.state.tr.insertText(text, at.pos));
  return true;
}
