import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';

/** A request that an administrator answers (UU 27/2022 Ps. 8). */
export function AskDeletion(): ReactElement {
  const text = useText();
  const words = text.mydata;
  const sending = useSending();
  const [reason, setReason] = useState('');
  return (
    <BoxForm
      title={words.deletion}
      text={words.deletionText}
      sending={sending}
      confirm={words.ask}
      onSubmit={() =>
        sending.send(
          reason.trim() === '',
          () => eletter.mydata.requestDeletion({ reason: reason.trim() }),
          () => {
            setReason('');
            say(words.asked);
            noteChange();
          },
        )
      }
    >
      <TextField
        label={words.reason}
        value={reason}
        lines={3}
        maxLength={1000}
        error={sending.tried && reason.trim() === '' ? text.common.required : undefined}
        onChange={(next) => {
          setReason(next);
          sending.forget();
        }}
      />
    </BoxForm>
  );
}
