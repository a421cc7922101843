import { useState, type ReactElement } from 'react';
import { languages, type ErrorShape } from '../../../main/core/contract/index.ts';
import { showLanguage, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceGroup } from '../../ui/fields.tsx';
import { ErrorBanner, ScreenTitle } from '../../ui/parts.tsx';
import { RestoreButton } from '../backups/RestoreButton.tsx';
import { WhichFolder } from '../backups/WhichFolder.tsx';

export function LanguageStep({ onNext }: { readonly onNext: () => void }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const [refused, setRefused] = useState<ErrorShape | null>(null);
  return (
    <>
      <ScreenTitle>{text.firstRun.languageTitle}</ScreenTitle>
      <p>{text.firstRun.languageText}</p>
      <ChoiceGroup
        label={text.app.language}
        hideLabel
        startsFocused
        value={language}
        choices={languages.map((value) => ({ value, label: text.languages[value] }))}
        // Nothing is kept until the policy was read: a person who declines leaves no trace.
        onChange={showLanguage}
      />
      <div className="line">
        <Button kind="primary" onPress={onNext}>
          {text.common.next}
        </Button>
      </div>
      <div className="sheet-foot">
        <p>{text.backups.newMachine}</p>
        <WhichFolder />
        {refused && <ErrorBanner error={refused} />}
        <div className="line">
          <RestoreButton kind="quiet" onRefused={setRefused} />
        </div>
      </div>
    </>
  );
}
