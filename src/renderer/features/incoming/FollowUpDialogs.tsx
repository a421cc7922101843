/** What is asked before somebody's work is taken over, a letter is laid aside, or a second answer begun. */
import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

interface Target {
  readonly id: string;
  readonly accountId: string;
}

export function TakeOverDialog(props: {
  readonly target: Target;
  readonly name: string;
  readonly onClose: () => void;
}): ReactElement {
  const words = useText().incoming;
  const sending = useSending();
  return (
    <FormDialog
      title={words.takeOverTitle}
      sending={sending}
      confirm={words.takeOverConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.incoming.claim({ ...props.target, takeOver: true }),
          () => {
            say(words.claimed);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p>{words.takeOverText(props.name)}</p>
    </FormDialog>
  );
}

export function NotNeededDialog(props: {
  readonly target: Target;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const empty = reason.trim() === '';
  return (
    <FormDialog
      title={words.notNeededTitle}
      sending={sending}
      confirm={words.notNeededConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          empty,
          () => eletter.incoming.settle({ ...props.target, how: 'not-needed', reason: reason.trim() }),
          () => {
            say(words.settledSaid);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p>{words.notNeededText}</p>
      <TextField
        label={words.reason}
        value={reason}
        lines={2}
        startsFocused
        placeholder={words.reasonExample}
        maxLength={500}
        error={sending.tried && empty ? text.common.required : undefined}
        onChange={setReason}
      />
    </FormDialog>
  );
}

export function ReplyAnyway(props: {
  readonly name: string;
  readonly running: boolean;
  readonly onClose: () => void;
  readonly onReply: () => void;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  return (
    <Dialog title={words.replyTitle} onClose={props.onClose} busy={props.running}>
      <p>{words.replyText(props.name)}</p>
      <div className="line line-end dialog-foot">
        <Button startsFocused onPress={props.onClose} isDisabled={props.running}>
          {text.common.cancel}
        </Button>
        <Button kind="danger" isPending={props.running} onPress={props.onReply}>
          {words.replyConfirm}
        </Button>
      </div>
    </Dialog>
  );
}
