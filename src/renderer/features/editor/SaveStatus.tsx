import type { ReactElement } from 'react';
import { timeOf } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Icon } from '../../ui/icons.tsx';
import type { DraftView } from './draft-session.ts';

/** "Tersimpan 15.05": quiet while all is well. Its place has a fixed width, so nothing moves. */
export function SaveStatus({ view }: { readonly view: DraftView }): ReactElement {
  const text = useText();
  const words = {
    saved: text.editor.saved(timeOf(view.savedAt)),
    waiting: text.editor.waiting,
    saving: text.editor.saving,
    failed: text.editor.saveFailed,
  };
  return (
    <p className={`save-state save-${view.state}`} role="status">
      <Icon name={view.state === 'failed' ? 'warning' : view.state === 'saved' ? 'check' : 'clock'} small />
      {words[view.state]}
    </p>
  );
}
