import { useState, type ReactElement } from 'react';
import type { Result } from '../../../main/core/contract/index.ts';
import { newPassphraseErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { say } from '../../lib/messages.ts';
import { PassphraseField } from '../../ui/fields.tsx';
import { BoxForm, useSending } from '../../ui/Form.tsx';

const nothing = { current: '', next: '', again: '' };

/** The passphrase of now, and the new one twice. What was typed goes only when the change has happened. */
export function ChangePassphrase(props: {
  readonly of: 'account' | 'signing';
  readonly minimum: number;
  readonly change: (input: { current: string; next: string }) => Promise<Result<null>>;
}): ReactElement {
  const text = useText();
  const words: Catalogue['changing']['account'] = text.changing[props.of];
  const sending = useSending();
  const [typed, setTyped] = useState(nothing);
  const wrong = newPassphraseErrors(typed.next, typed.again, props.minimum, text);
  const { tried, at } = sending;

  const set = (part: Partial<typeof nothing>): void => {
    setTyped({ ...typed, ...part });
    sending.forget();
  };
  const atCurrent = at('PASSPHRASE_WRONG', 'SIGNING_PASSPHRASE_WRONG') && words.wrong;
  const atNext = (at('PASSPHRASES_EQUAL') && words.equal) ?? at('PASSPHRASE_WEAK');

  return (
    <BoxForm
      title={words.title}
      text={words.text}
      sending={sending}
      confirm={words.confirm}
      running={text.changing.pending}
      shownAtField={['PASSPHRASE_WRONG', 'SIGNING_PASSPHRASE_WRONG', 'PASSPHRASES_EQUAL', 'PASSPHRASE_WEAK']}
      onSubmit={() =>
        sending.send(
          typed.current === '' || wrong.next !== undefined || wrong.again !== undefined,
          () => props.change({ current: typed.current, next: typed.next }),
          () => {
            setTyped(nothing);
            say(words.done);
          },
        )
      }
    >
      <div className="columns">
        <PassphraseField
          label={words.current}
          value={typed.current}
          autoComplete="current-password"
          error={atCurrent ?? (tried && typed.current === '' ? text.common.required : undefined)}
          onChange={(current) => set({ current })}
        />
        <PassphraseField
          label={words.next}
          value={typed.next}
          autoComplete="new-password"
          error={atNext ?? (tried ? wrong.next : undefined)}
          onChange={(next) => set({ next })}
        />
        <PassphraseField
          label={words.again}
          value={typed.again}
          autoComplete="new-password"
          error={tried ? wrong.again : undefined}
          onChange={(again) => set({ again })}
        />
      </div>
    </BoxForm>
  );
}
