/** The office's signing gateway. Its password goes in and never comes out. */
import { useState, type ReactElement } from 'react';
import type { GatewayPlace, NewGateway } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayFailure } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PassphraseField, SelectField, TextField } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { FileDrop } from '../../ui/parts.tsx';
import { TryService } from './TryService.tsx';

export function GatewaySettings({ kept }: { readonly kept: GatewayPlace | null }): ReactElement {
  const text = useText();
  const words = text.services;
  const sending = useSending();
  const [url, setUrl] = useState(kept?.url ?? '');
  const [version, setVersion] = useState<'1' | '2'>(kept?.version === 1 ? '1' : '2');
  const [user, setUser] = useState(kept?.user ?? '');
  const [password, setPassword] = useState('');
  const [authority, setAuthority] = useState<{ name: string; bytes: Uint8Array } | null>(null);
  const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : null;
  const plain = parsed !== null && parsed.protocol === 'https:' && parsed.username === '';
  const samePlace = kept !== null && parsed?.origin === kept.url && user.trim() === kept.user && !authority;
  const needed = password === '' && !(samePlace && kept.passwordKept);
  const errors = {
    url: plain ? undefined : words.urlWrong,
    user: user.trim() === '' ? text.common.required : undefined,
    password: needed ? (kept ? words.passwordNeeded : text.common.required) : undefined,
  };
  const wrong = Object.values(errors).some((one) => one !== undefined);
  const shown = (error: string | undefined): string | undefined => (sending.tried ? error : undefined);

  const take = async (file: File): Promise<void> => {
    const reading = await readFile(file, limits.certificate);
    if (reading.ok) setAuthority({ name: reading.name, bytes: reading.bytes });
    else if (reading.reason === 'too-large')
      sayFailure(text.common.fileTooLarge(limitText(limits.certificate)));
    else sayFailure(text.common.fileUnreadable);
  };
  const gateway: NewGateway = {
    url: url.trim(),
    version: version === '1' ? 1 : 2,
    user: user.trim(),
    password: password === '' ? null : password,
    authority: authority?.bytes ?? (kept?.ownAuthority ? 'keep' : 'system'),
  };
  const done = (message: string): void => {
    setPassword('');
    setAuthority(null);
    say(message);
    noteChange();
  };

  const save = (
    <Button kind="primary" type="submit" isPending={sending.pending}>
      {words.saveGateway}
    </Button>
  );
  return (
    <PlainForm
      className="box stack"
      label={words.gatewayTitle}
      sending={sending}
      onSubmit={() =>
        sending.send(
          wrong,
          () => eletter.services.saveGateway({ gateway }),
          () => done(words.gatewaySaved),
        )
      }
      actions={
        kept ? (
          <TryService what="gateway">
            {save}
            <Button
              isDisabled={sending.pending}
              onPress={() =>
                sending.send(
                  false,
                  () => eletter.services.saveGateway({ gateway: null }),
                  () => done(words.gatewayRemoved),
                )
              }
            >
              {words.removeGateway}
            </Button>
          </TryService>
        ) : (
          <div className="line">{save}</div>
        )
      }
    >
      <div>
        <h2 className="minor">{words.gatewayTitle}</h2>
        <p className="help">{words.gatewayText}</p>
      </div>
      <div className="columns">
        <TextField
          label={words.url}
          value={url}
          maxLength={500}
          error={shown(errors.url)}
          onChange={setUrl}
        />
        <SelectField
          label={words.version}
          value={version}
          choices={(['2', '1'] as const).map((value) => ({ value, label: words.versions[value] }))}
          onChange={setVersion}
        />
      </div>
      <div className="columns">
        <TextField
          label={words.user}
          value={user}
          maxLength={200}
          error={shown(errors.user)}
          onChange={setUser}
        />
        <PassphraseField
          label={words.password}
          help={kept?.passwordKept ? words.passwordKept : words.passwordHelp}
          value={password}
          error={shown(errors.password)}
          onChange={setPassword}
        />
      </div>
      <FileDrop
        label={words.authority}
        hint={authority?.name ?? (kept?.ownAuthority ? words.authorityKept : words.authorityNone)}
        accept={['.pem', '.crt', '.cer', '.der']}
        onFile={(file) => void take(file)}
      />
    </PlainForm>
  );
}
