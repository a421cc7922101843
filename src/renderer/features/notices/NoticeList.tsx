import type { ReactElement } from 'react';
import type { Notice } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip } from '../../ui/parts.tsx';
import { ClassChip } from '../letters/ClassChip.tsx';
import { shownNotice } from './shown-notice.ts';

export function NoticeList({ notices }: { readonly notices: readonly Notice[] }): ReactElement {
  const text = useText();
  const language = useLanguage();

  const markRead = async (id: string): Promise<void> => {
    const result = await eletter.notices.markRead({ id });
    if (result.ok) noteChange();
    else sayError(result.error);
  };
  const open = (notice: Notice): void => {
    if (notice.readAt === null) void markRead(notice.id);
    go(shownNotice(notice, text, language).leadsTo);
  };

  return (
    <ul className="notices" aria-label={text.notices.list}>
      {notices.map((notice) => {
        const unread = notice.readAt === null;
        const shown = shownNotice(notice, text, language);
        const subject = shown.about;
        return (
          <li key={notice.id} className={unread ? 'notice notice-unread' : 'notice'}>
            <Icon name={shown.icon} />
            <div className="grow">
              <p className="notice-title">
                {unread && <span className="dot" role="img" aria-label={text.notices.unread} />}
                {shown.title}
              </p>
              {subject !== shown.title && <p>{subject}</p>}
              <p className="soft small">
                {notice.number && `${notice.number} · `}
                {dateTime(notice.createdAt, language)}
              </p>
              <div className="line notice-actions">
                <Button kind="quiet" aria-label={`${shown.action}: ${subject}`} onPress={() => open(notice)}>
                  {shown.action}
                </Button>
                {unread && (
                  <Button
                    kind="quiet"
                    icon="check"
                    aria-label={`${text.notices.markRead}: ${subject}`}
                    onPress={() => void markRead(notice.id)}
                  >
                    {text.notices.markRead}
                  </Button>
                )}
              </div>
            </div>
            {notice.letterId !== null && <ClassChip security={notice.security} />}
            {notice.urgent && (
              <Chip tone="bad" icon="warning">
                {text.notices.urgent}
              </Chip>
            )}
          </li>
        );
      })}
    </ul>
  );
}
