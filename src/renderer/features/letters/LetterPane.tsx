/** One letter: a draft, and one that came back, opens in the editor; everything else is read. */
import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { preparePdf } from '../../lib/pdf.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { LetterView } from './LetterView.tsx';

/** The editor is the heaviest part of the page; it is loaded when the first draft is opened. */
const Editor = lazy(() => import('../editor/Editor.tsx').then((module) => ({ default: module.Editor })));

export function LetterPane(props: {
  readonly id: string;
  readonly onEditing: (editing: boolean) => void;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const { id, onEditing } = props;
  const letter = useReading(`letter-${id}`, () => eletter.letters.get({ id }));
  const mayWrite = useMay()('letters.saveDraft');
  const { state, mine } = letter.value ?? {};
  const writing = (state === 'draft' || state === 'returned') && mine === true && mayWrite;
  const [correcting, setCorrecting] = useState(false);
  const mending = correcting && letter.value?.may.includes('correct') === true;
  const editing = writing || mending;
  const marked = useRef(false);

  useEffect(preparePdf, []);
  useEffect(() => onEditing(editing), [editing, onEditing]);
  useEffect(() => {
    if (!letter.value?.unread || marked.current) return;
    marked.current = true;
    void eletter.letters.markRead({ id }).then((result) => {
      if (result.ok) noteChange();
      else sayError(result.error);
    });
  }, [letter.value, id]);

  if (letter.value && editing) {
    return (
      <Suspense fallback={<Skeleton lines={10} />}>
        <Editor
          letter={letter.value}
          correcting={mending}
          onClose={mending ? () => setCorrecting(false) : props.onClose}
        />
      </Suspense>
    );
  }
  return (
    <div className="letter">
      <div className="letter-back">
        <Button icon="back" kind="quiet" onPress={props.onClose}>
          {text.letters.backToList}
        </Button>
      </div>
      {letter.error && (
        <div className="list-pad">
          <ErrorBanner error={letter.error} onRetry={letter.reload} />
        </div>
      )}
      {letter.slow && <Skeleton lines={10} />}
      {letter.value && <LetterView letter={letter.value} onCorrect={() => setCorrecting(true)} />}
    </div>
  );
}
