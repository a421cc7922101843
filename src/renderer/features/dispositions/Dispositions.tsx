/** Dispositions of one letter: passing it on, one's own part at the top, and the course of all of them. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { isSignedState, type LetterDetail } from '../../../main/core/contract/index.ts';
import { isSingleKey } from '../../app/keys.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { DispositionDialog } from './DispositionDialog.tsx';
import { OwnTask } from './OwnTask.tsx';
import { heldIn, progressOf } from './tree.ts';
import { TreeView } from './TreeView.tsx';

export function Dispositions({ letter }: { readonly letter: LetterDetail }): ReactElement | null {
  // A letter on its way to the signature has come to nobody yet.
  return isSignedState(letter.state) || letter.state === 'registered' ? <OfLetter letter={letter} /> : null;
}

function OfLetter({ letter }: { readonly letter: LetterDetail }): ReactElement | null {
  const text = useText();
  const words = text.dispositions;
  const language = useLanguage();
  const { id } = letter;
  const reading = useReading(`dispositions-${id}`, () => eletter.dispositions.tree({ letterId: id }));
  /** What is being passed on; null: nothing. */
  const [giving, setGiving] = useState<{ readonly taskId: string | null } | null>(null);
  const opened = useRef(false);
  const tree = reading.value;
  const held = tree ? heldIn(tree) : [];
  const unread = held.some(({ task }) => task.may.includes('open'));
  const passable = held.find(({ task }) => task.may.includes('pass'))?.task.id;
  const mayGive = tree?.mayGive === true;

  // Who reads the letter reads what they are asked.
  useEffect(() => {
    if (!unread || opened.current) return;
    opened.current = true;
    void eletter.letters.markRead({ id }).then((result) => {
      if (result.ok) noteChange();
      else sayError(result.error);
    });
  }, [unread, id]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'd' || !isSingleKey(event) || (passable === undefined && !mayGive)) return;
      event.preventDefault();
      setGiving({ taskId: passable ?? null });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [passable, mayGive]);

  if (reading.error) return <ErrorBanner error={reading.error} onRetry={reading.reload} />;
  if (!tree) return null;
  const { done, all } = progressOf(tree);
  return (
    <>
      {held.map((one) => (
        <OwnTask key={one.task.id} {...one} onPass={() => setGiving({ taskId: one.task.id })} />
      ))}
      {mayGive && (
        <div className="line">
          <Button
            kind={held.length === 0 && tree.dispositions.length === 0 ? 'primary' : 'plain'}
            icon="outgoing"
            onPress={() => setGiving({ taskId: null })}
          >
            {words.give} {passable === undefined && <kbd>d</kbd>}
          </Button>
          {tree.inPlaceOf !== '' && <span className="help">{words.giveFor(tree.inPlaceOf)}</span>}
        </div>
      )}
      {tree.dispositions.length > 0 && (
        <details className="stack-tight" open={held.length === 0}>
          <summary>
            {words.tree} · {words.subtasksDone(count(done, language), count(all, language))}
          </summary>
          <TreeView tree={tree} />
        </details>
      )}
      {giving && (
        <DispositionDialog
          letter={letter}
          parentTaskId={giving.taskId}
          inPlaceOf={tree.inPlaceOf}
          onClose={() => setGiving(null)}
        />
      )}
    </>
  );
}
