import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';

/** What the command line answers OCSP requests with: a copy that can change nothing. */
export function CopyOut(): ReactElement {
  const words = useText().authority.copy;
  const [open, setOpen] = useState(false);
  return (
    <section className="box stack" aria-label={words.title}>
      <div>
        <h2 className="minor">{words.title}</h2>
        <p className="help">{words.text}</p>
      </div>
      <div className="line">
        <Button onPress={() => setOpen(true)}>{words.make}</Button>
      </div>
      {open && <CopyDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function CopyDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.authority.copy;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  return (
    <FormDialog
      title={words.makeTitle}
      sending={sending}
      confirm={words.confirm}
      running={text.authority.working}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.desktop.saveAuthorityCopy({ passphrase }),
          ({ saved, fileName }) => {
            onClose();
            if (saved) say(text.authority.saved(fileName));
            else say(text.authority.notSaved, 'note');
            noteChange();
          },
        )
      }
    >
      <CaPassphrase value={passphrase} sending={sending} startsFocused onChange={setPassphrase} />
    </FormDialog>
  );
}
