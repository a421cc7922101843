import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { KeepKey } from '../recovery/KeepKey.tsx';

/** A new recovery key in place of the printed one; the vault already knows only the new one when it is shown. */
export function NewRecoveryKey(): ReactElement {
  const text = useText();
  const words = text.changing.recovery;
  const form = useRef<HTMLFormElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const [empty, setEmpty] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);

  const submit = async (): Promise<void> => {
    setError(null);
    setEmpty(passphrase === '');
    if (passphrase === '') {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.vault.newRecoveryKey({ accountPassphrase: passphrase });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      focusFirstError(form.current);
      return;
    }
    setPassphrase('');
    setRecoveryKey(result.value.recoveryKey);
  };

  const wrong = error?.code === 'PASSPHRASE_WRONG' ? text.changing.account.wrong : undefined;
  return (
    <>
      <form
        ref={form}
        className="box stack"
        aria-label={words.title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void submit();
        }}
      >
        <div>
          <h2 className="minor">{words.title}</h2>
          <p className="help">{words.text}</p>
        </div>
        <div className="columns columns-kept">
          <PassphraseField
            label={text.passphrases.account}
            value={passphrase}
            autoComplete="current-password"
            error={wrong ?? (empty ? text.common.required : undefined)}
            onChange={(next) => {
              setPassphrase(next);
              setEmpty(false);
              setError(null);
            }}
          />
        </div>
        {error && !wrong && <ErrorBanner error={error} />}
        <div className="line">
          <Button type="submit" isPending={pending}>
            {pending ? text.changing.pending : words.confirm}
          </Button>
        </div>
      </form>
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
