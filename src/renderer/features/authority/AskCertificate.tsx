import { useState, type ReactElement } from 'react';
import type { OwnCertificates } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { dayOf } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import { Banner } from '../../ui/parts.tsx';

/** A person asks the office's own authority for a certificate; nothing of this is shown where there is none. */
export function AskCertificate(): ReactElement | null {
  const mine = useReading('own-certificates', () => eletter.authority.mine({}));
  const organisation = mine.value?.organisation;
  if (!mine.value || !organisation) return null;
  return <Asking organisation={organisation} requests={mine.value.requests} />;
}

function Asking(props: {
  readonly organisation: string;
  readonly requests: OwnCertificates['requests'];
}): ReactElement {
  const text = useText();
  const words = text.authority.mine;
  const language = useLanguage();
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const [newest] = props.requests;
  const title = props.requests.some((one) => one.state === 'issued') ? words.again : words.title;

  const withdraw = async (id: string): Promise<void> => {
    const result = await eletter.authority.withdraw({ id });
    if (result.ok) say(words.withdrawn);
    else sayError(result.error);
    noteChange();
  };

  if (newest?.state === 'open') {
    return (
      <section className="box stack" aria-label={title}>
        <h2 className="minor">{title}</h2>
        <Banner
          tone="plain"
          actions={<Button onPress={() => void withdraw(newest.id)}>{words.withdraw}</Button>}
        >
          {words.open(dayOf(newest.madeAt, language))}
        </Banner>
      </section>
    );
  }
  return (
    <BoxForm
      title={title}
      text={words.text(props.organisation)}
      sending={sending}
      confirm={words.confirm}
      shownAtField={['SIGNING_PASSPHRASE_WRONG']}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.authority.request({ signingPassphrase: passphrase }),
          () => {
            setPassphrase('');
            say(words.asked);
            noteChange();
          },
        )
      }
    >
      {newest?.state === 'refused' && (
        <Banner tone="bad">
          {words.refused(dayOf(newest.answeredAt ?? newest.madeAt, language), newest.answer)}
        </Banner>
      )}
      <p>{words.weak}</p>
      <div className="columns">
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
