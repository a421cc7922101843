import type { ReactElement } from 'react';
import type { Session } from '../../../main/core/contract/index.ts';
import { go, settingsSections, type SettingsSection } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { Backups } from '../backups/Backups.tsx';
import { About } from './About.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { Certificates } from './Certificates.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { Office } from './Office.tsx';
import { PassphraseSettings } from './PassphraseSettings.tsx';
import { People } from './People.tsx';
import { PolicySettings } from './PolicySettings.tsx';
import { Trust } from './Trust.tsx';

const icons: Readonly<Record<SettingsSection, IconName>> = {
  appearance: 'eye',
  certificates: 'certificate',
  passphrases: 'key',
  backups: 'save',
  people: 'people',
  office: 'letters',
  trust: 'verify',
  notices: 'bell',
  policy: 'draft',
  about: 'info',
};

export function Settings(props: {
  readonly section: SettingsSection;
  readonly session: Session;
  readonly version: string;
}): ReactElement {
  const text = useText();
  const { section, session } = props;
  const administrator = session.role === 'administrator';
  return (
    <div className="settings">
      <nav className="folders" aria-label={text.settings.sections} data-pane="sections" tabIndex={-1}>
        <p className="folders-title">{text.settings.title}</p>
        <ul>
          {settingsSections.map((name) => (
            <li key={name}>
              <button
                type="button"
                className="folder"
                aria-current={name === section ? 'page' : undefined}
                onClick={() => go({ at: 'settings', section: name })}
              >
                <Icon name={icons[name]} />
                <span className="grow">{text.settings.section[name]}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="screen stack" data-pane="settings" tabIndex={-1}>
        <ScreenTitle>{text.settings.section[section]}</ScreenTitle>
        {section === 'appearance' && <AppearanceSettings />}
        {section === 'certificates' && <Certificates session={session} />}
        {section === 'passphrases' && <PassphraseSettings administrator={administrator} />}
        {section === 'backups' && <Backups administrator={administrator} />}
        {section === 'people' && <People session={session} />}
        {section === 'office' && <Office editable={administrator} />}
        {section === 'trust' && <Trust editable={administrator} />}
        {section === 'notices' && <NotificationSettings />}
        {section === 'policy' && <PolicySettings />}
        {section === 'about' && <About version={props.version} />}
      </div>
    </div>
  );
}
