import type { ReactElement } from 'react';
import type { Session } from '../../../main/core/contract/index.ts';
import { go, settingsGroups, useMay, useSections, type SettingsSection } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { SelectField } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { AddressBook } from '../addresses/AddressBook.tsx';
import { Audit } from '../audit/Audit.tsx';
import { Authority } from '../authority/Authority.tsx';
import { Backups } from '../backups/Backups.tsx';
import { MyDataScreen } from '../mydata/MyDataScreen.tsx';
import { Offices } from '../paper/Offices.tsx';
import { People } from '../people/People.tsx';
import { Templates } from '../templates/Templates.tsx';
import { About } from './About.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { Certificates } from './Certificates.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { Office } from './Office.tsx';
import { PassphraseSettings } from './PassphraseSettings.tsx';
import { PolicySettings } from './PolicySettings.tsx';
import { Security } from './Security.tsx';
import { SigningServices } from './SigningServices.tsx';
import { Trust } from './Trust.tsx';

const icons: Readonly<Record<SettingsSection, IconName>> = {
  appearance: 'eye',
  certificates: 'certificate',
  passphrases: 'key',
  mydata: 'person',
  security: 'lock',
  signing: 'pen',
  audit: 'ordered',
  backups: 'save',
  people: 'people',
  addresses: 'folder',
  office: 'letters',
  templates: 'draft',
  trust: 'verify',
  offices: 'print',
  authority: 'certificate',
  notices: 'bell',
  policy: 'draft',
  about: 'info',
};

const groups = ['mine', 'office', 'application'] as const;

export function Settings(props: {
  readonly section: SettingsSection;
  readonly session: Session;
  readonly version: string;
}): ReactElement {
  const text = useText();
  const { section, session } = props;
  const may = useMay();
  const shows = useSections();
  return (
    <div className="settings">
      <nav className="folders" aria-label={text.settings.sections} data-pane="sections" tabIndex={-1}>
        <p className="folders-title">{text.settings.title}</p>
        <div className="folders-choice">
          <SelectField
            label={text.settings.sections}
            value={section}
            choices={groups
              .flatMap((group): readonly SettingsSection[] => settingsGroups[group])
              .filter(shows)
              .map((value) => ({ value, label: text.settings.section[value] }))}
            onChange={(next) => go({ at: 'settings', section: next })}
          />
        </div>
        {groups.map((group) => (
          <div key={group} className="folder-group">
            <p className="folder-group-title">{text.settings.group[group]}</p>
            <ul aria-label={text.settings.group[group]}>
              {settingsGroups[group].filter(shows).map((name) => (
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
          </div>
        ))}
      </nav>
      <div className="screen stack" data-pane="settings" tabIndex={-1}>
        <ScreenTitle>{text.settings.section[section]}</ScreenTitle>
        {section === 'appearance' && <AppearanceSettings />}
        {section === 'certificates' && <Certificates session={session} />}
        {section === 'passphrases' && <PassphraseSettings administrator={may('vault.newRecoveryKey')} />}
        {section === 'backups' && <Backups administrator={may('backup.setFolder')} />}
        {section === 'people' && <People session={session} />}
        {section === 'addresses' && <AddressBook />}
        {section === 'office' && <Office editable={may('office.save')} />}
        {section === 'templates' && may('templates.read') && <Templates />}
        {section === 'trust' && <Trust editable={may('trust.add')} />}
        {section === 'offices' && <Offices session={session} />}
        {section === 'authority' && may('authority.status') && <Authority />}
        {section === 'mydata' && <MyDataScreen session={session} />}
        {section === 'security' && may('security.save') && <Security />}
        {section === 'signing' && may('services.save') && <SigningServices />}
        {section === 'audit' && may('audit.list') && <Audit session={session} />}
        {section === 'notices' && <NotificationSettings editable={may('reminders.saveSettings')} />}
        {section === 'policy' && <PolicySettings />}
        {section === 'about' && <About version={props.version} />}
      </div>
    </div>
  );
}
