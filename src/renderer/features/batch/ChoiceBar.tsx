import type { ReactElement } from 'react';
import type { LetterRow } from '../../../main/core/contract/index.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { approveMany } from '../review/approving.ts';
import { showBatch } from './batch-store.ts';
import type { Choosing } from './choice.ts';

/** What can be done with the letters that are chosen. */
export function ChoiceBar({
  choosing,
  action,
  rows,
}: {
  readonly choosing: Choosing;
  readonly action: 'sign' | 'approve';
  readonly rows: readonly LetterRow[];
}): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  const { ids } = choosing;
  if (ids.size === 0) return null;
  const n = count(ids.size, language);
  return (
    <div className="list-pad line">
      <span role="status">{text.batch.chosen(n)}</span>
      {action === 'sign' ? (
        <Button kind="primary" icon="pen" onPress={() => showBatch({ ids: [...ids] })}>
          {text.batch.open(n)}
        </Button>
      ) : (
        <Button
          kind="primary"
          icon="check"
          onPress={() =>
            void approveMany(
              rows
                .filter((row) => ids.has(row.id))
                .map((row) => ({ id: row.id, subject: row.subject || text.letters.noSubject })),
            )
          }
        >
          {text.review.approveMany(n)}
        </Button>
      )}
      <Button kind="quiet" onPress={choosing.all}>
        {text.batch.chooseAll}
      </Button>
      <Button kind="quiet" onPress={choosing.none}>
        {text.batch.chooseNone}
      </Button>
    </div>
  );
}
