/** After a reset passphrase: the old account key comes back under the new one, and sealed letters open again. */
import { useState, type ReactElement } from 'react';
import { enter, useApp } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { accountMinimum, newPassphraseErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { OwnPassphrase } from '../settings/OwnPassphrase.tsx';

/** Refusals that belong to the new passphrase. */
const atNext = ['PASSPHRASE_WEAK', 'PASSPHRASE_NOT_NEW', 'PASSPHRASES_EQUAL'] as const;

export function RestoreKey(): ReactElement {
  const text = useText();
  const words = text.restoreKey;
  const sending = useSending();
  const [account, setAccount] = useState('');
  const [signing, setSigning] = useState('');
  const [next, setNext] = useState({ next: '', again: '' });
  const wrong = newPassphraseErrors(next.next, next.again, accountMinimum, text);
  const later = (): void => useApp.setState({ restoreLater: true });

  return (
    <main className="sheet-screen">
      <div className="sheet sheet-middle stack">
        <ScreenTitle focus>{words.title}</ScreenTitle>
        <p>{words.text}</p>
        <PlainForm
          label={words.title}
          sending={sending}
          shownAtField={['PASSPHRASE_WRONG', 'SIGNING_PASSPHRASE_WRONG', ...atNext]}
          onSubmit={() =>
            sending.send(
              account === '' || signing === '' || wrong.next !== undefined || wrong.again !== undefined,
              () =>
                eletter.account.restoreKey({
                  accountPassphrase: account,
                  nextPassphrase: next.next,
                  signingPassphrase: signing,
                }),
              (session) => {
                say(words.done);
                enter(session);
              },
            )
          }
          actions={
            <div className="line">
              <Button kind="primary" type="submit" isPending={sending.pending}>
                {sending.pending ? words.opening : words.confirm}
              </Button>
              <Button kind="quiet" onPress={later} isDisabled={sending.pending}>
                {words.later}
              </Button>
            </div>
          }
        >
          <OwnPassphrase label={words.account} value={account} sending={sending} onChange={setAccount} />
          <SecretField
            label={text.passphrases.signing}
            value={signing}
            sending={sending}
            refusals={['SIGNING_PASSPHRASE_WRONG']}
            onChange={setSigning}
          />
          <PassphraseField
            label={text.changing.account.next}
            value={next.next}
            autoComplete="new-password"
            error={sending.at(...atNext) ?? (sending.tried ? wrong.next : undefined)}
            onChange={(value) => {
              setNext({ ...next, next: value });
              sending.forget();
            }}
          />
          <PassphraseField
            label={text.changing.account.again}
            value={next.again}
            autoComplete="new-password"
            error={sending.tried ? wrong.again : undefined}
            onChange={(value) => {
              setNext({ ...next, again: value });
              sending.forget();
            }}
          />
        </PlainForm>
      </div>
    </main>
  );
}
