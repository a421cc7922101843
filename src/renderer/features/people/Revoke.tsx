import { useState, type ReactElement } from 'react';
import type { Person } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, ErrorBanner, Running } from '../../ui/parts.tsx';
import { OwnPassphrase } from '../settings/OwnPassphrase.tsx';

/** Takes somebody's account away. What would be lost with it is said before it happens. */
export function Revoke(props: { readonly person: Person; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.people;
  const language = useLanguage();
  const { accountId } = props.person;
  const name = fullName(props.person);
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const before = useReading(`before-revoking-${accountId}`, () =>
    eletter.people.beforeRevoking({ accountId }),
  );
  const alone = before.value?.onlyReaderOf ?? 0;
  const awaited = before.value?.awaited ?? 0;
  const tasks = before.value?.tasks ?? 0;
  const unsettled = before.value?.unsettled ?? 0;

  return (
    <FormDialog
      title={words.revokeTitle(name)}
      sending={sending}
      kind="danger"
      confirm={words.revokeConfirm}
      running={words.revokeConfirm}
      isDisabled={before.value === null}
      shownAtField={['PASSPHRASE_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '' || before.value === null,
          () => eletter.people.revoke({ accountId, accountPassphrase: passphrase }),
          () => {
            say(words.revoked(name));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      {before.error && <ErrorBanner error={before.error} onRetry={before.reload} />}
      {alone > 0 && <Banner tone="bad">{words.onlyReader(count(alone, language))}</Banner>}
      {awaited > 0 && <Banner tone="unsure">{words.awaited(count(awaited, language))}</Banner>}
      {tasks > 0 && <Banner tone="unsure">{text.dispositions.beforeRevoking(count(tasks, language))}</Banner>}
      {unsettled > 0 && <Banner tone="unsure">{words.unsettled(count(unsettled, language))}</Banner>}
      <div className="stack-tight">
        <h3>{words.revokeIntro}</h3>
        <ul className="bullets">
          <li>{words.revokeNoEntry(name)}</li>
          <li>{words.revokeRekey}</li>
          <li>{words.revokeBackups}</li>
          {alone === 0 && <li>{before.value ? words.onlyReaderNone : words.checkingLetters}</li>}
        </ul>
      </div>
      <OwnPassphrase
        label={words.yourPassphrase}
        value={passphrase}
        sending={sending}
        onChange={setPassphrase}
      />
      {sending.pending && <Running>{words.revoking}</Running>}
    </FormDialog>
  );
}
