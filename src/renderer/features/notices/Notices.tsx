import type { ReactElement } from 'react';
import type { Notice } from '../../../main/core/contract/index.ts';
import type { Reading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Empty, ErrorBanner, ScreenTitle, Skeleton } from '../../ui/parts.tsx';
import { NoticeList } from './NoticeList.tsx';

export function Notices({ notices }: { readonly notices: Reading<readonly Notice[]> }): ReactElement {
  const text = useText();
  return (
    <div className="screen stack" data-pane="notices" tabIndex={-1}>
      <ScreenTitle>{text.notices.title}</ScreenTitle>
      {notices.error && <ErrorBanner error={notices.error} onRetry={notices.reload} />}
      {notices.slow && <Skeleton />}
      {notices.value?.length === 0 && <Empty icon="bell">{text.notices.empty}</Empty>}
      {notices.value && notices.value.length > 0 && <NoticeList notices={notices.value} />}
    </div>
  );
}
