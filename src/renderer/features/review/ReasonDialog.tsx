/** What needs a reason in words: refusing to sign, and taking back what nobody has opened. */
import { useState, type ReactElement } from 'react';
import type { LetterDetail } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export function ReasonDialog(props: {
  readonly letter: LetterDetail;
  readonly act: 'reject' | 'withdraw';
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.review;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const { letter } = props;
  const { id } = letter;
  const rejects = props.act === 'reject';
  const empty = reason.trim() === '';
  const outside = letter.deliveries.some((one) => !one.internal);

  return (
    <FormDialog
      title={rejects ? words.rejectTitle : words.withdrawTitle}
      sending={sending}
      kind="danger"
      confirm={rejects ? words.rejectConfirm : words.withdrawConfirm}
      running={rejects ? words.rejecting : words.withdrawing}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send<unknown>(
          empty,
          () =>
            rejects
              ? eletter.letters.reject({ id, reason: reason.trim() })
              : eletter.letters.withdrawSent({ id, reason: reason.trim() }),
          () => {
            say(rejects ? words.rejected : words.withdrawn);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p>{rejects ? words.rejectIntro : words.withdrawIntro}</p>
      {rejects && letter.number !== null && <p>{words.rejectBatal(letter.number)}</p>}
      {!rejects && outside && <p>{words.withdrawOutside}</p>}
      <TextField
        label={words.reason}
        value={reason}
        lines={3}
        startsFocused
        maxLength={2000}
        error={sending.tried && empty ? text.common.required : undefined}
        onChange={setReason}
      />
      <p className="help">{words.dialogHint}</p>
    </FormDialog>
  );
}
