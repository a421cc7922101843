/** Said above a list that does not show everything. */
import type { ReactElement } from 'react';
import { listLimit, type Counters, type Folder, type ListPart } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';

/** What counts all of a list; null where nothing does. */
function totalOf(folder: Folder, only: ListPart | null, all: Counters): number | null {
  switch (folder) {
    case 'dispositions':
      return only === 'unread' ? all.dispositionsUnread : all.dispositionsOpen;
    case 'drafts':
      if (only === 'returned') return all.returned;
      return only === 'interrupted' ? all.interrupted : all.drafts;
    case 'incoming':
      if (only === 'unreadTo') return all.incomingUnread;
      if (only === 'unreadCopies') return all.copiesUnread;
      return only === 'unread' ? all.incomingUnread + all.copiesUnread : null;
    case 'outgoing':
      return only === 'unread' ? all.sentUnread : null;
    case 'unit':
    case 'discarded':
      return null;
    default:
      return all[folder];
  }
}

export function NewestOnly(props: { readonly folder: Folder; readonly only: ListPart | null }): ReactElement {
  const words = useText().reminders;
  const language = useLanguage();
  const counters = useReading('counters', () => eletter.home.counters({}));
  const total = counters.value && totalOf(props.folder, props.only, counters.value);
  const shown = count(listLimit, language);
  return (
    <p className="list-newest soft small">
      {total !== null && total > listLimit
        ? words.newestOf(shown, count(total, language))
        : words.newest(shown)}
    </p>
  );
}
