/** The dialogs of letters to many, above whatever screen is shown. */
import type { ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { MergeSetup } from './MergeSetup.tsx';
import { MergeTable } from './MergeTable.tsx';
import { showMerge, useMerge } from './merge-store.ts';

export function MergeDesk(): ReactElement | null {
  const text = useText();
  const shown = useMerge((state) => state.shown);
  if (shown === null) return null;
  if (shown.at === 'new') return <MergeSetup letterId={shown.letterId} revision={shown.revision} />;
  return (
    <Dialog title={text.merge.listTitle} wide onClose={() => showMerge(null)}>
      {shown.at === 'list' ? <MergeList /> : <MergeTable key={shown.id} id={shown.id} />}
    </Dialog>
  );
}

function MergeList(): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const merges = useReading('merges', () => eletter.merge.list({}));
  const n = (value: number): string => count(value, language);
  return (
    <>
      <p className="soft">{words.listText}</p>
      {merges.error && <ErrorBanner error={merges.error} onRetry={merges.reload} />}
      {merges.slow && <Skeleton lines={4} />}
      {merges.value?.length === 0 && <Empty icon="table">{words.empty}</Empty>}
      {merges.value && merges.value.length > 0 && (
        <ul className="ledger" aria-label={words.listTitle}>
          {merges.value.map((merge) => {
            const subject = merge.subject || text.letters.noSubject;
            return (
              <li key={merge.id} className="delivery">
                <span className="grow">
                  {subject}
                  <span className="help delivery-times">
                    {[
                      dateTime(merge.madeAt, language),
                      words.line(n(merge.letters), n(merge.drafts)),
                      merge.discarded > 0 ? words.discarded(n(merge.discarded)) : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  <span className="help delivery-times">
                    {words.reached(n(merge.delivered), n(merge.read))}
                  </span>
                </span>
                <Button
                  aria-label={words.showOf(subject)}
                  onPress={() => showMerge({ at: 'one', id: merge.id })}
                >
                  {words.show}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <div className="line line-end">
        <Button onPress={() => showMerge(null)}>{text.common.close}</Button>
      </div>
    </>
  );
}
