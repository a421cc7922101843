import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, FileDrop } from '../../ui/parts.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';

/** An authority that was made on the command line, or that another vault held, moves in. */
export function AdoptAuthority(): ReactElement {
  const text = useText();
  const words = text.authority.adopt;
  const [file, setFile] = useState<{ readonly name: string; readonly bytes: Uint8Array } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (chosen: File): Promise<void> => {
    const reading = await readFile(chosen, limits.authority);
    setFile(reading.ok ? reading : null);
    if (reading.ok) setRefused(null);
    else if (reading.reason === 'too-large')
      setRefused(text.common.fileTooLarge(limitText(limits.authority)));
    else setRefused(text.common.fileUnreadable);
  };
  return (
    <section className="box stack" aria-label={words.title}>
      <div>
        <h2 className="minor">{words.title}</h2>
        <p className="help">{words.text}</p>
      </div>
      <FileDrop
        label={words.choose}
        hint={text.common.orDrop}
        accept={['.eletter']}
        onFile={(chosen) => void take(chosen)}
      />
      {refused && (
        <Banner tone="bad" live>
          {refused}
        </Banner>
      )}
      {file && <AdoptDialog file={file} onClose={() => setFile(null)} />}
    </section>
  );
}

function AdoptDialog(props: {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly onClose: () => void;
}): ReactElement {
  const words = useText().authority.adopt;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  return (
    <FormDialog
      title={words.title}
      sending={sending}
      confirm={words.confirm}
      running={words.running}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.authority.adopt({ authority: props.file.bytes, passphrase }),
          () => {
            props.onClose();
            say(words.taken);
            noteChange();
          },
        )
      }
    >
      <p>{props.file.name}</p>
      <CaPassphrase value={passphrase} sending={sending} startsFocused onChange={setPassphrase} />
    </FormDialog>
  );
}
