import type { ReactElement } from 'react';
import { mayCall, type Session } from '../../main/core/contract/index.ts';
import { count } from '../lib/format.ts';
import { useLanguage, useText } from '../lib/i18n/index.ts';
import { Icon, Siger, type IconName } from '../ui/icons.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { go, lock, type Route } from './app-store.ts';

interface Badge {
  readonly count: number;
  /** Only that there is something. */
  readonly dot: boolean;
  readonly words: string;
}

export function Rail(props: {
  readonly route: Route;
  /** Letters that wait for the person; the icon on the desktop shows the same. */
  readonly waiting: number;
  /** Notices; a dot is enough, their number is no work. */
  readonly unread: number;
  /** Proposals of the archive: how many the person may see, and how many wait for the person. */
  readonly archive: { readonly seen: number; readonly waiting: number };
  readonly session: Session;
}): ReactElement {
  const { route, waiting, unread } = props;
  const text = useText();
  const language = useLanguage();
  const place = (icon: IconName, label: string, to: Route, badge: Badge | null = null): ReactElement => (
    <li>
      <button
        type="button"
        className="rail-item"
        aria-current={
          route.at === to.at || (route.at === 'register' && to.at === 'letters') ? 'page' : undefined
        }
        onClick={() => go(to)}
      >
        <span className="rail-icon">
          <Icon name={icon} />
          {badge && (
            <span className={badge.dot ? 'rail-dot' : 'rail-badge'} aria-hidden="true">
              {badge.dot ? '' : badge.count > 99 ? '99+' : badge.count}
            </span>
          )}
        </span>
        <span>{label}</span>
        {badge && <span className="hidden-visually">: {badge.words}</span>}
      </button>
    </li>
  );

  return (
    <nav className="rail" aria-label={text.rail.label} data-pane="rail" tabIndex={-1}>
      <Siger />
      <ul className="rail-list">
        {place(
          'home',
          text.rail.home,
          { at: 'home' },
          waiting > 0
            ? { count: waiting, dot: false, words: text.reminders.waitingLetters(count(waiting, language)) }
            : null,
        )}
        {place('letters', text.rail.letters, { at: 'letters', folder: 'incoming', id: null })}
        {place('search', text.search.rail, { at: 'search', id: null })}
        {place('verify', text.rail.verify, { at: 'verify' })}
        {mayCall('numbers.books', props.session.roles) &&
          place('ordered', text.rail.numbers, { at: 'numbers' })}
        {(mayCall('archive.files', props.session.roles) || props.archive.seen > 0) &&
          place(
            'archive',
            text.archive.rail,
            {
              at: 'archive',
              view: mayCall('archive.files', props.session.roles) ? 'files' : 'proposals',
              id: null,
            },
            props.archive.waiting > 0
              ? {
                  count: props.archive.waiting,
                  dot: false,
                  words: text.archive.waiting(count(props.archive.waiting, language)),
                }
              : null,
          )}
        <li className="rail-space" aria-hidden="true" />
        {place(
          'bell',
          text.rail.notices,
          { at: 'notices' },
          unread > 0
            ? { count: unread, dot: true, words: text.rail.unreadNotices(count(unread, language)) }
            : null,
        )}
        {place('settings', text.rail.settings, { at: 'settings', section: 'appearance' })}
        <li>
          <AccountMenu session={props.session} />
        </li>
        <li>
          <button type="button" className="rail-item" onClick={() => void lock()}>
            <span className="rail-icon">
              <Icon name="lock" />
            </span>
            <span>{text.rail.lock}</span>
          </button>
        </li>
      </ul>
    </nav>
  );
}
