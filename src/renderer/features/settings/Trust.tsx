/** The issuers this computer trusts. Only an administrator changes them, after comparing a fingerprint. */
import { useState, type ReactElement } from 'react';
import type { Result, TrustAnchor } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { commonName, dayOf, fingerprintGroups } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { AddAnchor } from './AddAnchor.tsx';

export function Trust({ editable }: { readonly editable: boolean }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const anchors = useReading('trust', () => eletter.trust.list({}));
  const identities = useReading('identities', () => eletter.identity.list({}));
  const own = identities.value?.find((identity) => identity.origin === 'test');
  const [removing, setRemoving] = useState<TrustAnchor | null>(null);
  const [pending, setPending] = useState(false);

  const change = async (call: () => Promise<Result<readonly TrustAnchor[]>>, done: string): Promise<void> => {
    setPending(true);
    const result = await call();
    setPending(false);
    if (result.ok) {
      say(done);
      noteChange();
    } else sayError(result.error);
  };

  return (
    <>
      <p className="soft">{text.trust.text}</p>
      {anchors.error && <ErrorBanner error={anchors.error} onRetry={anchors.reload} />}
      {anchors.slow && <Skeleton lines={3} />}
      {anchors.value?.length === 0 && <Empty icon="verify">{text.trust.empty}</Empty>}
      {anchors.value && anchors.value.length > 0 && (
        <ul className="stack-tight" aria-label={text.trust.list}>
          {anchors.value.map((anchor) => (
            <li key={anchor.fingerprint} className="box stack-tight">
              <div className="line">
                <strong className="grow">{commonName(anchor.subject)}</strong>
                {anchor.psre && (
                  <Chip tone="action" icon="certificate">
                    {text.trust.isPsre}
                  </Chip>
                )}
                {editable && (
                  <Button
                    kind="quiet"
                    icon="bin"
                    aria-label={text.trust.remove(commonName(anchor.subject))}
                    onPress={() => setRemoving(anchor)}
                  >
                    {text.trust.removeShort}
                  </Button>
                )}
              </div>
              <p className="soft">
                {text.identity.validUntil(dayOf(anchor.notAfter, language))} ·{' '}
                {text.trust.addedAt(dayOf(anchor.addedAt, language))}
              </p>
              <p className="mono soft">{fingerprintGroups(anchor.fingerprint)}</p>
            </li>
          ))}
        </ul>
      )}
      {!editable && <p className="help">{text.trust.adminOnly}</p>}
      {editable && <AddAnchor />}
      {editable && own && (
        <section className="box stack-tight">
          <h2 className="minor">{text.trust.addOwn}</h2>
          <p className="help">{text.trust.addOwnText}</p>
          <div className="line">
            <Button
              isPending={pending}
              onPress={() =>
                void change(() => eletter.trust.addOwn({ identityId: own.id }), text.trust.added)
              }
            >
              {text.trust.addOwn}
            </Button>
          </div>
        </section>
      )}
      {removing && (
        <Dialog title={text.trust.removeTitle} onClose={() => setRemoving(null)}>
          <p>{text.trust.removeText(commonName(removing.subject))}</p>
          <div className="line line-end">
            <Button startsFocused onPress={() => setRemoving(null)}>
              {text.common.cancel}
            </Button>
            <Button
              kind="danger"
              onPress={() => {
                const { fingerprint } = removing;
                setRemoving(null);
                void change(() => eletter.trust.remove({ fingerprint }), text.trust.removed);
              }}
            >
              {text.trust.removeConfirm}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
