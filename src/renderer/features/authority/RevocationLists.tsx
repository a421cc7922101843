import { useState, type ReactElement } from 'react';
import type { AuthorityStatus } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner } from '../../ui/parts.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';
import { isOver } from './issued-state.ts';

type Which = 'issuing' | 'root';

/** What tells readers of revocations; it has to be made anew in time. */
export function RevocationLists({ status }: { readonly status: AuthorityStatus }): ReactElement {
  const words = useText().authority.lists;
  const language = useLanguage();
  const [making, setMaking] = useState<Which | null>(null);
  const until = status.listUntil.issuing;
  const over = until !== null && isOver(until);
  return (
    <section className="box stack" aria-label={words.title}>
      <div>
        <h2 className="minor">{words.title}</h2>
        <p className="help">{words.text}</p>
      </div>
      {over && <Banner tone="unsure">{words.over}</Banner>}
      {status.unlisted > 0 && (
        <Banner tone="unsure">{words.unlisted(count(status.unlisted, language))}</Banner>
      )}
      <div>
        {!over && <p>{until === null ? words.never : words.until(dateTime(until, language))}</p>}
        <p className="soft">{status.crlUrl === null ? words.noAddress : words.address(status.crlUrl)}</p>
      </div>
      <div className="line">
        <Button icon="save" onPress={() => setMaking('issuing')}>
          {words.make}
        </Button>
        <Button kind="quiet" onPress={() => setMaking('root')}>
          {words.makeRoot}
        </Button>
      </div>
      {making && <Make of={making} onClose={() => setMaking(null)} />}
    </section>
  );
}

function Make({ of, onClose }: { readonly of: Which; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.authority.lists;
  const language = useLanguage();
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  return (
    <FormDialog
      title={of === 'issuing' ? words.makeTitle : words.makeRootTitle}
      sending={sending}
      confirm={words.confirm}
      running={text.authority.working}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.desktop.saveRevocations({ of, passphrase }),
          ({ saved, fileName, nextUpdate }) => {
            onClose();
            if (saved) say(words.done(fileName, dateTime(nextUpdate, language)));
            else say(text.authority.notSaved, 'note');
            noteChange();
          },
        )
      }
    >
      <p>{words.makeText}</p>
      <CaPassphrase value={passphrase} sending={sending} startsFocused onChange={setPassphrase} />
    </FormDialog>
  );
}
