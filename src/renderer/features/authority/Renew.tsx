import { useState, type ReactElement } from 'react';
import type { IssuedCertificate } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { commonName } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';
import { Days, usualSpan, type Span } from './Days.tsx';

/** The same name and key for another span of time. */
export function Renew(props: {
  readonly row: IssuedCertificate;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.authority.renew;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const [days, setDays] = useState<Span>(usualSpan);
  const { serial, subject } = props.row;
  return (
    <FormDialog
      title={words.title(commonName(subject))}
      sending={sending}
      confirm={words.confirm}
      running={text.authority.working}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.authority.renew({ serial, days: Number(days), passphrase }),
          () => {
            props.onClose();
            say(text.authority.issue.done(commonName(subject)));
            noteChange();
          },
        )
      }
    >
      <p>{words.text}</p>
      <Days value={days} onChange={setDays} />
      <CaPassphrase value={passphrase} sending={sending} startsFocused onChange={setPassphrase} />
    </FormDialog>
  );
}
