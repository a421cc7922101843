/** Writing a draft: fields and body at the left, the real page at the right. */
import { useState, useSyncExternalStore, type ReactElement } from 'react';
import type { LetterDetail } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { BodyField } from './BodyField.tsx';
import { Fields } from './Fields.tsx';
import { Preview } from './Preview.tsx';
import { SaveBanner } from './SaveBanner.tsx';
import { SaveStatus } from './SaveStatus.tsx';
import { closeDraft, openDraft } from './sessions.ts';
import { SignDialog } from './SignDialog.tsx';

export function Editor(props: { readonly letter: LetterDetail; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const { id } = props.letter;
  const [draft, setDraft] = useState(() => openDraft(props.letter));
  const view = useSyncExternalStore(draft.session.subscribe, draft.session.snapshot);
  const [pane, setPane] = useState<'write' | 'preview'>('write');
  const [signing, setSigning] = useState(false);

  const sign = async (): Promise<void> => {
    if (await draft.session.flush()) setSigning(true);
    else sayFailure(text.sign.notSavedYet);
  };
  const discard = async (): Promise<void> => {
    if (!(await draft.session.flush())) {
      sayFailure(text.editor.discardFirst);
      return;
    }
    const result = await eletter.letters.discard({ id });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    closeDraft(id);
    say(text.editor.discarded);
    go({ at: 'letters', folder: 'drafts', id: null });
    noteChange();
  };

  return (
    <div className="editor">
      <header className="editor-bar">
        <Button icon="back" kind="quiet" onPress={props.onClose}>
          {text.letters.backToList}
        </Button>
        <h1 className="editor-title grow">
          {view.content.subject.trim() || text.letters.kind[view.content.kind]}
        </h1>
        <SaveStatus view={view} />
        <div className="editor-switch line" role="group" aria-label={text.editor.panes}>
          <button
            type="button"
            className="button"
            aria-pressed={pane === 'write'}
            onClick={() => setPane('write')}
          >
            {text.editor.writing}
          </button>
          <button
            type="button"
            className="button"
            aria-pressed={pane === 'preview'}
            onClick={() => setPane('preview')}
          >
            {text.editor.preview}
          </button>
        </div>
        <Button icon="bin" onPress={() => void discard()}>
          {text.editor.discard}
        </Button>
        <Button kind="primary" icon="pen" onPress={() => void sign()}>
          {text.editor.sign}
        </Button>
      </header>
      {view.error && (
        <SaveBanner
          id={id}
          error={view.error}
          onRetry={() => void draft.session.flush()}
          onReload={(letter) => {
            closeDraft(id);
            setDraft(openDraft(letter));
          }}
        />
      )}
      <div className={`editor-panes editor-shows-${pane}`}>
        <div className="editor-form" data-pane="form" tabIndex={-1}>
          <Fields content={view.content} onChange={(update) => draft.session.change(update)} />
          <BodyField editor={draft.editor} />
        </div>
        <div className="editor-preview" data-pane="preview" tabIndex={-1}>
          <Preview id={id} saved={view.state === 'saved'} revision={view.revision} />
        </div>
      </div>
      {signing && (
        <SignDialog
          letter={props.letter}
          content={view.content}
          revision={view.revision}
          onSigned={() => closeDraft(id)}
          onClose={() => setSigning(false)}
        />
      )}
    </div>
  );
}
