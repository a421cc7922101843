import type { ReactElement } from 'react';
import type { SecurityClass } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

/** Security class with a lock, as icon and word; ordinary letters go without. */
export function ClassChip({ security }: { readonly security: SecurityClass }): ReactElement | null {
  const text = useText();
  if (security === 'biasa') return null;
  return (
    <Chip tone={security === 'terbatas' ? 'action' : 'bad'} icon="lock">
      {text.letters.security[security]}
    </Chip>
  );
}
