/** A certificate file becomes a trusted issuer only after its fingerprint was compared by a person. */
import { useState, type ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { derCertificates, sha256Hex } from '../../lib/certificates.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { fingerprintGroups } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/fields.tsx';
import { Banner, ErrorBanner, FileDrop } from '../../ui/parts.tsx';

interface Candidate {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fingerprints: readonly string[];
}

export function AddAnchor(): ReactElement {
  const text = useText();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [compared, setCompared] = useState(false);
  const [psre, setPsre] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);

  const take = async (file: File): Promise<void> => {
    setCandidate(null);
    setCompared(false);
    setPsre(false);
    setError(null);
    const reading = await readFile(file, limits.certificate);
    if (!reading.ok) {
      setRefused(
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.certificate))
          : text.common.fileUnreadable,
      );
      return;
    }
    const fingerprints = await Promise.all(derCertificates(reading.bytes).map((der) => sha256Hex(der)));
    setRefused(fingerprints.length === 0 ? text.trust.unreadable : null);
    if (fingerprints.length > 0) setCandidate({ name: reading.name, bytes: reading.bytes, fingerprints });
  };

  const add = async (from: Candidate): Promise<void> => {
    setPending(true);
    const result = await eletter.trust.add({ bytes: from.bytes, psre });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    setCandidate(null);
    say(text.trust.added);
    noteChange();
  };

  return (
    <section className="box stack" aria-label={text.trust.add}>
      <h2 className="minor">{text.trust.add}</h2>
      <FileDrop
        label={text.trust.choose}
        hint={candidate ? candidate.name : text.common.orDrop}
        accept={['.pem', '.crt', '.cer', '.der']}
        onFile={(file) => void take(file)}
      />
      {refused && (
        <Banner tone="bad" live>
          {refused}
        </Banner>
      )}
      {candidate && (
        <>
          <p>{text.trust.check}</p>
          <ul className="stack-tight">
            {candidate.fingerprints.map((fingerprint) => (
              <li key={fingerprint} className="mono fingerprint">
                {fingerprintGroups(fingerprint)}
              </li>
            ))}
          </ul>
          <Checkbox isSelected={compared} onChange={setCompared}>
            {text.trust.confirmed}
          </Checkbox>
          <Checkbox isSelected={psre} onChange={setPsre}>
            {text.trust.psre}
          </Checkbox>
          {error && <ErrorBanner error={error} />}
          <div className="line">
            <Button
              kind="primary"
              isDisabled={!compared}
              isPending={pending}
              onPress={() => void add(candidate)}
            >
              {text.trust.addConfirm}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
