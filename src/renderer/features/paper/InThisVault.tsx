/** The letter that a code names, where it is in this vault and the person may read it. */
import type { ReactElement } from 'react';
import type { StatementFacts } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';

export function InThisVault({ facts }: { readonly facts: StatementFacts }): ReactElement | null {
  const text = useText();
  const { number, date, digest } = facts;
  const found = useReading(`paper ${digest} ${number}`, () =>
    eletter.statement.findLetter({ number, date, digest }),
  );
  const letter = found.value?.letter;
  if (!letter) return null;
  const { state } = letter;
  const over = state === 'withdrawn' || state === 'revoked' || state === 'replaced' ? state : null;
  return (
    <Banner
      tone={letter.sameContent && over === null ? 'good' : 'bad'}
      actions={
        <Button
          onPress={() => go({ at: 'letters', folder: letter.mine ? 'outgoing' : 'incoming', id: letter.id })}
        >
          {text.paper.open}
        </Button>
      }
    >
      {letter.sameContent ? text.paper.here : text.paper.hereOther}
      {over !== null && (
        <p>
          <strong>{text.review.notInForce[over]}</strong>
        </p>
      )}
    </Banner>
  );
}
