/** The offices whose printed letters can be checked here: this one, and others by the cards they handed out. */
import { useState, type ReactElement } from 'react';
import type { KnownOffice, Session } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { commonName, dayOf, fingerprintGroups, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Banner, Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { AddOffice } from './AddOffice.tsx';
import { OwnCard } from './OwnCard.tsx';

export function Offices({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  const editable = useMay()('statement.addOffice');
  const offices = useReading('offices', () => eletter.statement.offices({}));
  const [removing, setRemoving] = useState<KnownOffice | null>(null);
  const words = text.offices;
  const others = offices.value?.filter((one) => !one.own);

  const remove = async (office: KnownOffice): Promise<void> => {
    setRemoving(null);
    const result = await eletter.statement.removeOffice({ fingerprint: office.fingerprint });
    if (result.ok) {
      say(words.removed);
      noteChange();
    } else sayError(result.error);
  };

  return (
    <>
      <p className="soft">{words.text}</p>
      {offices.error && <ErrorBanner error={offices.error} onRetry={offices.reload} />}
      {offices.slow && <Skeleton lines={3} />}
      {offices.value && (
        <OwnCard
          office={offices.value.find((one) => one.own) ?? null}
          editable={editable}
          hasIdentity={session.hasIdentity}
        />
      )}
      {others && (
        <section className="stack-tight" aria-label={words.others}>
          <h2 className="minor">{words.others}</h2>
          {others.length === 0 && <Empty icon="letters">{words.empty}</Empty>}
          {others.length > 0 && (
            <ul className="stack-tight" aria-label={words.others}>
              {others.map((office) => (
                <li key={office.fingerprint} className="box stack-tight">
                  <OtherOffice office={office} {...(editable ? { onRemove: setRemoving } : {})} />
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {editable ? <AddOffice /> : <p className="help">{words.adminOnly}</p>}
      {removing && (
        <Dialog title={words.removeTitle} onClose={() => setRemoving(null)}>
          <p>{words.removeText(removing.name)}</p>
          <div className="line line-end">
            <Button startsFocused onPress={() => setRemoving(null)}>
              {text.common.cancel}
            </Button>
            <Button kind="danger" onPress={() => void remove(removing)}>
              {words.removeConfirm}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function OtherOffice(props: {
  readonly office: KnownOffice;
  readonly onRemove?: (office: KnownOffice) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { office, onRemove } = props;
  const words = text.offices;
  const { certifiedBy, addedAt } = office;
  return (
    <>
      <div className="line">
        <strong className="grow">{office.name}</strong>
        {certifiedBy !== null ? (
          <Chip tone="action" icon="certificate">
            {words.byCertificate}
          </Chip>
        ) : (
          office.trusted && (
            <Chip tone="plain" icon="check">
              {words.byFingerprint}
            </Chip>
          )
        )}
        {onRemove && (
          <Button
            kind="quiet"
            icon="bin"
            aria-label={words.remove(office.name)}
            onPress={() => onRemove(office)}
          >
            {words.removeShort}
          </Button>
        )}
      </div>
      {!office.trusted && <Banner tone="bad">{words.distrusted}</Banner>}
      {office.lookalike && <Banner tone="unsure">{text.paper.cardLooksLike}</Banner>}
      <p className="soft">
        {[
          addedAt === null ? null : words.addedAt(dayOf(addedAt, language)),
          certifiedBy === null ? null : words.certified(commonName(certifiedBy)),
          office.retired.length === 0
            ? null
            : words.retired(office.retired.map((date) => plainDate(date, language)).join(', ')),
        ]
          .filter((one) => one !== null)
          .join(' · ')}
      </p>
      <p className="mono soft">{fingerprintGroups(office.fingerprint)}</p>
    </>
  );
}
