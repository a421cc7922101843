/** Proposals to destroy files or to hand them over. */
import type { ReactElement } from 'react';
import type { ProposalRow } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count, dayOf } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { proposalLooks } from './looks.ts';

export function Proposals({ keeps }: { readonly keeps: boolean }): ReactElement {
  const words = useText().archive.proposals;
  const reading = useReading('archive-proposals', () => eletter.archive.proposals({}));
  return (
    <div className="stack">
      <p className="soft">{words.text}</p>
      {reading.error && <ErrorBanner error={reading.error} onRetry={reading.reload} />}
      {reading.slow && <Skeleton lines={4} />}
      {reading.value?.length === 0 && <Empty icon="archive">{keeps ? words.none : words.noneMine}</Empty>}
      {reading.value && reading.value.length > 0 && <ProposalList rows={reading.value} label={words.list} />}
    </div>
  );
}

export function ProposalList(props: {
  readonly rows: readonly ProposalRow[];
  readonly label: string;
}): ReactElement {
  const words = useText().archive.proposals;
  const language = useLanguage();
  return (
    <ul className="ledger" aria-label={props.label}>
      {props.rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className="ledger-row ledger-row-open"
            onClick={() => go({ at: 'archive', view: 'proposals', id: row.id })}
          >
            <span className="grow">
              {words.kind[row.kind]}
              <span className="help delivery-times">
                {words.line(count(row.files, language), row.by, dayOf(row.madeAt, language))}
              </span>
            </span>
            {row.mine && (
              <Chip tone="action" icon="clock">
                {words.waits}
              </Chip>
            )}
            <Chip tone={proposalLooks[row.state][0]} icon={proposalLooks[row.state][1]}>
              {words.state[row.state]}
            </Chip>
          </button>
        </li>
      ))}
    </ul>
  );
}
