import type { ReactElement } from 'react';
import type { BookName } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export function CloseYear(props: { readonly book: BookName; readonly onClose: () => void }): ReactElement {
  const words = useText().numbers;
  const sending = useSending();
  const { register, unit, year } = props.book;
  return (
    <FormDialog
      title={words.closeTitle(String(year))}
      sending={sending}
      confirm={words.closeConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.numbers.setClosed({ register, unit, year, closed: true }),
          () => {
            say(words.closedNow(String(year)));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{words.closeText}</p>
    </FormDialog>
  );
}
