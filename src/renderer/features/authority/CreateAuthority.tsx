import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { PassphraseField, TextField } from '../../ui/fields.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { Banner } from '../../ui/parts.tsx';

/** As the application asks for (`PASSPHRASE_WEAK`). */
const shortest = 12;
const longestName = 64;

/** Root and issuing authority at once, under a passphrase of their own. */
export function CreateAuthority(): ReactElement {
  const text = useText();
  const words = text.authority.create;
  const sending = useSending();
  const office = useReading('office', () => eletter.office.read({}));
  const [typed, setTyped] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [url, setUrl] = useState('');
  const organisation = typed ?? office.value?.government ?? '';
  const crlUrl = url.trim() === '' ? null : url.trim();
  const wrong = {
    organisation: organisation.trim() === '' ? text.common.required : undefined,
    passphrase: [...passphrase].length < shortest ? words.tooShort : undefined,
    again: again === passphrase ? undefined : words.differs,
    url: crlUrl === null || /^https?:\/\/[\x21-\x7e]{1,500}$/.test(crlUrl) ? undefined : words.urlWrong,
  };
  const shown = (field: keyof typeof wrong): string | undefined => (sending.tried ? wrong[field] : undefined);

  return (
    <BoxForm
      title={words.title}
      text={words.text}
      sending={sending}
      confirm={words.confirm}
      running={words.running}
      onSubmit={() =>
        sending.send(
          Object.values(wrong).some((one) => one !== undefined),
          () =>
            eletter.authority.create({
              organisation: organisation.trim(),
              passphrase,
              crlUrl,
              ocspUrl: null,
            }),
          () => {
            say(words.made);
            noteChange();
          },
        )
      }
    >
      <TextField
        label={words.organisation}
        value={organisation}
        maxLength={longestName}
        error={shown('organisation')}
        onChange={setTyped}
      />
      <div className="columns">
        <PassphraseField
          label={words.passphrase}
          value={passphrase}
          help={words.help}
          autoComplete="new-password"
          error={shown('passphrase')}
          onChange={setPassphrase}
        />
        <PassphraseField
          label={words.again}
          value={again}
          autoComplete="new-password"
          error={shown('again')}
          onChange={setAgain}
        />
      </div>
      <TextField
        label={words.crlUrl}
        value={url}
        optional
        help={words.crlHelp}
        maxLength={500}
        error={shown('url')}
        onChange={setUrl}
      />
      <Banner tone="plain">{words.lost}</Banner>
    </BoxForm>
  );
}
