import { useState, type ReactElement } from 'react';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';

/** The whole log as a file, signed by whoever takes it out. */
export function ExportAudit({ hasIdentity }: { readonly hasIdentity: boolean }): ReactElement {
  const text = useText();
  const words = text.audit.export;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');

  if (!hasIdentity) {
    return (
      <section className="box stack-tight" aria-label={words.title}>
        <h2 className="minor">{words.title}</h2>
        <p>{words.needsCertificate}</p>
        <div className="line">
          <Button onPress={() => go({ at: 'settings', section: 'certificates' })}>
            {text.home.prepareIdentity}
          </Button>
        </div>
      </section>
    );
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
        <PassphraseField
          label={text.passphrases.signing}
          value={passphrase}
          error={
            sending.at('SIGNING_PASSPHRASE_WRONG') ??
            (sending.tried && passphrase === '' ? text.common.required : undefined)
          }
          onChange={(next) => {
            setPassphrase(next);
            sending.forget();
          }}
        />
      </div>
    </BoxForm>
  );
}
