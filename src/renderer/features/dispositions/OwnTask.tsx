/** What the person has to do with this letter, and what they can do now. */
import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useSession } from '../../app/app-store.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Asked } from './Asked.tsx';
import { Subtasks } from './Subtasks.tsx';
import { DueChip, StateChip } from './TaskChips.tsx';
import type { Held } from './tree.ts';
import { WordsDialog, type WordedStep } from './WordsDialog.tsx';

export function OwnTask(props: Held & { readonly onPass: () => void }): ReactElement {
  const text = useText();
  const words = text.dispositions;
  const language = useLanguage();
  const me = useSession()?.accountId;
  const { given, task } = props;
  const { may } = task;
  const [step, setStep] = useState<WordedStep | null>(null);
  const [running, setRunning] = useState(false);
  const giver = given.reportsTo || given.name;
  const title = task.accountId === me ? words.mine : words.mineFor(task.name);

  const begin = async (): Promise<void> => {
    setRunning(true);
    const result = await eletter.dispositions.begin({ taskId: task.id });
    setRunning(false);
    if (result.ok) say(words.begun);
    else sayError(result.error);
    noteChange();
  };

  return (
    <section className="task-own stack-tight" aria-label={`${title}: ${words.from(given.name)}`}>
      <div className="line">
        <h2 className="minor grow">{title}</h2>
        <DueChip deadline={given.deadline} task={task} />
        <StateChip task={task} />
      </div>
      <p className="soft">
        {words.from(given.name)}
        {given.post !== '' && `, ${given.post}`}
        {given.deputyName !== '' && ` · ${words.byDeputy(given.deputyName)}`}
        {task.percent > 0 && ` · ${words.percent(count(task.percent, language))}`}
      </p>
      <Asked given={given} />
      {given.reportsTo !== '' && <p className="help">{words.reportsTo(given.reportsTo)}</p>}
      {may.includes('note') && <Subtasks task={task} editable />}
      <div className="line" role="group" aria-label={words.mineActions}>
        {may.includes('begin') && (
          <Button kind="primary" icon="pen" isPending={running} onPress={() => void begin()}>
            {words.begin}
          </Button>
        )}
        {may.includes('report') && (
          <Button
            kind={may.includes('begin') ? 'plain' : 'primary'}
            icon="check"
            onPress={() => setStep('report')}
          >
            {words.report}
          </Button>
        )}
        {may.includes('note') && (
          <Button icon="remark" onPress={() => setStep('note')}>
            {words.progress}
          </Button>
        )}
        {may.includes('pass') && (
          <Button icon="outgoing" onPress={props.onPass}>
            {words.pass} <kbd>d</kbd>
          </Button>
        )}
      </div>
      {may.includes('note') && !may.includes('report') && <p className="help">{words.waitsForOthers}</p>}
      {step && <WordsDialog step={step} task={task} giver={giver} onClose={() => setStep(null)} />}
    </section>
  );
}
