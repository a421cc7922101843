import { useRef, useState, type ReactElement } from 'react';
import { copyText } from '../../lib/clipboard.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { printLines } from '../../lib/print.ts';
import { recoveryGroups, sameGroup } from '../../lib/recovery.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';

/** A recovery key that is seen only here: to print, to copy, and to type back in part before it is put away. */
export function KeepKey(props: { readonly recoveryKey: string; readonly onKept: () => void }): ReactElement {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const groups = recoveryGroups(props.recoveryKey);
  const asked = groups.map((group, index) => ({ group, number: index + 1 })).slice(-2);
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [tried, setTried] = useState(false);
  const right = (question: { group: string; number: number }): boolean =>
    sameGroup(typed[question.number] ?? '', question.group);

  const copy = async (): Promise<void> => {
    if (await copyText(props.recoveryKey)) say(text.common.copied);
    else sayFailure(text.common.copyFailed);
  };
  const print = async (): Promise<void> => {
    const result = await printLines(text.recovery.paper, [groups.join(' ')]);
    if (!result.ok) sayError(result.error);
    else if (result.value.printed) say(text.common.printed);
    else say(text.common.notPrinted, 'note');
  };

  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (asked.every(right)) props.onKept();
        else focusFirstError(form.current);
      }}
    >
      <ol className="recovery" aria-label={text.recovery.key}>
        {groups.map((group, index) => (
          <li key={index}>{group}</li>
        ))}
      </ol>
      <div className="line">
        <Button icon="print" onPress={() => void print()}>
          {text.recovery.print}
        </Button>
        <Button onPress={() => void copy()}>{text.recovery.copy}</Button>
      </div>
      <p>{text.recovery.confirm}</p>
      <div className="columns">
        {asked.map((question) => (
          <TextField
            key={question.number}
            label={text.recovery.group(question.number)}
            value={typed[question.number] ?? ''}
            error={tried && !right(question) ? text.recovery.wrong : undefined}
            maxLength={20}
            onChange={(value) => setTyped({ ...typed, [question.number]: value })}
          />
        ))}
      </div>
      <div className="line">
        <Button kind="primary" type="submit">
          {text.recovery.done}
        </Button>
      </div>
    </form>
  );
}
