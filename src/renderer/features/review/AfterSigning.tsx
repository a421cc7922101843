/** What may still happen to a letter that was sent: taken back while unread, replaced or revoked by a later one. */
import { useState, type ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { LetterDetail, Succession } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';

const calls = { replace: 'replaces', revoke: 'revokes' } as const;

export function AfterSigning({ letter }: { readonly letter: LetterDetail }): ReactElement | null {
  const words = useText().review;
  const [withdrawing, setWithdrawing] = useState(false);
  const [pending, setPending] = useState(false);
  // Once somebody has opened it, it can be replaced or revoked, and not taken back.
  const opened = letter.deliveries.some((one) => one.internal && one.readAt !== null);
  const offered = (['withdraw', 'replace', 'revoke'] as const).filter(
    (action) => letter.may.includes(action) && !(action === 'withdraw' && opened),
  );

  const succeed = async (kind: Succession): Promise<void> => {
    setPending(true);
    const result = await eletter.letters.succeed({ id: letter.id, kind });
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    go({ at: 'letters', folder: 'drafts', id: result.value.id });
    say(words.succeeded[kind]);
    noteChange();
  };

  const [first, ...more] = offered;
  if (!first) return null;
  const act = (action: (typeof offered)[number]): void => {
    if (action === 'withdraw') setWithdrawing(true);
    else void succeed(calls[action]);
  };
  if (more.length === 0 && first !== 'withdraw')
    return (
      <Button icon="undo" isPending={pending} onPress={() => act(first)}>
        {words[first]}
      </Button>
    );
  const label = first === 'withdraw' ? words.after : words.afterRead;
  return (
    <>
      <MenuTrigger>
        <Button icon="undo" isPending={pending}>
          {label}
        </Button>
        <Popover className="popover" placement="bottom start">
          <Menu
            className="menu"
            aria-label={label}
            onAction={(key) => {
              const chosen = offered.find((action) => action === key);
              if (chosen) act(chosen);
            }}
          >
            {offered.map((action) => (
              <MenuItem key={action} id={action} className="menu-item" textValue={words[action]}>
                {words[action]}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {withdrawing && <ReasonDialog act="withdraw" letter={letter} onClose={() => setWithdrawing(false)} />}
    </>
  );
}
