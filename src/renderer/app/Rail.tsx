import type { ReactElement } from 'react';
import { mayCall, type Session } from '../../main/core/contract/index.ts';
import { count } from '../lib/format.ts';
import { useLanguage, useText } from '../lib/i18n/index.ts';
import { Icon, Siger, type IconName } from '../ui/icons.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { go, lock, type Route } from './app-store.ts';

export function Rail(props: {
  readonly route: Route;
  readonly unread: number;
  readonly session: Session;
}): ReactElement {
  const { route, unread } = props;
  const text = useText();
  const language = useLanguage();
  const place = (icon: IconName, label: string, to: Route, badge = 0): ReactElement => (
    <li>
      <button
        type="button"
        className="rail-item"
        aria-current={route.at === to.at ? 'page' : undefined}
        onClick={() => go(to)}
      >
        <span className="rail-icon">
          <Icon name={icon} />
          {badge > 0 && (
            <span className="rail-badge" aria-hidden="true">
              {badge > 99 ? '99+' : badge}
            </span>
          )}
        </span>
        <span>{label}</span>
        {badge > 0 && (
          <span className="hidden-visually">: {text.rail.unreadNotices(count(badge, language))}</span>
        )}
      </button>
    </li>
  );

  return (
    <nav className="rail" aria-label={text.rail.label} data-pane="rail" tabIndex={-1}>
      <Siger />
      <ul className="rail-list">
        {place('home', text.rail.home, { at: 'home' })}
        {place('letters', text.rail.letters, { at: 'letters', folder: 'incoming', id: null })}
        {place('search', text.search.rail, { at: 'search', id: null })}
        {place('verify', text.rail.verify, { at: 'verify' })}
        {mayCall('numbers.books', props.session.roles) &&
          place('ordered', text.rail.numbers, { at: 'numbers' })}
        <li className="rail-space" aria-hidden="true" />
        {place('bell', text.rail.notices, { at: 'notices' }, unread)}
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
