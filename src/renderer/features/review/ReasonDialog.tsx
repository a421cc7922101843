/** What needs a reason in words: refusing to sign, giving up, and taking back what nobody has opened. */
import { useState, type ReactElement } from 'react';
import type { LetterDetail } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

interface Reason {
  readonly id: string;
  readonly reason: string;
}
type Act = 'reject' | 'abandon' | 'withdraw';

const callOf = {
  reject: (input: Reason) => eletter.letters.reject(input),
  abandon: (input: Reason) => eletter.letters.abandon(input),
  withdraw: (input: Reason) => eletter.letters.withdrawSent(input),
} satisfies Record<Act, unknown>;

const wordsOf = (act: Act, words: Catalogue['review']) =>
  ({
    reject: {
      title: words.rejectTitle,
      confirm: words.rejectConfirm,
      running: words.rejecting,
      intro: words.rejectIntro,
      done: words.rejected,
    },
    abandon: {
      title: words.abandonTitle,
      confirm: words.abandonConfirm,
      running: words.abandoning,
      intro: words.abandonIntro,
      done: words.abandoned,
    },
    withdraw: {
      title: words.withdrawTitle,
      confirm: words.withdrawConfirm,
      running: words.withdrawing,
      intro: words.withdrawIntro,
      done: words.withdrawn,
    },
  })[act];

export function ReasonDialog(props: {
  readonly letter: LetterDetail;
  readonly act: Act;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.review;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const { letter } = props;
  const { id } = letter;
  const said = wordsOf(props.act, words);
  const withdraws = props.act === 'withdraw';
  const empty = reason.trim() === '';
  const outside = letter.deliveries.some((one) => !one.internal);

  return (
    <FormDialog
      title={said.title}
      sending={sending}
      kind="danger"
      confirm={said.confirm}
      running={said.running}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send<unknown>(
          empty,
          () => callOf[props.act]({ id, reason: reason.trim() }),
          () => {
            say(said.done);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p>{said.intro}</p>
      {!withdraws && letter.number !== null && <p>{words.rejectBatal(letter.number)}</p>}
      {withdraws && outside && <p>{words.withdrawOutside}</p>}
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
