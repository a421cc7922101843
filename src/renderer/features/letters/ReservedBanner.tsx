/** A letter whose signing was interrupted: resume with the same number, or give the number up. */
import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, LetterDetail } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Banner, ErrorBanner } from '../../ui/parts.tsx';
import { SignDialog } from '../editor/SignDialog.tsx';

export function ReservedBanner({ letter }: { readonly letter: LetterDetail }): ReactElement {
  const text = useText();
  const [open, setOpen] = useState<'none' | 'resume' | 'cancel'>('none');
  const number = letter.number ?? '';
  return (
    <>
      <Banner
        tone="unsure"
        actions={
          letter.may.includes('sign') && (
            <>
              <Button kind="primary" onPress={() => setOpen('resume')}>
                {text.letters.resume}
              </Button>
              <Button onPress={() => setOpen('cancel')}>{text.letters.cancelNumber}</Button>
            </>
          )
        }
      >
        {text.letters.reservedBanner(number)}
      </Banner>
      {open === 'resume' && (
        <SignDialog
          letter={letter}
          content={letter.content}
          revision={letter.revision}
          onClose={() => setOpen('none')}
        />
      )}
      {open === 'cancel' && <CancelDialog id={letter.id} number={number} onClose={() => setOpen('none')} />}
    </>
  );
}

function CancelDialog(props: {
  readonly id: string;
  readonly number: string;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);

  const cancel = async (): Promise<void> => {
    setTried(true);
    if (reason.trim() === '') {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.letters.cancelReservation({ id: props.id, reason: reason.trim() });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    const { number, fate } = result.value;
    say(fate === 'returned' ? text.letters.numberReturned(number) : text.letters.numberBatal(number));
    props.onClose();
    noteChange();
  };

  return (
    <Dialog title={text.letters.cancelTitle} onClose={props.onClose} busy={pending}>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void cancel();
        }}
      >
        <p>{text.letters.cancelText(props.number)}</p>
        <TextField
          label={text.letters.cancelReason}
          value={reason}
          lines={2}
          startsFocused
          maxLength={500}
          error={tried && reason.trim() === '' ? text.common.required : undefined}
          onChange={setReason}
        />
        {error && <ErrorBanner error={error} />}
        <div className="line line-end">
          <Button onPress={props.onClose} isDisabled={pending}>
            {text.common.back}
          </Button>
          <Button kind="danger" type="submit" isPending={pending}>
            {text.letters.cancelConfirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
