/** What the person at work may do with a letter on its way to the signature. */
import { useEffect, useState, type ReactElement } from 'react';
import type { LetterDetail, Result } from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { isSingleKey } from '../../app/keys.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SignDialog } from '../editor/SignDialog.tsx';
import { approve } from './approving.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { signSoon, useSignSoon } from './sign-soon.ts';
import { actingStep } from './steps.ts';

type Open = 'none' | 'return' | 'reject' | 'abandon' | 'sign';

export function ReviewActions(props: {
  readonly letter: LetterDetail;
  readonly onCorrect: () => void;
}): ReactElement | null {
  const text = useText();
  const words = text.review;
  const { letter } = props;
  const { id, may } = letter;
  const me = useSession()?.accountId;
  const soon = useSignSoon((state) => state.id === id);
  const [open, setOpen] = useState<Open>('none');
  const [running, setRunning] = useState(false);
  const approves = may.includes('approve');
  // A number that was taken is finished from its banner.
  const signs = letter.state !== 'reserved' && (may.includes('reserve') || may.includes('sign'));
  const step = actingStep(letter, me);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!approves || event.key !== 'a' || !isSingleKey(event)) return;
      // With the focus in the list the key is for the row there.
      if (document.activeElement?.closest('[data-pane="list"]')) return;
      event.preventDefault();
      void approve(letter, letter.revision);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [approves, letter]);

  const run = async (call: () => Promise<Result<unknown>>, done: string): Promise<void> => {
    setRunning(true);
    const result = await call();
    setRunning(false);
    if (result.ok) say(done);
    else sayError(result.error);
    noteChange();
  };

  const signing = open === 'sign' || (soon && signs);
  const close = (): void => {
    setOpen('none');
    if (soon) signSoon(null);
  };
  if (
    !['approve', 'return', 'reject', 'abandon', 'recall', 'reopen', 'reserve', 'sign'].some((one) =>
      may.some((action) => action === one),
    )
  )
    return null;
  return (
    <>
      <div className="line" role="group" aria-label={words.actions}>
        {signs && (
          <Button kind="primary" icon="pen" onPress={() => setOpen('sign')}>
            {words.sign}
          </Button>
        )}
        {approves && (
          <Button kind="primary" icon="check" onPress={() => void approve(letter, letter.revision)}>
            {words.approve} <kbd>a</kbd>
          </Button>
        )}
        {may.includes('correct') && (
          <Button icon="draft" onPress={props.onCorrect}>
            {words.correct}
          </Button>
        )}
        {may.includes('return') && (
          <Button icon="remark" onPress={() => setOpen('return')}>
            {words.return}
          </Button>
        )}
        {may.includes('reject') && (
          <Button icon="failed" onPress={() => setOpen('reject')}>
            {words.reject}
          </Button>
        )}
        {may.includes('abandon') && (
          <Button icon="failed" onPress={() => setOpen('abandon')}>
            {words.abandon}
          </Button>
        )}
        {may.includes('recall') && (
          <Button
            icon="undo"
            isPending={running}
            onPress={() => void run(() => eletter.letters.recall({ id }), words.recalled)}
          >
            {words.recall}
          </Button>
        )}
        {may.includes('reopen') && (
          <Button
            kind="primary"
            icon="restore"
            isPending={running}
            onPress={() => void run(() => eletter.letters.reopen({ id }), words.reopened)}
          >
            {words.reopen}
          </Button>
        )}
        {letter.state === 'rejected' && may.includes('discard') && (
          <Button
            icon="bin"
            isPending={running}
            onPress={() => void run(() => eletter.letters.discard({ id }), text.editor.discarded)}
          >
            {text.editor.discard}
          </Button>
        )}
        {step && step.accountId !== me && <span className="soft">{text.letters.onBehalf(step.name)}</span>}
      </div>
      {open === 'return' && <ReturnDialog letter={letter} onClose={close} />}
      {open === 'reject' && <ReasonDialog act="reject" letter={letter} onClose={close} />}
      {open === 'abandon' && <ReasonDialog letter={letter} act="abandon" onClose={close} />}
      {signing && (
        <SignDialog letter={letter} content={letter.content} revision={letter.revision} onClose={close} />
      )}
    </>
  );
}
