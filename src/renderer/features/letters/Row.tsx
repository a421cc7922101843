import type { ReactElement } from 'react';
import type { Folder, LetterRow } from '../../../main/core/contract/index.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { listMoment } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKindName } from '../../lib/kinds.ts';
import { Chip } from '../../ui/parts.tsx';
import { DueChip } from '../dispositions/TaskChips.tsx';
import { looks } from '../dispositions/tree.ts';
import { ClassChip } from './ClassChip.tsx';
import { momentOf, shownState, subjectOf } from './rows.ts';

/** Lists of what others wrote: there the sender tells letters apart, elsewhere the addressee. */
const fromOthers: ReadonlySet<Folder> = new Set<Folder>([
  'incoming',
  'unit',
  'toSign',
  'toReview',
  'notFollowedUp',
  'dispositions',
  'given',
]);

export function Row(props: {
  readonly row: LetterRow;
  readonly folder: Folder;
  readonly open: boolean;
  readonly focusable: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const kindName = useKindName();
  const { row, folder } = props;
  const state = shownState(row, folder);
  const bySender = fromOthers.has(folder);
  return (
    <button
      type="button"
      className={`row${row.unread ? ' row-unread' : ''}`}
      aria-current={props.open ? 'true' : undefined}
      tabIndex={props.focusable ? 0 : -1}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <span className="row-line">
        {row.unread && <span className="dot" />}
        <span className="row-who">
          <span className="row-name">{bySender ? senderOf(row) : firstRecipient(row, text)}</span>
          {!bySender && row.recipientNames.length > 1 && (
            <span className="row-more"> {text.letters.andMore(row.recipientNames.length - 1)}</span>
          )}
        </span>
        <span className="row-when">{listMoment(momentOf(row), language)}</span>
      </span>
      <span className="row-line">
        <span className="row-subject">{subjectOf(row, text)}</span>
        {row.urgency !== 'biasa' && (
          <Chip tone={row.urgency === 'amat-segera' ? 'bad' : 'unsure'} icon="clock">
            {text.letters.urgency[row.urgency]}
          </Chip>
        )}
      </span>
      <span className="row-line row-line-wraps">
        <span className="row-number">
          {row.onBehalfOf !== null && <strong>{text.letters.onBehalf(row.onBehalfOf)} · </strong>}
          {row.number ?? kindName(row.kind)}
        </span>
        {row.task && <DueChip short deadline={row.task.deadline} task={row.task} />}
        <ClassChip security={row.security} />
        {row.task ? (
          <Chip tone={looks[row.task.state].tone} icon={looks[row.task.state].icon}>
            {text.dispositions.state[row.task.state]}
          </Chip>
        ) : (
          <Chip tone={state.tone} icon={state.icon}>
            {text.letters.state[state.key]}
          </Chip>
        )}
      </span>
    </button>
  );
}

const senderOf = (row: LetterRow): string =>
  row.senderUnit === '' ? row.senderName : `${row.senderUnit} · ${row.senderName}`;

const firstRecipient = (row: LetterRow, text: Catalogue): string =>
  row.recipientNames[0] ?? text.letters.noRecipient;
