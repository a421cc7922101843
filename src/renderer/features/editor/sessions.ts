/** Drafts that were opened in this sitting: their unsaved text and their undo history outlive the screen. */
import type { Editor } from '@tiptap/core';
import type { LetterDetail } from '../../../main/core/contract/index.ts';
import { keepSafe } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { createBodyEditor } from './body-editor.ts';
import { DraftSession } from './draft-session.ts';

export interface OpenDraft {
  readonly session: DraftSession;
  readonly editor: Editor;
}

const maxOpen = 8;
const open = new Map<string, OpenDraft>();

/** The draft as it was left, else as the vault has it. */
export function openDraft(letter: LetterDetail): OpenDraft {
  const before = open.get(letter.id);
  if (before) {
    if (before.session.pending || before.session.snapshot().revision >= letter.revision) return before;
    closeDraft(letter.id);
  }
  const { id } = letter;
  const session = new DraftSession(startOf(letter), async ({ revision, content }) => {
    const result = await eletter.letters.saveDraft({ id, revision, content });
    // The list of drafts shows the subject too.
    if (result.ok) noteChange();
    return result;
  });
  const editor = createBodyEditor(letter.content.body, (body) =>
    session.change((content) => ({ ...content, body })),
  );
  const draft = { session, editor };
  open.set(id, draft);
  closeOldest(id);
  return draft;
}

export const startOf = (letter: LetterDetail) => ({
  content: letter.content,
  revision: letter.revision,
  savedAt: letter.updatedAt,
});

/** After signing, discarding or reloading: the next opening begins from the vault. */
export function closeDraft(id: string): void {
  const draft = open.get(id);
  open.delete(id);
  // The screen may still show it in this frame.
  if (draft) setTimeout(() => draft.editor.destroy(), 1000);
}

function closeOldest(current: string): void {
  for (const [id, draft] of open) {
    if (open.size <= maxOpen) return;
    if (id !== current && !draft.session.pending) closeDraft(id);
  }
}

keepSafe(async () => {
  const done = await Promise.all([...open.values()].map((draft) => draft.session.flush()));
  return done.every(Boolean);
});
