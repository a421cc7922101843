/** Ways to a signing certificate: a .p12 file, a token, the office's service, or a test identity. */
import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, Identity } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorBanner, FileDrop } from '../../ui/parts.tsx';
import { GatewayIdentity, TokenIdentity } from './IdentityElsewhere.tsx';

export function AddIdentity({ onMade }: { readonly onMade: (identity: Identity) => void }): ReactElement {
  const may = useMay();
  const services = useReading('services', () => eletter.services.read({}));
  return (
    <div className="stack">
      <ImportP12 onMade={onMade} />
      {may('identity.addToken') && (services.value?.drivers.length ?? 0) > 0 && (
        <TokenIdentity onMade={onMade} />
      )}
      {may('identity.addGateway') && services.value?.gateway && <GatewayIdentity onMade={onMade} />}
      <TestIdentity onMade={onMade} />
    </div>
  );
}

function ImportP12({ onMade }: { readonly onMade: (identity: Identity) => void }): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array } | null>(null);
  const [fileError, setFileError] = useState<string | null>(null);
  const [p12, setP12] = useState('');
  const [signing, setSigning] = useState('');
  const [error, setError] = useState<ErrorShape | null>(null);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);

  const take = async (chosen: File): Promise<void> => {
    const reading = await readFile(chosen, limits.p12);
    setError(null);
    setFile(reading.ok ? reading : null);
    if (reading.ok) setFileError(null);
    else if (reading.reason === 'too-large') setFileError(text.common.fileTooLarge(limitText(limits.p12)));
    else setFileError(text.common.fileUnreadable);
  };

  const submit = async (): Promise<void> => {
    setTried(true);
    if (!file) setFileError(text.identity.noFile);
    if (!file || signing === '') {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    setError(null);
    const result = await eletter.identity.importP12({
      bytes: file.bytes,
      p12Passphrase: p12,
      signingPassphrase: signing,
    });
    setPending(false);
    if (result.ok) {
      setFile(null);
      setP12('');
      setSigning('');
      setTried(false);
      onMade(result.value);
      return;
    }
    setError(result.error);
    focusFirstError(form.current);
  };

  const at = (code: ErrorShape['code']): string | undefined =>
    error?.code === code ? errorText(error) : undefined;
  const elsewhere =
    error && error.code !== 'P12_PASSPHRASE_WRONG' && error.code !== 'SIGNING_PASSPHRASE_WRONG'
      ? error
      : null;

  return (
    <form
      ref={form}
      className="box stack"
      aria-label={text.identity.importTitle}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void submit();
      }}
    >
      <div>
        <h2 className="minor">{text.identity.importTitle}</h2>
        <p className="help">{text.identity.importText}</p>
      </div>
      <FileDrop
        label={file ? text.identity.chooseAgain : text.identity.chooseP12}
        hint={file ? text.identity.chosen(file.name) : text.common.orDrop}
        accept={['.p12', '.pfx', 'application/x-pkcs12']}
        describedBy="p12-file-error"
        onFile={(chosen) => void take(chosen)}
      />
      <p id="p12-file-error" className="field-error" role="alert">
        {fileError && (
          <>
            <Icon name="warning" small />
            {fileError}
          </>
        )}
      </p>
      <div className="columns">
        <PassphraseField
          label={text.passphrases.p12}
          value={p12}
          onChange={setP12}
          error={at('P12_PASSPHRASE_WRONG')}
        />
        <PassphraseField
          label={text.passphrases.signing}
          value={signing}
          onChange={setSigning}
          error={
            at('SIGNING_PASSPHRASE_WRONG') ?? (tried && signing === '' ? text.common.required : undefined)
          }
        />
      </div>
      {elsewhere && <ErrorBanner error={elsewhere} />}
      <div className="line">
        <Button type="submit" isPending={pending}>
          {text.identity.import}
        </Button>
      </div>
    </form>
  );
}

function TestIdentity({ onMade }: { readonly onMade: (identity: Identity) => void }): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [signing, setSigning] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, setPending] = useState(false);

  const submit = async (): Promise<void> => {
    if (signing === '') {
      setError(text.common.required);
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.identity.createTest({ signingPassphrase: signing });
    setPending(false);
    if (result.ok) {
      setSigning('');
      setError(undefined);
      onMade(result.value);
      return;
    }
    setError(errorText(result.error));
    focusFirstError(form.current);
  };

  return (
    <form
      ref={form}
      className="box stack"
      aria-label={text.identity.testTitle}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void submit();
      }}
    >
      <div>
        <h2 className="minor">{text.identity.testTitle}</h2>
        <p className="help">{text.identity.testText}</p>
      </div>
      <div className="columns">
        <PassphraseField
          label={text.passphrases.signing}
          value={signing}
          onChange={setSigning}
          error={error}
        />
      </div>
      <div className="line">
        <Button type="submit" isPending={pending}>
          {text.identity.createTest}
        </Button>
      </div>
    </form>
  );
}
