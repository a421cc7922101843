import { useState, type ReactElement } from 'react';
import type { RequestSummary } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { commonName } from '../../lib/format.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { ChoiceGroup, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, FileDrop } from '../../ui/parts.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';
import { Days, usualSpan, type Span } from './Days.tsx';

interface Candidate {
  readonly bytes: Uint8Array;
  readonly asks: RequestSummary;
}

const longestName = 64;

/** For keys that were made outside this vault: a request in a file, PEM or DER. */
export function IssueFromFile(): ReactElement {
  const text = useText();
  const words = text.authority.issue;
  const errorText = useErrorText();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  const take = async (file: File): Promise<void> => {
    setRefused(null);
    const reading = await readFile(file, limits.certificate);
    if (!reading.ok) {
      setRefused(
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.certificate))
          : text.common.fileUnreadable,
      );
      return;
    }
    const asks = await eletter.authority.readRequest({ request: reading.bytes });
    if (asks.ok) setCandidate({ bytes: reading.bytes, asks: asks.value });
    else setRefused(errorText(asks.error));
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
        accept={['.csr', '.req', '.p10', '.pem', '.der']}
        onFile={(file) => void take(file)}
      />
      {refused && (
        <Banner tone="bad" live>
          {refused}
        </Banner>
      )}
      {candidate && <IssueDialog candidate={candidate} onClose={() => setCandidate(null)} />}
    </section>
  );
}

function IssueDialog(props: { readonly candidate: Candidate; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.authority.issue;
  const { bytes, asks } = props.candidate;
  const sending = useSending();
  const [name, setName] = useState(asks.commonName);
  const [kind, setKind] = useState<'person' | 'office'>('person');
  const [days, setDays] = useState<Span>(usualSpan);
  const [passphrase, setPassphrase] = useState('');
  const nameless = name.trim() === '';
  return (
    <FormDialog
      title={words.dialog}
      sending={sending}
      confirm={words.confirm}
      running={text.authority.working}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '' || nameless,
          () =>
            eletter.authority.issue({
              request: bytes,
              kind,
              name: name.trim(),
              days: Number(days),
              passphrase,
            }),
          (row) => {
            props.onClose();
            say(words.done(commonName(row.subject)));
            noteChange();
          },
        )
      }
    >
      <p className="help">
        {words.asks}: {[asks.commonName, asks.unit, asks.algorithm].filter(Boolean).join(' · ')}
      </p>
      <TextField
        label={words.name}
        value={name}
        maxLength={longestName}
        startsFocused
        error={sending.tried && nameless ? text.common.required : undefined}
        onChange={setName}
      />
      <ChoiceGroup
        label={words.kind}
        value={kind}
        choices={[
          { value: 'person', label: words.person },
          { value: 'office', label: words.office },
        ]}
        onChange={setKind}
      />
      <Days value={days} onChange={setDays} />
      <CaPassphrase value={passphrase} sending={sending} onChange={setPassphrase} />
    </FormDialog>
  );
}
