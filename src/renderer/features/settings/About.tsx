import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { Siger } from '../../ui/icons.tsx';

export function About({ version }: { readonly version: string }): ReactElement {
  const text = useText();
  return (
    <div className="stack">
      <div className="brand">
        <Siger />
        <span>
          {text.app.name}
          <span className="help about-version">{text.settings.version(version)}</span>
        </span>
      </div>
      <p>{text.settings.aboutText}</p>
      <p>{text.settings.disclaimer}</p>
      <p>{text.settings.contact}</p>
    </div>
  );
}
