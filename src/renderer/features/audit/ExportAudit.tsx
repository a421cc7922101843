import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { NeedsCertificate } from '../keys/NeedsCertificate.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { SecretField } from '../../ui/SecretField.tsx';

/** The whole log as a file, signed by whoever takes it out. */
export function ExportAudit({ hasIdentity }: { readonly hasIdentity: boolean }): ReactElement {
  const text = useText();
  const words = text.audit.export;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');

  if (!hasIdentity) {
    return <NeedsCertificate title={words.title} text={words.needsCertificate} />;
  }
  return (
    <BoxForm
      title={words.title}
      text={words.text}
      sending={sending}
      confirm={words.confirm}
      running={words.running}
      shownAtField={['SIGNING_PASSPHRASE_WRONG']}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.desktop.exportAudit({ signingPassphrase: passphrase }),
          (result) => {
            setPassphrase('');
            if (result.saved) say(words.done(result.fileName));
            else say(words.notSaved, 'note');
            noteChange();
          },
        )
      }
    >
      <div className="columns columns-kept">
        <SecretField
          label={text.passphrases.signing}
          value={passphrase}
          sending={sending}
          refusals={['SIGNING_PASSPHRASE_WRONG']}
          onChange={setPassphrase}
        />
      </div>
    </BoxForm>
  );
}
