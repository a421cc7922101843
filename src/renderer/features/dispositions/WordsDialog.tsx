/** Steps that need words: progress, a report, asking to go on, and taking a disposition back. */
import { useState, type ReactElement } from 'react';
import type { DispositionTask } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export type WordedStep = 'note' | 'report' | 'return' | 'cancel' | 'take';

interface Input {
  readonly taskId: string;
  readonly text: string;
  readonly percent: number | null;
}
const callOf = {
  note: (input: Input) => eletter.dispositions.note(input),
  report: ({ taskId, text }: Input) => eletter.dispositions.report({ taskId, text }),
  return: ({ taskId, text }: Input) => eletter.dispositions.return({ taskId, text }),
  cancel: ({ taskId, text }: Input) => eletter.dispositions.cancel({ taskId, text }),
  take: ({ taskId, text }: Input) => eletter.dispositions.take({ taskId, text }),
} satisfies Record<WordedStep, unknown>;

const wordsOf = (step: WordedStep, words: Catalogue['dispositions'], giver: string, receiver: string) =>
  ({
    note: {
      title: words.progressTitle,
      intro: words.progressIntro,
      label: words.progressText,
      confirm: words.progressConfirm,
      done: words.progressDone,
    },
    report: {
      title: words.reportTitle,
      intro: words.reportIntro(giver),
      label: words.reportText,
      confirm: words.reportConfirm,
      done: words.reported,
    },
    return: {
      title: words.returnTitle,
      intro: words.returnIntro(receiver),
      label: words.returnText,
      confirm: words.returnConfirm,
      done: words.returned,
    },
    cancel: {
      title: words.cancelTitle,
      intro: words.cancelIntro(receiver),
      label: words.cancelText,
      confirm: words.cancelConfirm,
      done: words.cancelled,
    },
    take: {
      title: words.takeTitle,
      intro: words.takeIntro(receiver),
      label: words.cancelText,
      confirm: words.takeConfirm,
      done: words.taken,
    },
  })[step];

/** Empty, or a whole number from 0 to 100; undefined: something else. */
function percentOf(typed: string): number | null | undefined {
  const plain = typed.trim().replace(/%$/, '').trim();
  if (plain === '') return null;
  return /^\d{1,3}$/.test(plain) && Number(plain) <= 100 ? Number(plain) : undefined;
}

export function WordsDialog(props: {
  readonly step: WordedStep;
  readonly task: DispositionTask;
  /** To whom it is reported. */
  readonly giver: string;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.dispositions;
  const sending = useSending();
  const { step, task } = props;
  const [typed, setTyped] = useState('');
  const [percent, setPercent] = useState(task.percent === 0 ? '' : String(task.percent));
  const said = wordsOf(step, words, props.giver, task.name);
  const optional = step === 'cancel' || step === 'take';
  const empty = !optional && typed.trim() === '';
  const much = step === 'note' ? percentOf(percent) : null;

  return (
    <FormDialog
      title={said.title}
      sending={sending}
      kind={optional ? 'danger' : 'primary'}
      confirm={said.confirm}
      running={words.saving}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send<unknown>(
          empty || much === undefined,
          () => callOf[step]({ taskId: task.id, text: typed.trim(), percent: much ?? null }),
          () => {
            say(said.done);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p>{said.intro}</p>
      <TextField
        label={said.label}
        value={typed}
        lines={4}
        startsFocused
        optional={optional}
        maxLength={2000}
        error={sending.tried && empty ? text.common.required : undefined}
        onChange={setTyped}
      />
      {step === 'note' && (
        <TextField
          label={words.progressPercent}
          value={percent}
          optional
          tabular
          maxLength={5}
          error={sending.tried && much === undefined ? words.percentWrong : undefined}
          onChange={setPercent}
        />
      )}
      <p className="help">{words.dialogHint}</p>
    </FormDialog>
  );
}
