import { useState, type ReactElement } from 'react';
import {
  revocationReasons,
  type IssuedCertificate,
  type RevocationReason,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { commonName } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { ChoiceGroup } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';

/** The reasons of RFC 5280 §5.3.1 in the words of an office; the vaguest comes last. */
const inOrder: readonly RevocationReason[] = [...revocationReasons.slice(1), revocationReasons[0]];

export function RevokeCertificate(props: {
  readonly row: IssuedCertificate;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.authority.revoke;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const [reason, setReason] = useState<RevocationReason | null>(null);
  const { serial, subject } = props.row;
  return (
    <FormDialog
      title={words.title(commonName(subject))}
      sending={sending}
      kind="danger"
      confirm={words.confirm}
      running={text.authority.working}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '' || reason === null,
          () => eletter.authority.revoke({ serial, reason: reason ?? 'unspecified', passphrase }),
          () => {
            props.onClose();
            say(words.done);
            noteChange();
          },
        )
      }
    >
      <p>{words.text}</p>
      <ChoiceGroup
        label={words.reason}
        value={reason}
        choices={inOrder.map((value) => ({ value, label: text.authority.reasons[value] }))}
        error={sending.tried && reason === null ? words.reasonMissing : undefined}
        startsFocused
        onChange={setReason}
      />
      <CaPassphrase value={passphrase} sending={sending} onChange={setPassphrase} />
    </FormDialog>
  );
}
