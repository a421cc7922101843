import type { ReactElement } from 'react';
import type { Identity, Session } from '../../../main/core/contract/index.ts';
import { enter } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { commonName, dayOf, fingerprintGroups } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { originName } from '../../lib/keys.ts';
import { say } from '../../lib/messages.ts';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { AskCertificate } from '../authority/AskCertificate.tsx';
import { CertifiedChip } from '../authority/CertifiedChip.tsx';
import { AddIdentity } from './AddIdentity.tsx';

export function Certificates({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  const identities = useReading('identities', () => eletter.identity.list({}));
  return (
    <>
      <p className="soft">{text.identity.text}</p>
      {identities.error && <ErrorBanner error={identities.error} onRetry={identities.reload} />}
      {identities.slow && <Skeleton lines={3} />}
      {identities.value?.length === 0 && <Empty icon="certificate">{text.identity.empty}</Empty>}
      {identities.value && identities.value.length > 0 && (
        <ul className="stack-tight" aria-label={text.identity.list}>
          {identities.value.map((identity) => (
            <IdentityRow key={identity.id} identity={identity} />
          ))}
        </ul>
      )}
      <AskCertificate />
      <AddIdentity
        onMade={(identity) => {
          say(
            identity.origin === 'test'
              ? text.identity.testMade
              : text.identity.imported(commonName(identity.subject)),
          );
          enter({ ...session, hasIdentity: true });
          noteChange();
        }}
      />
    </>
  );
}

function IdentityRow({ identity }: { readonly identity: Identity }): ReactElement {
  const text = useText();
  const language = useLanguage();
  return (
    <li className="box stack-tight">
      <div className="line">
        <strong className="grow">{commonName(identity.subject)}</strong>
        {identity.current && (
          <Chip tone="good" icon="check">
            {text.identity.current}
          </Chip>
        )}
        {identity.revokedAt !== null && (
          <Chip tone="bad" icon="failed">
            {text.identity.revoked}
          </Chip>
        )}
        {identity.expired && (
          <Chip tone="bad" icon="warning">
            {text.identity.expired}
          </Chip>
        )}
        <CertifiedChip certified={identity.certified} />
        <Chip tone="plain" icon={identity.origin === 'token' ? 'key' : 'certificate'}>
          {originName(identity, text)}
        </Chip>
      </div>
      <p className="soft">
        {text.identity.issuer(commonName(identity.issuer))} ·{' '}
        {text.identity.validUntil(dayOf(identity.notAfter, language))} · {identity.algorithm}
      </p>
      <p className="mono soft">
        {text.identity.fingerprint}: {fingerprintGroups(identity.fingerprint)}
      </p>
    </li>
  );
}
