/** The course of the dispositions: who asked whom for what, how far they are, and what their givers can do. */
import { useState, type ReactElement } from 'react';
import {
  isOpenTask,
  type Disposition,
  type DispositionEntry,
  type DispositionTask,
  type DispositionTree,
  type TaskAction,
} from '../../../main/core/contract/index.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Asked } from './Asked.tsx';
import { Subtasks } from './Subtasks.tsx';
import { DueChip, StateChip } from './TaskChips.tsx';
import { given as givenFrom } from './tree.ts';
import { WordsDialog, type WordedStep } from './WordsDialog.tsx';

export function TreeView({ tree }: { readonly tree: DispositionTree }): ReactElement {
  const words = useText().dispositions;
  return (
    <ol className="tree" aria-label={words.tree}>
      {givenFrom(tree, null).map((one) => (
        <Node key={one.id} given={one} tree={tree} />
      ))}
    </ol>
  );
}

function Node(props: { readonly given: Disposition; readonly tree: DispositionTree }): ReactElement {
  const words = useText().dispositions;
  const language = useLanguage();
  const { given, tree } = props;
  const waiting = given.tasks.find((task) => isOpenTask(task.state));
  return (
    <li className="tree-node stack-tight">
      <div className="stack-tight tree-head">
        <div className="line tree-line">
          <span className="grow">
            <strong>{words.ofGiver(given.name)}</strong>
            <span className="help tree-when">
              {dateTime(given.givenAt, language)}
              {given.deputyName !== '' && ` · ${words.byDeputy(given.deputyName)}`}
            </span>
          </span>
          {waiting && !waiting.overdue && <DueChip deadline={given.deadline} task={waiting} />}
        </div>
        <Asked given={given} />
        {given.reportsTo !== '' && <p className="help">{words.reportsTo(given.reportsTo)}</p>}
      </div>
      <ul className="tree-tasks">
        {given.tasks.map((task) => (
          <Task key={task.id} given={given} task={task} tree={tree} />
        ))}
      </ul>
    </li>
  );
}

/** What a giver may do; the receiver's steps stand at the top of the letter. */
const giversSteps: readonly (readonly [
  WordedStep & TaskAction,
  IconName,
  'returnBack' | 'cancel' | 'take',
])[] = [
  ['return', 'undo', 'returnBack'],
  ['cancel', 'close', 'cancel'],
  ['take', 'restore', 'take'],
];

function Task(props: {
  readonly given: Disposition;
  readonly task: DispositionTask;
  readonly tree: DispositionTree;
}): ReactElement {
  const words = useText().dispositions;
  const language = useLanguage();
  const { given, task, tree } = props;
  const [step, setStep] = useState<WordedStep | null>(null);
  const below = givenFrom(tree, task.id);
  const steps = giversSteps.filter(([action]) => task.may.includes(action));
  return (
    <li className={task.state === 'cancelled' ? 'tree-task tree-over' : 'tree-task'}>
      <div className="line tree-line">
        <span className="grow">
          <strong>{task.name}</strong>
          {task.post !== '' && <span className="soft"> · {task.post}</span>}
          {isOpenTask(task.state) && task.percent > 0 && (
            <span className="soft"> · {words.percent(count(task.percent, language))}</span>
          )}
        </span>
        {task.overdue && <DueChip deadline={given.deadline} task={task} />}
        <StateChip task={task} />
      </div>
      {task.gone && isOpenTask(task.state) && <p className="help">{words.goneHint(task.name)}</p>}
      {!task.mine && <Subtasks task={task} editable={false} />}
      {task.entries.length > 0 && (
        <ul className="entries">
          {task.entries.map((one) => (
            <Entry key={one.id} entry={one} />
          ))}
        </ul>
      )}
      {steps.length > 0 && (
        <div className="line" role="group" aria-label={words.taskOf(task.name)}>
          {steps.map(([action, icon, label]) => (
            <Button key={action} kind="quiet" icon={icon} onPress={() => setStep(action)}>
              {words[label]}
            </Button>
          ))}
        </div>
      )}
      {below.length > 0 && (
        <ol className="tree tree-below">
          {below.map((one) => (
            <Node key={one.id} given={one} tree={tree} />
          ))}
        </ol>
      )}
      {step && (
        <WordsDialog
          step={step}
          task={task}
          giver={given.reportsTo || given.name}
          onClose={() => setStep(null)}
        />
      )}
    </li>
  );
}

function Entry({ entry }: { readonly entry: DispositionEntry }): ReactElement {
  const text = useText();
  const words = text.dispositions;
  const language = useLanguage();
  const by = entry.deputyName === '' ? entry.name : text.review.remarkDeputy(entry.deputyName, entry.name);
  return (
    <li className="entry">
      <p className="help">
        <strong>{words.entryKind[entry.kind]}</strong>
        {entry.kind === 'progress' && entry.percent !== null && ` ${count(entry.percent, language)}%`}
        {` · ${words.entryBy(by, dateTime(entry.at, language))}`}
      </p>
      <p className="remark-text">{entry.text === '' ? words.noReason : entry.text}</p>
    </li>
  );
}
