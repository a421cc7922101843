/** Letters that were made together: whom each went to, how far it has come, and what can be done with all of them. */
import { useState, type ReactElement } from 'react';
import type { Folder, MergeLetter } from '../../../main/core/contract/index.ts';
import { go, useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { showBatch } from '../batch/batch-store.ts';
import { showMerge } from './merge-store.ts';

const pageSize = 50;

export function MergeTable({ id }: { readonly id: string }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const may = useMay();
  const merge = useReading(`merge-${id}`, () => eletter.merge.get({ id }));
  const [page, setPage] = useState(0);
  const [pending, setPending] = useState(false);
  const n = (value: number): string => count(value, language);
  const rows = merge.value?.rows ?? [];
  const drafts = rows.filter((row) => row.state === 'draft').map((row) => row.letterId);

  const discard = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.merge.discard({ id });
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(words.discardDone(n(result.value.discarded)));
    noteChange();
  };
  return (
    <>
      <div>
        <Button kind="quiet" icon="back" onPress={() => showMerge({ at: 'list' })}>
          {words.all}
        </Button>
      </div>
      {merge.error && <ErrorBanner error={merge.error} onRetry={merge.reload} />}
      {merge.slow && <Skeleton lines={8} />}
      {merge.value && (
        <>
          <div>
            <h3>{merge.value.subject || text.letters.noSubject}</h3>
            <p className="help" role="status">
              {words.line(n(merge.value.letters), n(merge.value.drafts))} ·{' '}
              {words.reached(n(merge.value.delivered), n(merge.value.read))}
            </p>
          </div>
          <div className="merge-rows" tabIndex={0} role="region" aria-label={words.table}>
            <table className="audit" aria-label={words.table}>
              <thead>
                <tr>
                  <th scope="col">{words.head.to}</th>
                  <th scope="col">{words.head.number}</th>
                  <th scope="col">{words.head.state}</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(page * pageSize, (page + 1) * pageSize).map((row) => (
                  <Row key={row.letterId} row={row} />
                ))}
              </tbody>
            </table>
          </div>
          {rows.length > pageSize && <Pager at={page} size={pageSize} all={rows.length} onChange={setPage} />}
        </>
      )}
      <div className="line line-end">
        {drafts.length > 0 && (
          <Button kind="danger" icon="bin" isPending={pending} onPress={() => void discard()}>
            {words.discardAll(n(drafts.length))}
          </Button>
        )}
        <Button onPress={() => showMerge(null)}>{text.common.close}</Button>
        {drafts.length > 0 && may('batch.start') && (
          <Button
            kind="primary"
            icon="pen"
            onPress={() => {
              showMerge(null);
              go({ at: 'letters', folder: 'drafts', id: null });
              showBatch({ ids: drafts });
            }}
          >
            {words.sign(n(drafts.length))}
          </Button>
        )}
      </div>
    </>
  );
}

const folderOf = (state: MergeLetter['state']): Folder =>
  state === 'discarded' ? 'discarded' : state === 'signed' ? 'outgoing' : 'drafts';

function Row({ row }: { readonly row: MergeLetter }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const states: Readonly<Record<string, string>> = text.letters.state;
  const state = states[row.state] ?? row.state;
  const signed = row.state !== 'draft' && row.state !== 'discarded';
  const delivery =
    row.deliveredAt === null
      ? signed && row.addressee.accountId === null
        ? words.outside
        : ''
      : [
          words.sent(dateTime(row.deliveredAt, language)),
          row.readAt === null ? text.letters.notRead : words.read(dateTime(row.readAt, language)),
        ].join(' · ');
  return (
    <tr>
      <td>
        <Button
          kind="quiet"
          onPress={() => {
            showMerge(null);
            go({ at: 'letters', folder: folderOf(row.state), id: row.letterId });
          }}
        >
          {row.addressee.name || text.letters.noSubject}
        </Button>
        {row.addressee.place !== '' && <span className="help delivery-times">{row.addressee.place}</span>}
      </td>
      <td>{row.number ?? '–'}</td>
      <td>
        {state}
        {delivery !== '' && <span className="help delivery-times">{delivery}</span>}
      </td>
    </tr>
  );
}
