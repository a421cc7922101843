/** Keeping a version with Ctrl+S, and the dialog of all of them. */
import { useEffect, useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { replaceBody } from './body-editor.ts';
import { startOf, type OpenDraft } from './sessions.ts';
import { Versions } from './Versions.tsx';

export function useVersions(
  id: string,
  draft: OpenDraft,
): { readonly open: () => void; readonly dialog: ReactElement | null } {
  const text = useText().writing.versions;
  const language = useLanguage();
  const [shown, setShown] = useState(false);
  const { session, editor } = draft;

  useEffect(() => {
    const keep = async (): Promise<void> => {
      if (!(await session.flush())) {
        sayFailure(text.notSaved);
        return;
      }
      const { revision } = session.snapshot();
      const result = await eletter.versions.keep({ id, revision, note: '' });
      if (!result.ok) {
        sayError(result.error);
        return;
      }
      say(text.kept(count(result.value.number, language)));
      noteChange();
    };
    const onKey = (event: KeyboardEvent): void => {
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!asked || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      // A key held down asks once.
      if (!event.repeat) void keep();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [id, session, text, language]);

  const open = async (): Promise<void> => {
    if (await session.flush()) setShown(true);
    else sayFailure(text.notSaved);
  };
  const { revision, content } = session.snapshot();
  return {
    open: () => void open(),
    dialog: shown ? (
      <Versions
        id={id}
        revision={revision}
        content={content}
        onRestored={(letter) => {
          session.restart(startOf(letter));
          // In the same editor: what was there before is one step back.
          replaceBody(editor, letter.content.body);
          setShown(false);
        }}
        onClose={() => setShown(false)}
      />
    ) : null,
  };
}
