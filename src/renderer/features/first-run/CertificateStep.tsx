import { useState, type ReactElement } from 'react';
import type { Identity } from '../../../main/core/contract/index.ts';
import { commonName } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, ScreenTitle } from '../../ui/parts.tsx';
import { AddIdentity } from '../settings/AddIdentity.tsx';

export function CertificateStep({ onDone }: { readonly onDone: () => void }): ReactElement {
  const text = useText();
  const [made, setMade] = useState<Identity | null>(null);
  return (
    <>
      <ScreenTitle focus>{text.firstRun.certificateTitle}</ScreenTitle>
      <p>{text.firstRun.certificateText}</p>
      {made ? (
        <Banner tone="good" live>
          {text.identity.imported(commonName(made.subject))}
        </Banner>
      ) : (
        <AddIdentity onMade={setMade} />
      )}
      <div className="line">
        <Button kind={made ? 'primary' : 'plain'} onPress={onDone}>
          {made ? text.firstRun.finish : text.firstRun.later}
        </Button>
      </div>
    </>
  );
}
