/** What one addressee has made of a letter, and what the person at work may do about it. */
import { useState, type ReactElement, type ReactNode } from 'react';
import type { FollowUp, IncomingDetail, Result } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { dateTime } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/parts.tsx';
import { NotNeededDialog, TakeOverDialog } from './FollowUpDialogs.tsx';

type Asked = 'takeOver' | 'settle' | null;

export function FollowUpRow(props: {
  readonly id: string;
  readonly one: FollowUp;
  /** The only addressee: the name goes without saying where it is the person at work. */
  readonly alone: boolean;
  /** What else the person at work may do with the letter, among these buttons. */
  readonly more?: ReactNode;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  const language = useLanguage();
  const [running, setRunning] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const { id, one } = props;
  const { accountId, may } = one;
  const target = { id, accountId };
  const run = async (call: () => Promise<Result<IncomingDetail>>, done: string): Promise<void> => {
    setRunning(true);
    const result = await call();
    setRunning(false);
    if (result.ok) {
      say(done);
      noteChange();
    } else sayError(result.error);
  };
  const when = (moment: string | null): string => (moment === null ? '' : dateTime(moment, language));
  const named = !props.alone || !one.mine;
  const said = stateWords(one, text, when);
  return (
    <div className="incoming-follow-up stack-tight">
      <p className="line">
        <StateChip one={one} />
        <span className="grow">
          {named && (
            <span className="soft">
              {words.forWhom(one.post || one.name)}
              {one.left && ` (${words.accountRevoked})`}
              {said === '' ? '' : ': '}
            </span>
          )}
          {said}
        </span>
      </p>
      {one.settledHow !== null && one.reason !== '' && <p className="incoming-reason">“{one.reason}”</p>}
      {(may.length > 0 || props.more !== undefined) && (
        <div className="line incoming-actions">
          {may.includes('claim') && (
            <Button
              icon="person"
              isPending={running}
              onPress={() =>
                void run(() => eletter.incoming.claim({ ...target, takeOver: false }), words.claimed)
              }
            >
              {words.claim}
            </Button>
          )}
          {may.includes('unclaim') && (
            <Button
              isPending={running}
              onPress={() => void run(() => eletter.incoming.unclaim(target), words.unclaimed)}
            >
              {words.unclaim}
            </Button>
          )}
          {may.includes('takeOver') && (
            <Button icon="person" onPress={() => setAsked('takeOver')}>
              {words.takeOver}
            </Button>
          )}
          {props.more}
          {may.includes('settle') && (
            <Button icon="check" onPress={() => setAsked('settle')}>
              {words.notNeeded}
            </Button>
          )}
          {may.includes('reopen') && (
            <Button
              icon="undo"
              isPending={running}
              onPress={() => void run(() => eletter.incoming.reopen(target), words.reopened)}
            >
              {words.reopen}
            </Button>
          )}
        </div>
      )}
      {asked === 'takeOver' && (
        <TakeOverDialog target={target} name={one.claimedBy} onClose={() => setAsked(null)} />
      )}
      {asked === 'settle' && <NotNeededDialog target={target} onClose={() => setAsked(null)} />}
    </div>
  );
}

function StateChip({ one }: { readonly one: FollowUp }): ReactElement {
  const words = useText().incoming;
  if (one.settledHow !== null)
    return (
      <Chip tone="good" icon="check">
        {words.settled[one.settledHow]}
      </Chip>
    );
  return one.claimedAt === null ? (
    <Chip tone="unsure" icon="clock">
      {words.notHandled}
    </Chip>
  ) : (
    <Chip tone="action" icon="person">
      {words.handled}
    </Chip>
  );
}

/** The rest of the sentence that the chip begins. */
function stateWords(one: FollowUp, text: Catalogue, when: (moment: string | null) => string): string {
  const words = text.incoming;
  if (one.settledHow !== null)
    return one.settledBy === '' ? when(one.settledAt) : words.settledBy(one.settledBy, when(one.settledAt));
  if (one.claimedAt === null) return '';
  const who = one.claimedByMe
    ? words.handledByMe(when(one.claimedAt))
    : words.handledBy(one.claimedBy, when(one.claimedAt));
  return one.claimedFrom === '' ? who : `${who} (${words.takenFrom(one.claimedFrom)})`;
}
