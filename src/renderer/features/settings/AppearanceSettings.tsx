import type { ReactElement } from 'react';
import { languages } from '../../../main/core/contract/index.ts';
import { setLanguage } from '../../app/app-store.ts';
import { densities, setAppearance, themes, useAppearance } from '../../lib/appearance.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { ChoiceGroup } from '../../ui/fields.tsx';

export function AppearanceSettings(): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { theme, density } = useAppearance();
  return (
    <div className="columns">
      <ChoiceGroup
        label={text.app.language}
        value={language}
        choices={languages.map((value) => ({ value, label: text.languages[value] }))}
        onChange={(value) => void setLanguage(value)}
      />
      <ChoiceGroup
        label={text.settings.theme}
        value={theme}
        choices={themes.map((value) => ({ value, label: text.settings.themes[value] }))}
        onChange={(value) => setAppearance({ theme: value })}
      />
      <ChoiceGroup
        label={text.settings.density}
        value={density}
        choices={densities.map((value) => ({ value, label: text.settings.densities[value] }))}
        onChange={(value) => setAppearance({ density: value })}
      />
    </div>
  );
}
