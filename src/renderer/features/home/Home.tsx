import type { ReactElement } from 'react';
import type { Counters, Folder, Notice, Session } from '../../../main/core/contract/index.ts';
import { go, useApp, useMay, type DraftFilter, type Route } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading, type Reading } from '../../lib/calls.ts';
import { count, hourNow, plainDate, today } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Banner, ErrorBanner, ScreenTitle, Skeleton } from '../../ui/parts.tsx';
import { BatchBanner } from '../batch/BatchDesk.tsx';
import { NoticeList } from '../notices/NoticeList.tsx';

const list = (folder: Folder, unreadOnly = false): Route => ({
  at: 'letters',
  folder,
  id: null,
  unreadOnly,
});
const drafts = (only: DraftFilter): Route => ({ at: 'letters', folder: 'drafts', id: null, only });

const counters: readonly (readonly [keyof Counters, IconName, Route])[] = [
  ['toSign', 'pen', list('toSign')],
  ['notSent', 'outgoing', list('notSent')],
  ['toReview', 'check', list('toReview')],
  ['incomingUnread', 'incoming', list('incoming', true)],
  ['notFollowedUp', 'warning', list('notFollowedUp')],
  ['dispositionsUnread', 'people', list('dispositions', true)],
  ['dispositionsOpen', 'people', list('dispositions')],
  ['copiesUnread', 'letters', list('incoming', true)],
  ['given', 'clock', list('given')],
  ['returned', 'remark', drafts('returned')],
  ['drafts', 'draft', list('drafts')],
  ['inProcess', 'clock', list('inProcess')],
  ['interrupted', 'warning', drafts('interrupted')],
  ['sentUnread', 'outgoing', list('outgoing', true)],
];

/** What waits only for those who write. */
const ofWriters: ReadonlySet<keyof Counters> = new Set<keyof Counters>([
  'notSent',
  'given',
  'returned',
  'drafts',
  'inProcess',
  'interrupted',
  'sentUnread',
]);

export function Home(props: {
  readonly session: Session;
  readonly notices: Reading<readonly Notice[]>;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const may = useMay();
  const mayWrite = may('letters.create');
  const principals = props.session.deputyFor.map((principal) => principal.name);
  const read = useReading('counters', () => eletter.home.counters({}));
  const unread = props.notices.value?.filter((notice) => notice.readAt === null) ?? [];

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
          {read.slow && <Skeleton lines={4} />}
          {read.value && (
            <ul className="ledger">
              {counters.map(([key, icon, to]) => {
                const value = read.value?.[key] ?? 0;
                // Of work that the person's roles never bring there is nothing to say while there is none.
                const never =
                  (ofWriters.has(key) && !mayWrite) ||
                  (key === 'toSign' && !may('letters.sign')) ||
                  (key === 'toReview' && !may('letters.approve'));
                if (value === 0 && never) return null;
                return (
                  <li key={key}>
                    <button
                      type="button"
                      className={value > 0 ? 'ledger-row ledger-row-open' : 'ledger-row'}
                      onClick={() => go(to)}
                    >
                      <Icon name={icon} />
                      <span className="grow">{text.home.counters[key]}</span>
                      <span className="ledger-count">{count(value, language)}</span>
                      <Icon name="chevron" small />
                    </button>
                  </li>
                );
              })}
            </ul>
          )}
        </section>
        <section className="stack-tight">
          <div className="section-head">
            <h2 className="grow">{text.home.notices}</h2>
            <Button kind="quiet" onPress={() => go({ at: 'notices' })}>
              {text.home.allNotices}
            </Button>
          </div>
          {props.notices.error && <ErrorBanner error={props.notices.error} onRetry={props.notices.reload} />}
          {props.notices.value && unread.length === 0 && <p className="soft">{text.home.quiet}</p>}
          {unread.length > 0 && <NoticeList notices={unread.slice(0, 5)} />}
        </section>
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
