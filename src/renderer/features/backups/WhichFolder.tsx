import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';

/** Sets lie in folders named after their moment; the folder that holds them all is not one. */
export function WhichFolder(): ReactElement {
  const text = useText();
  return (
    <p className="help">
      {text.backups.whichFolder} <span className="unbroken">2026-11-22T03-00-00Z</span>.
    </p>
  );
}
