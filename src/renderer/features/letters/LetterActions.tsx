import { useState, type ReactElement } from 'react';
import type { LetterDetail, Result, VerificationReport } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { printPdf } from '../../lib/print.ts';
import { Button } from '../../ui/Button.tsx';
import { AfterSigning } from '../review/AfterSigning.tsx';

type Action = 'save' | 'print' | 'show' | 'mail' | 'verify';

export function LetterActions(props: {
  readonly letter: LetterDetail;
  /** Whether there is anything to verify in its file. */
  readonly verifies: boolean;
  readonly onReport: (report: VerificationReport) => void;
}): ReactElement {
  const text = useText();
  const { id } = props.letter;
  const [running, setRunning] = useState<Action | null>(null);
  const [saved, setSaved] = useState(false);

  const run = async <T,>(action: Action, call: () => Promise<Result<T>>, done: (value: T) => void) => {
    setRunning(action);
    try {
      const result = await call();
      if (result.ok) done(result.value);
      else sayError(result.error);
    } catch {
      sayFailure(text.letters.documentFailed);
    } finally {
      setRunning(null);
    }
  };

  const save = () =>
    run(
      'save',
      () => eletter.desktop.saveLetter({ id }),
      (value) => {
        if (value.saved) {
          setSaved(true);
          say(text.letters.saved(value.fileName));
        } else say(text.letters.notSaved, 'note');
      },
    );
  const print = () =>
    run(
      'print',
      async () => {
        say(text.letters.preparingPrint, 'note');
        const document = await eletter.letters.document({ id });
        return document.ok ? printPdf(document.value.pdf) : document;
      },
      (value) =>
        say(value.printed ? text.common.printed : text.common.notPrinted, value.printed ? 'done' : 'note'),
    );
  const show = () =>
    run(
      'show',
      () => eletter.desktop.showSaved({ id }),
      (value) => {
        if (!value.shown) sayFailure(text.letters.notShown);
      },
    );
  const mail = () =>
    run(
      'mail',
      () => eletter.desktop.mailLetter({ id }),
      (value) => {
        if (value.handedOver) say(text.letters.mailed);
        else sayFailure(text.letters.notMailed);
      },
    );
  const verify = () => run('verify', () => eletter.letters.verify({ id }), props.onReport);

  return (
    <div className="line" role="group" aria-label={text.letters.actions}>
      <Button icon="save" isPending={running === 'save'} onPress={() => void save()}>
        {text.letters.savePdf}
      </Button>
      {saved && (
        <Button icon="folder" isPending={running === 'show'} onPress={() => void show()}>
          {text.letters.showFolder}
        </Button>
      )}
      <Button icon="print" isPending={running === 'print'} onPress={() => void print()}>
        {text.letters.print}
      </Button>
      <Button icon="mail" isPending={running === 'mail'} onPress={() => void mail()}>
        {text.letters.mail}
      </Button>
      {props.verifies && (
        <Button icon="verify" isPending={running === 'verify'} onPress={() => void verify()}>
          {text.letters.verify}
        </Button>
      )}
      <AfterSigning letter={props.letter} />
    </div>
  );
}
