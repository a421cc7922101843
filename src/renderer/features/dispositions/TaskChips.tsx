/** What is to be said of a task at a glance: its state, whether it leads, and its deadline with a word. */
import type { ReactElement } from 'react';
import {
  isOpenTask,
  type Disposition,
  type DispositionTask,
  type RowTask,
} from '../../../main/core/contract/index.ts';
import { plainDate, shortDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';
import { looks } from './tree.ts';

export function StateChip({ task }: { readonly task: DispositionTask }): ReactElement {
  const words = useText().dispositions;
  const { tone, icon } = looks[task.state];
  return (
    <>
      {task.lead && task.state !== 'cancelled' && (
        <Chip tone="plain" icon="person">
          {words.lead}
        </Chip>
      )}
      {task.gone && isOpenTask(task.state) && (
        <Chip tone="unsure" icon="warning">
          {words.gone}
        </Chip>
      )}
      <Chip tone={tone} icon={icon}>
        {words.state[task.state]}
      </Chip>
    </>
  );
}

export function DueChip(props: {
  readonly deadline: Disposition['deadline'];
  readonly task: Pick<RowTask, 'state' | 'overdue'>;
  /** In a list, where there is little room. */
  readonly short?: boolean;
}): ReactElement | null {
  const words = useText().dispositions;
  const language = useLanguage();
  const { deadline, task } = props;
  if (deadline === null || !isOpenTask(task.state)) return null;
  const date = (props.short ? shortDate : plainDate)(deadline, language);
  if (task.overdue)
    return (
      <Chip tone="bad" icon="warning">
        {words.overdueSince(date)}
      </Chip>
    );
  return (
    <Chip tone={deadline === today() ? 'unsure' : 'plain'} icon="clock">
      {deadline === today() ? words.dueToday : words.dueOn(date)}
    </Chip>
  );
}
