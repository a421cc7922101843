/** Who may date a letter back: a setting of the whole office. */
import type { ReactElement } from 'react';
import { backDating } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { ChoiceGroup } from '../../ui/fields.tsx';

export function BackDating(): ReactElement | null {
  const words = useText().numbers;
  const settings = useReading('numbers settings', () => eletter.numbers.settings({}));
  if (!settings.value) return null;
  return (
    <section className="box" aria-label={words.backDating}>
      <ChoiceGroup
        label={words.backDating}
        value={settings.value.backDating}
        choices={backDating.map((value) => ({ value, label: words.backDatings[value] }))}
        onChange={(value) => {
          void eletter.numbers.saveSettings({ backDating: value }).then((result) => {
            if (!result.ok) {
              sayError(result.error);
              return;
            }
            say(words.settingsSaved);
            noteChange();
          });
        }}
      />
    </section>
  );
}
