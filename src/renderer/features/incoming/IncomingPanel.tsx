/** Of a letter that came in: its agenda number, who takes care of it, and what is to be done with it. */
import { useState, type ReactElement } from 'react';
import { isSignedState, type IncomingDetail, type LetterDetail } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { FollowUpRow } from './FollowUpRow.tsx';
import { ReplyAnyway } from './FollowUpDialogs.tsx';

/** @param asked false for a letter that is still being written: nobody has received it. */
export const useIncoming = (id: string, asked: boolean): IncomingDetail | null =>
  useReading<IncomingDetail | null>(`incoming-${id}-${asked}`, async () =>
    asked ? eletter.incoming.read({ id }) : { ok: true, value: null },
  ).value;

export function IncomingPanel(props: {
  readonly letter: LetterDetail;
  readonly incoming: IncomingDetail;
}): ReactElement | null {
  const text = useText();
  const words = text.incoming;
  const language = useLanguage();
  const { letter, incoming } = props;
  const { agenda, followUps, replies } = incoming;
  const underWay = replies.filter((one) => !isSignedState(one.state));
  if (agenda.length === 0 && followUps.length === 0) return null;
  const own = followUps.find((one) => one.mine);
  // What else is done with a letter that came in, such as a disposition, has its button here.
  const more = incoming.mayReply && <ReplyButton id={letter.id} />;
  return (
    <section className="incoming-panel stack-tight" aria-label={words.panel}>
      {agenda.map((one) => (
        <p key={`${one.unit} ${one.year} ${one.sequence}`} className="incoming-agenda">
          <strong>{words.agenda(String(one.sequence), String(one.year), one.unit)}</strong>
          {one.state === 'batal' && ` (${words.agendaBatal})`}
          <span className="soft"> · {words.received(plainDate(one.receivedOn, language))}</span>
        </p>
      ))}
      {followUps.map((one) => (
        <FollowUpRow
          key={one.accountId}
          id={letter.id}
          one={one}
          alone={followUps.length === 1}
          more={one === own ? more : undefined}
        />
      ))}
      {underWay.map((one) => (
        <Banner
          key={`${one.name} ${one.letterId ?? ''}`}
          tone="plain"
          actions={
            one.letterId !== null && (
              <Button onPress={() => go({ at: 'letters', folder: 'drafts', id: one.letterId })}>
                {words.openReply}
              </Button>
            )
          }
        >
          {one.mine ? words.replyMine : words.replyBegun(one.name)}
        </Banner>
      ))}
      {!own && incoming.mayReply && <div className="line incoming-actions">{more}</div>}
    </section>
  );
}

function ReplyButton({ id }: { readonly id: string }): ReactElement {
  const words = useText().incoming;
  const [running, setRunning] = useState(false);
  const [begun, setBegun] = useState<string | null>(null);
  const reply = async (evenThough: boolean): Promise<void> => {
    setRunning(true);
    const result = await eletter.incoming.reply({ id, evenThough });
    setRunning(false);
    if (result.ok) {
      noteChange();
      go({ at: 'letters', folder: 'drafts', id: result.value.id });
    } else if (result.error.code === 'INCOMING_REPLY_BEGUN')
      setBegun(String(result.error.params?.['name'] ?? ''));
    else sayError(result.error);
  };
  return (
    <>
      <Button icon="pen" isPending={running} onPress={() => void reply(false)}>
        {words.reply}
      </Button>
      {begun !== null && (
        <ReplyAnyway
          name={begun}
          running={running}
          onClose={() => setBegun(null)}
          onReply={() => void reply(true)}
        />
      )}
    </>
  );
}
