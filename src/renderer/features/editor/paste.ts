/** What comes into the body from outside: the clipboard, text that is dragged in, and text modules. */
import { Slice } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import type { Block } from '../../../main/core/contract/index.ts';
import { toBlocks, toDocument, withoutLists } from '../../lib/body.ts';
import { count } from '../../lib/format.ts';
import { textNow } from '../../lib/i18n/index.ts';
import { say, sayFailure } from '../../lib/messages.ts';
import { plainBlocks, readPaste, type Pasted } from '../../lib/paste/index.ts';

/** Characters of HTML that are read at all: pictures in it may be many times the text. */
const mostHtml = 40_000_000;
const mostText = 1_000_000;
/** JSON of a body, so that what is beside it still fits into the megabyte of a letter. */
const mostBody = 900_000;

export function onPaste(view: EditorView, event: ClipboardEvent): boolean {
  const data = event.clipboardData;
  if (!data) return false;
  event.preventDefault();
  const html = data.getData('text/html');
  if (html === '') {
    const text = data.getData('text/plain');
    const picture = text === '' && [...data.items].some((item) => item.type.startsWith('image/'));
    take(view, picture ? { ...plain(''), pictures: 1 } : asPlain(text));
    return true;
  }
  take(view, html.length > mostHtml ? null : readPaste(html));
  return true;
}

/** Text dragged in from elsewhere lands as plain text; files are no business of the body. */
export function onDrop(view: EditorView, event: DragEvent): boolean {
  if (view.dragging) return false;
  event.preventDefault();
  const text = event.dataTransfer?.getData('text/plain') ?? '';
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (text === '' || !at) return true;
  const short = text.length > mostText ? null : text.replace(/\s+/g, ' ');
  if (short === null) sayFailure(textNow().writing.paste.tooLarge);
  else view.dispatch(view.state.tr.insertText(short, at.pos));
  return true;
}

const plain = (text: string): Pasted => ({
  blocks: plainBlocks(text),
  pictures: 0,
  footnotes: 0,
  lostNotes: 0,
  wideTables: 0,
});
const asPlain = (text: string): Pasted | null => (text.length > mostText ? null : plain(text));

function take(view: EditorView, pasted: Pasted | null): void {
  const text = textNow().writing.paste;
  if (!pasted || (pasted.blocks.length > 0 && !insertBlocks(view, pasted.blocks))) {
    sayFailure(text.tooLarge);
    return;
  }
  const told = (['pictures', 'footnotes', 'lostNotes', 'wideTables'] as const).flatMap((what) =>
    pasted[what] > 0 ? [text[what](count(pasted[what], textLanguage()))] : [],
  );
  if (told.length > 0) say(told.join(' '), 'note');
  else if (pasted.blocks.length === 0) say(text.nothing, 'note');
}

const textLanguage = (): 'id' | 'en' => (document.documentElement.lang === 'en' ? 'en' : 'id');

/**
 * Puts blocks in place of what is selected. In a cell of a table they become lines, since a cell holds no more.
 * @returns false, and nothing is changed, when the body would be too large with them.
 */
export function insertBlocks(view: EditorView, blocks: readonly Block[]): boolean {
  const { state } = view;
  const { $from } = state.selection;
  const cell = Array.from({ length: $from.depth + 1 }, (_, depth) => $from.node(depth).type.name).some(
    (name) => name.startsWith('table'),
  );
  const fitting = cell ? blocks.flatMap(withoutLists).map(asParagraph) : blocks;
  const size = JSON.stringify(fitting).length;
  if (size > 50_000 && size + JSON.stringify(toBlocks(state.doc.toJSON())).length > mostBody) return false;
  const doc = state.schema.nodeFromJSON(toDocument(fitting));
  const open = (type: string | undefined): number => (type === 'paragraph' ? 1 : 0);
  const slice = new Slice(doc.content, open(doc.firstChild?.type.name), open(doc.lastChild?.type.name));
  view.dispatch(state.tr.replaceSelection(slice).setMeta('uiEvent', 'paste').scrollIntoView());
  return true;
}

const asParagraph = (block: Block): Block =>
  block.type === 'heading' ? { type: 'paragraph', content: block.content } : block;
