import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { KeepKey } from '../recovery/KeepKey.tsx';
import { OwnPassphrase } from './OwnPassphrase.tsx';

/** A new recovery key in place of the printed one; the vault already knows only the new one when it is shown. */
export function NewRecoveryKey(): ReactElement {
  const text = useText();
  const words = text.changing.recovery;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);

  return (
    <>
      <BoxForm
        title={words.title}
        text={words.text}
        sending={sending}
        confirm={words.confirm}
        running={text.changing.pending}
        shownAtField={['PASSPHRASE_WRONG']}
        onSubmit={() =>
          sending.send(
            passphrase === '',
            () => eletter.vault.newRecoveryKey({ accountPassphrase: passphrase }),
            (made) => {
              setPassphrase('');
              setRecoveryKey(made.recoveryKey);
            },
          )
        }
      >
        <div className="columns columns-kept">
          <OwnPassphrase
            label={text.passphrases.account}
            value={passphrase}
            sending={sending}
            onChange={setPassphrase}
          />
        </div>
      </BoxForm>
      {recoveryKey !== null && (
        // Beside the form, whose submit would else answer this one's too. Only the typed-back groups close it:
        // nobody has this key yet, and it cannot be shown again.
        <Dialog title={words.newTitle} wide busy onClose={() => undefined}>
          <p>{words.newText}</p>
          <KeepKey
            recoveryKey={recoveryKey}
            onKept={() => {
              setRecoveryKey(null);
              say(words.done);
            }}
          />
        </Dialog>
      )}
    </>
  );
}
