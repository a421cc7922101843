/** What the verification that is kept with a letter found, and whether that changed since. */
import type { ReactElement } from 'react';
import type { StoredVerification } from '../../../main/core/contract/index.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Banner } from '../../ui/parts.tsx';

export function KeptVerification({
  verification,
}: {
  readonly verification: StoredVerification | null;
}): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  if (verification === null) return null;
  const { conclusion, changedAt, checkedAt } = verification;
  const words = text.verify.kept;
  if (changedAt === null)
    return <p className="soft">{words.found(words.short[conclusion], dateTime(checkedAt, language))}</p>;
  const good = conclusion === 'TOTAL-PASSED';
  return (
    <Banner tone={good ? 'good' : conclusion === 'TOTAL-FAILED' ? 'bad' : 'unsure'}>
      {words.changed(words.short[conclusion], dateTime(changedAt, language))}
    </Banner>
  );
}
