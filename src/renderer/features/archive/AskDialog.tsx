/** One question before a step of the archive: a reason, or only yes. */
import { useState, type ReactElement } from 'react';
import type { Result } from '../../../main/core/contract/index.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export function AskDialog(props: {
  readonly title: string;
  readonly text: string;
  readonly done: string;
  /** Left out: asked for, and may stay empty. */
  readonly needed?: boolean;
  readonly danger?: boolean;
  readonly call: (reason: string) => Promise<Result<unknown>>;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const sending = useSending();
  const [reason, setReason] = useState('');
  const needed = props.needed ?? false;
  return (
    <FormDialog
      title={props.title}
      sending={sending}
      kind={props.danger ? 'danger' : 'primary'}
      confirm={props.title}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          needed && reason.trim() === '',
          () => props.call(reason.trim()),
          () => {
            say(props.done);
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{props.text}</p>
      <TextField
        label={text.archive.file.reason}
        value={reason}
        lines={2}
        optional={!needed}
        startsFocused
        maxLength={500}
        error={needed && sending.tried && reason.trim() === '' ? text.common.required : undefined}
        onChange={setReason}
      />
    </FormDialog>
  );
}
