/** Who is at work here, what is kept on them, and the two ways to leave the desk. */
import type { ReactElement } from 'react';
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import type { Session } from '../../main/core/contract/index.ts';
import { initials } from '../lib/content.ts';
import { useText } from '../lib/i18n/index.ts';
import { go, lock, seal } from './app-store.ts';

export function AccountMenu({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  return (
    <MenuTrigger>
      <AriaButton className="rail-item" aria-label={text.rail.accountOf(session.name)}>
        <span className="rail-icon">
          <span className="initials" aria-hidden="true">
            {initials(session.name)}
          </span>
        </span>
        <span>{text.rail.account}</span>
      </AriaButton>
      <Popover className="popover" placement="right bottom">
        <Menu
          className="menu"
          aria-label={text.rail.accountMenu}
          onAction={(key) => {
            if (key === 'lock') void lock();
            else if (key === 'seal') void seal();
            else go({ at: 'settings', section: 'mydata' });
          }}
        >
          <MenuSection>
            <Header className="menu-head">
              <strong>{session.name}</strong>
              <span className="help">{session.post}</span>
            </Header>
            <MenuItem id="mydata" className="menu-item" textValue={text.rail.myData}>
              {text.rail.myData}
            </MenuItem>
            <MenuItem id="lock" className="menu-item" textValue={text.rail.lock}>
              {text.rail.lock}
              <span className="help">{text.rail.lockText}</span>
            </MenuItem>
            <MenuItem id="seal" className="menu-item" textValue={text.rail.seal}>
              {text.rail.seal}
              <span className="help">{text.rail.sealText}</span>
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
