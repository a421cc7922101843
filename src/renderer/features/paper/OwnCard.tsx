/** This office's card: to hand out, to read its fingerprint from, to have certified; and the change of its key. */
import { useState, type ReactElement } from 'react';
import type { KnownOffice } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { commonName, fingerprintGroups, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { NeedsCertificate } from '../keys/NeedsCertificate.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import { Chip } from '../../ui/parts.tsx';

interface OwnProps {
  /** Null before there is a key. */
  readonly office: KnownOffice | null;
  readonly editable: boolean;
  readonly hasIdentity: boolean;
}

export function OwnCard({ office, editable, hasIdentity }: OwnProps): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.offices;
  const [saving, setSaving] = useState(false);
  const [replacing, setReplacing] = useState(false);

  const save = async (): Promise<void> => {
    setSaving(true);
    const result = await eletter.desktop.saveCard({});
    setSaving(false);
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.saved(result.value.fileName));
    else say(words.notSaved, 'note');
    noteChange();
  };

  const replace = async (): Promise<void> => {
    setReplacing(false);
    const result = await eletter.statement.newKey({});
    if (result.ok) {
      say(words.replaced);
      noteChange();
    } else sayError(result.error);
  };

  return (
    <>
      <section className="box stack-tight" aria-label={words.own}>
        <div className="line">
          <h2 className="minor grow">{words.own}</h2>
          {office?.certifiedBy && (
            <Chip tone="action" icon="certificate">
              {words.certified(commonName(office.certifiedBy))}
            </Chip>
          )}
        </div>
        <p className="help">{words.ownText}</p>
        {office ? (
          <>
            <p>
              <strong>{office.name}</strong>
            </p>
            <p className="soft small">{words.fingerprint}</p>
            <p className="mono fingerprint">{fingerprintGroups(office.fingerprint)}</p>
            {office.certifiedBy === null && (
              <p className="soft">{office.certified ? words.certifiedElsewhere : words.uncertified}</p>
            )}
            {office.retired.length > 0 && (
              <p className="soft">
                {words.retired(office.retired.map((date) => plainDate(date, language)).join(', '))}
              </p>
            )}
          </>
        ) : (
          <p className="soft">{words.none}</p>
        )}
        {editable && (
          <div className="line">
            <Button kind="primary" icon="save" isPending={saving} onPress={() => void save()}>
              {words.save}
            </Button>
            {office && (
              <Button icon="key" onPress={() => setReplacing(true)}>
                {words.replace}
              </Button>
            )}
          </div>
        )}
      </section>
      {editable && office && <Certify name={office.name} hasIdentity={hasIdentity} />}
      {replacing && (
        <Dialog title={words.replaceTitle} onClose={() => setReplacing(false)}>
          <p>{words.replaceText}</p>
          <div className="line line-end">
            <Button startsFocused onPress={() => setReplacing(false)}>
              {text.common.cancel}
            </Button>
            <Button kind="danger" onPress={() => void replace()}>
              {words.replaceConfirm}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Certify(props: { readonly name: string; readonly hasIdentity: boolean }): ReactElement {
  const text = useText();
  const words = text.offices;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  if (!props.hasIdentity) {
    return <NeedsCertificate title={words.certifyTitle} text={words.needsCertificate} />;
  }
  return (
    <BoxForm
      title={words.certifyTitle}
      text={words.certifyText(props.name)}
      sending={sending}
      confirm={words.certify}
      running={words.certifying}
      shownAtField={['SIGNING_PASSPHRASE_WRONG']}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.statement.certify({ signingPassphrase: passphrase }),
          () => {
            setPassphrase('');
            say(words.certifiedNow);
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
