/** The office's own certificate authority, for administrators. What it is not is said before anything else. */
import type { ReactElement } from 'react';
import type { AuthorityStatus } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { dayOf, fingerprintGroups } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Banner, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { AdoptAuthority } from './AdoptAuthority.tsx';
import { CertifiedChip } from './CertifiedChip.tsx';
import { CopyOut } from './CopyOut.tsx';
import { CreateAuthority } from './CreateAuthority.tsx';
import { IssueFromFile } from './IssueFromFile.tsx';
import { IssuedCertificates } from './IssuedCertificates.tsx';
import { RevocationLists } from './RevocationLists.tsx';
import { SaveButton } from './SaveButton.tsx';
import { WaitingRequests } from './WaitingRequests.tsx';

export function Authority(): ReactElement {
  const text = useText();
  const words = text.authority;
  // "None" is an answer too: only what is wrapped can be told from no answer yet.
  const status = useReading('authority', async () => {
    const result = await eletter.authority.status({});
    return result.ok ? { ok: true as const, value: { authority: result.value } } : result;
  });
  const authority = status.value?.authority;
  return (
    <>
      <p className="soft">{words.text}</p>
      <Banner tone="unsure">
        <strong>{words.isNot}</strong>
        <p>{words.isNotText}</p>
      </Banner>
      {status.error && <ErrorBanner error={status.error} onRetry={status.reload} />}
      {status.slow && <Skeleton lines={4} />}
      {authority === null && (
        <>
          <CreateAuthority />
          <AdoptAuthority />
        </>
      )}
      {authority && (
        <>
          <WaitingRequests waiting={authority.waiting} />
          <IssuedCertificates issued={authority.issued} />
          <RevocationLists status={authority} />
          <Anchor status={authority} />
          <IssueFromFile />
          <CopyOut />
        </>
      )}
    </>
  );
}

function Anchor({ status }: { readonly status: AuthorityStatus }): ReactElement {
  const text = useText();
  const words = text.authority.anchor;
  const language = useLanguage();
  return (
    <section className="box stack" aria-label={words.title}>
      <div className="line">
        <h2 className="minor grow">{words.title}</h2>
        <CertifiedChip certified={false} />
      </div>
      {!status.trusted && <Banner tone="unsure">{words.notTrusted}</Banner>}
      <p>
        <strong>{status.organisation}</strong> · {words.validUntil(dayOf(status.notAfter, language))}
      </p>
      <div className="stack-tight">
        <p className="help">{words.fingerprint}</p>
        <p className="mono fingerprint">{fingerprintGroups(status.fingerprint)}</p>
      </div>
      <p className="help">{words.text}</p>
      <div className="line">
        <SaveButton save={() => eletter.desktop.saveLeaflet({})}>{words.leaflet}</SaveButton>
        <SaveButton save={() => eletter.desktop.saveAnchor({})}>{words.save}</SaveButton>
      </div>
    </section>
  );
}
