/** Another office's card is let in by the fingerprint its people read out, or by a certificate that is trusted here. */
import { useState, type ReactElement } from 'react';
import type { CardReading, ErrorShape } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { commonName } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Checkbox, Missing, TextField } from '../../ui/fields.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';
import { Banner, ErrorBanner, FileDrop } from '../../ui/parts.tsx';

interface Candidate {
  readonly bytes: Uint8Array;
  readonly card: CardReading;
}

export function AddOffice(): ReactElement {
  const text = useText();
  const words = text.offices;
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);

  const take = async (file: File): Promise<void> => {
    setCandidate(null);
    setRefused(null);
    setError(null);
    const reading = await readFile(file, limits.card);
    if (!reading.ok) {
      setRefused(
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.card))
          : text.common.fileUnreadable,
      );
      return;
    }
    const result = await eletter.statement.readCard({ card: reading.bytes });
    if (result.ok) setCandidate({ bytes: reading.bytes, card: result.value });
    else setError(result.error);
  };

  return (
    <section className="box stack" aria-label={words.add}>
      <h2 className="minor">{words.add}</h2>
      <FileDrop
        label={words.choose}
        hint={text.common.orDrop}
        accept={['application/json', '.json']}
        onFile={(file) => void take(file)}
      />
      {refused && (
        <Banner tone="bad" live>
          {refused}
        </Banner>
      )}
      {error && <ErrorBanner error={error} />}
      {candidate && (
        <Confirm
          key={candidate.card.fingerprint}
          candidate={candidate}
          onAdded={() => {
            say(words.added(candidate.card.name));
            setCandidate(null);
            noteChange();
          }}
        />
      )}
    </section>
  );
}

/** The fingerprint is typed, not shown: what stands on the screen already is too easily nodded at. */
function Confirm(props: { readonly candidate: Candidate; readonly onAdded: () => void }): ReactElement {
  const text = useText();
  const words = text.offices;
  const sending = useSending();
  const [typed, setTyped] = useState('');
  const [agreed, setAgreed] = useState(false);
  const { bytes, card } = props.candidate;
  const vouched = card.certifiedBy;
  const missing = vouched === null ? typed.trim() === '' : !agreed;
  return (
    <BoxForm
      title={words.cardOf(card.name)}
      text={vouched === null ? words.unvouched : words.vouched(commonName(vouched))}
      sending={sending}
      confirm={words.addConfirm}
      shownAtField={['OFFICE_FINGERPRINT_DIFFERS']}
      onSubmit={() =>
        sending.send(
          missing,
          () => eletter.statement.addOffice({ card: bytes, fingerprint: vouched === null ? typed : null }),
          props.onAdded,
        )
      }
    >
      {card.lookalike && <Banner tone="unsure">{text.paper.cardLooksLike}</Banner>}
      {card.replaces !== null && <Banner tone="plain">{words.replaces(card.replaces)}</Banner>}
      {vouched === null ? (
        <TextField
          label={words.typed}
          value={typed}
          lines={2}
          maxLength={200}
          error={
            sending.at('OFFICE_FINGERPRINT_DIFFERS') ??
            (sending.tried && typed.trim() === '' ? text.common.required : undefined)
          }
          onChange={(next) => {
            setTyped(next);
            sending.forget();
          }}
        />
      ) : (
        <>
          <p className="soft small">{vouched}</p>
          <Checkbox isSelected={agreed} isInvalid={sending.tried && !agreed} onChange={setAgreed}>
            {words.looksRight}
          </Checkbox>
          {sending.tried && !agreed && <Missing>{text.common.required}</Missing>}
        </>
      )}
    </BoxForm>
  );
}
