import type { ReactElement } from 'react';
import type { Notice, Session } from '../../../main/core/contract/index.ts';
import { go, useApp, useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading, type Reading } from '../../lib/calls.ts';
import { hourNow, plainDate, today } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, ErrorBanner, ScreenTitle, Skeleton } from '../../ui/parts.tsx';
import { BatchBanner } from '../batch/BatchDesk.tsx';
import { NoticeList } from '../notices/NoticeList.tsx';
import { Ledgers } from './Ledgers.tsx';
import { Urgent } from './Urgent.tsx';

export function Home(props: {
  readonly session: Session;
  readonly notices: Reading<readonly Notice[]>;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const may = useMay();
  const mayWrite = may('letters.create');
  const principals = props.session.deputyFor.map((principal) => principal.name);
  const read = useReading('waiting', () => eletter.home.waiting({}));
  const pressing = new Set(read.value?.urgent.map((letter) => letter.id));
  // A reminder of what stands under the pressing ones says nothing new.
  const unread =
    props.notices.value?.filter(
      (notice) => notice.readAt === null && !(notice.event && pressing.has(notice.letterId ?? '')),
    ) ?? [];
  const hidden = props.notices.value?.some((notice) => notice.readAt === null) ?? false;
  // What presses comes first, and both together stay on one screen.
  const shown = pressing.size > 2 ? 2 : 5;

  return (
    <div className="screen stack home" data-pane="home" tabIndex={-1}>
      <header>
        <ScreenTitle>{greeting(text, props.session.name)}</ScreenTitle>
        <p className="soft">
          {props.session.post} · {plainDate(today(), language)}
        </p>
        {principals.length > 0 && <p className="soft">{text.home.deputyFor(principals.join(', '))}</p>}
      </header>
      {props.session.mustRestoreKey && (
        <Banner
          tone="unsure"
          actions={
            <Button onPress={() => useApp.setState({ restoreLater: false })}>
              {text.restoreKey.bannerAction}
            </Button>
          }
        >
          {text.restoreKey.banner}
        </Banner>
      )}
      {!props.session.hasIdentity && may('letters.sign') && (
        <Banner
          tone="unsure"
          actions={
            <Button onPress={() => go({ at: 'settings', section: 'certificates' })}>
              {text.home.prepareIdentity}
            </Button>
          }
        >
          {text.home.noIdentity}
        </Banner>
      )}
      <BatchBanner />
      <section className="stack-tight" aria-label={text.home.actions}>
        <div className="line">
          {mayWrite && (
            <Button kind="primary" icon="plus" onPress={() => useApp.setState({ choosingKind: true })}>
              {text.home.newLetter}
            </Button>
          )}
          {may('incoming.register') && (
            <Button
              kind={mayWrite ? 'plain' : 'primary'}
              icon="incoming"
              onPress={() => go({ at: 'register' })}
            >
              {text.incoming.register}
            </Button>
          )}
          <Button icon="verify" onPress={() => go({ at: 'verify' })}>
            {text.home.verifyPdf}
          </Button>
        </div>
      </section>
      <div className="home-panes">
        <section className="stack-tight">
          <h2 className="section-head">{text.home.waiting}</h2>
          {read.error && <ErrorBanner error={read.error} onRetry={read.reload} />}
          {read.slow && <Skeleton lines={8} />}
          {read.value && <Ledgers waiting={read.value} />}
        </section>
        <div className="stack">
          {read.value && read.value.urgent.length > 0 && <Urgent letters={read.value.urgent} />}
          <section className="stack-tight">
            <div className="section-head">
              <h2 className="grow">{text.home.notices}</h2>
              <Button kind="quiet" onPress={() => go({ at: 'notices' })}>
                {text.home.allNotices}
              </Button>
            </div>
            {props.notices.error && (
              <ErrorBanner error={props.notices.error} onRetry={props.notices.reload} />
            )}
            {props.notices.value && unread.length === 0 && (
              <p className="soft">{hidden ? text.reminders.allPressing : text.home.quiet}</p>
            )}
            {unread.length > 0 && <NoticeList notices={unread.slice(0, shown)} />}
          </section>
        </div>
      </div>
    </div>
  );
}

function greeting(text: Catalogue, name: string): string {
  const hour = hourNow();
  if (hour >= 4 && hour < 11) return text.home.morning(name);
  if (hour >= 11 && hour < 15) return text.home.noon(name);
  if (hour >= 15 && hour < 18) return text.home.afternoon(name);
  return text.home.evening(name);
}
