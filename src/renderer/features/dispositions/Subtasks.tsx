/** A task broken into steps that its receiver ticks off; everybody else reads how far it is. */
import { useState, type ReactElement } from 'react';
import type { DispositionTask, Result } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';

export function Subtasks(props: {
  readonly task: DispositionTask;
  readonly editable: boolean;
}): ReactElement | null {
  const words = useText().dispositions;
  const language = useLanguage();
  const { task, editable } = props;
  const { subtasks } = task;
  const [typed, setTyped] = useState('');
  if (subtasks.length === 0 && !editable) return null;
  const done = subtasks.filter((one) => one.doneAt !== null).length;

  const run = async (call: Promise<Result<null>>): Promise<boolean> => {
    const result = await call;
    if (!result.ok) sayError(result.error);
    noteChange();
    return result.ok;
  };
  const add = async (): Promise<void> => {
    const text = typed.trim();
    if (text !== '' && (await run(eletter.dispositions.addSubtask({ taskId: task.id, text })))) setTyped('');
  };

  return (
    <div className="stack-tight" role="group" aria-label={words.subtasks}>
      <p className="help">
        <strong>{words.subtasks}</strong>
        {subtasks.length > 0 &&
          ` · ${words.subtasksDone(count(done, language), count(subtasks.length, language))}`}
      </p>
      {subtasks.length > 0 && (
        <ul className="subtasks">
          {subtasks.map((one) => (
            <li key={one.id} className="subtask">
              {editable ? (
                <>
                  <Checkbox
                    isSelected={one.doneAt !== null}
                    onChange={(selected) =>
                      void run(eletter.dispositions.tickSubtask({ subtaskId: one.id, done: selected }))
                    }
                  >
                    {one.text}
                  </Checkbox>
                  <Button
                    kind="quiet"
                    icon="close"
                    aria-label={words.removeSubtask(one.text)}
                    onPress={() => void run(eletter.dispositions.removeSubtask({ subtaskId: one.id }))}
                  />
                </>
              ) : (
                <>
                  <Icon name={one.doneAt === null ? 'clock' : 'check'} small />
                  <span className={one.doneAt === null ? '' : 'soft'}>{one.text}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <form
          className="line subtask-new"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <div className="grow">
            <TextField
              label={words.addSubtask}
              hideLabel
              placeholder={words.addSubtask}
              value={typed}
              maxLength={300}
              onChange={setTyped}
            />
          </div>
          <Button icon="plus" type="submit">
            {words.addSubtaskButton}
          </Button>
        </form>
      )}
    </div>
  );
}
