import { useState, type ReactElement } from 'react';
import type { Notice } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, type Reading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty, ErrorBanner, ScreenTitle, Skeleton } from '../../ui/parts.tsx';
import { NoticeList } from './NoticeList.tsx';

export function Notices({ notices }: { readonly notices: Reading<readonly Notice[]> }): ReactElement {
  const text = useText();
  const words = text.reminders;
  const [unreadOnly, setUnreadOnly] = useState(false);
  const [pending, setPending] = useState(false);
  const all = notices.value;
  const unread = all?.filter((notice) => notice.readAt === null) ?? [];
  const shown = unreadOnly ? unread : (all ?? []);

  const markAll = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.notices.markAllRead({});
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(words.markedAll);
    noteChange();
  };

  return (
    <div className="screen stack" data-pane="notices" tabIndex={-1}>
      <ScreenTitle>{text.notices.title}</ScreenTitle>
      {notices.error && <ErrorBanner error={notices.error} onRetry={notices.reload} />}
      {notices.slow && <Skeleton />}
      {all?.length === 0 && <Empty icon="bell">{text.notices.empty}</Empty>}
      {all && all.length > 0 && (
        <>
          <div className="line">
            <label className="list-unread grow">
              <input
                type="checkbox"
                checked={unreadOnly}
                onChange={(event) => setUnreadOnly(event.target.checked)}
              />
              {words.unreadOnly}
            </label>
            <Button
              icon="check"
              isPending={pending}
              isDisabled={unread.length === 0}
              onPress={() => void markAll()}
            >
              {words.markAll}
            </Button>
          </div>
          {shown.length === 0 ? (
            <Empty icon="bell">{words.noneUnread}</Empty>
          ) : (
            <NoticeList notices={shown} />
          )}
        </>
      )}
    </div>
  );
}
