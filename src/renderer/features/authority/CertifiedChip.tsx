import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { certifiedName } from '../../lib/keys.ts';
import { Chip } from '../../ui/parts.tsx';

/** What a signature is worth before the law (PP 71/2019), in the same words everywhere. */
export function CertifiedChip({ certified }: { readonly certified: boolean }): ReactElement {
  const text = useText();
  return (
    <Chip tone={certified ? 'action' : 'unsure'} icon={certified ? 'certificate' : 'warning'}>
      {certifiedName(certified, text)}
    </Chip>
  );
}
