import type { ReactElement } from 'react';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { showBatch } from './batch-store.ts';
import type { Choosing } from './choice.ts';

/** What can be done with the letters that are chosen. */
export function ChoiceBar({ choosing }: { readonly choosing: Choosing }): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  const { ids } = choosing;
  if (ids.size === 0) return null;
  const n = count(ids.size, language);
  return (
    <div className="list-pad line">
      <span role="status">{text.batch.chosen(n)}</span>
      <Button kind="primary" icon="pen" onPress={() => showBatch({ ids: [...ids] })}>
        {text.batch.open(n)}
      </Button>
      <Button kind="quiet" onPress={choosing.all}>
        {text.batch.chooseAll}
      </Button>
      <Button kind="quiet" onPress={choosing.none}>
        {text.batch.chooseNone}
      </Button>
    </div>
  );
}
