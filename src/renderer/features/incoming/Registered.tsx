/** Done: the agenda number, large enough to copy onto the paper. */
import type { ReactElement } from 'react';
import { go } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { SubTitle } from '../../ui/parts.tsx';
import { beginNext, type Done } from './entry.ts';

export function Registered({ done }: { readonly done: Done }): ReactElement {
  const words = useText().incoming;
  const { agenda } = done;
  return (
    <section className="register-done stack">
      <SubTitle>{words.doneTitle}</SubTitle>
      <p className="register-agenda">
        <span className="soft">{words.agendaNumber}</span>
        <strong>
          {agenda.sequence}/{agenda.year}
        </strong>
        <span className="soft">{agenda.unit}</span>
      </p>
      <p>{words.doneText(done.names.join(', '))}</p>
      <p className="soft">{words.doneHint}</p>
      <div className="line">
        <Button kind="primary" icon="plus" startsFocused onPress={beginNext}>
          {words.next}
        </Button>
        <Button
          icon="letters"
          onPress={() => {
            beginNext();
            go({ at: 'letters', folder: 'unit', id: done.id });
          }}
        >
          {words.openLetter}
        </Button>
      </div>
    </section>
  );
}
