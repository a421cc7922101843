import type { ReactElement } from 'react';
import { go } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';

/** In the place of a form that signs: somebody without a certificate is shown where to get one. */
export function NeedsCertificate(props: { readonly title: string; readonly text: string }): ReactElement {
  const text = useText();
  return (
    <section className="box stack-tight" aria-label={props.title}>
      <h2 className="minor">{props.title}</h2>
      <p>{props.text}</p>
      <div className="line">
        <Button onPress={() => go({ at: 'settings', section: 'certificates' })}>
          {text.home.prepareIdentity}
        </Button>
      </div>
    </section>
  );
}
