import { useState, type ReactElement } from 'react';
import type { WaitingRequest } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { dayOf } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { CaPassphrase } from './CaPassphrase.tsx';
import { Days, usualSpan, type Span } from './Days.tsx';

interface Answering {
  readonly asked: WaitingRequest;
  readonly onClose: () => void;
}

/** People of this vault who asked for a certificate; whoever waited longest comes first. */
export function WaitingRequests({ waiting }: { readonly waiting: readonly WaitingRequest[] }): ReactElement {
  const words = useText().authority.waiting;
  const language = useLanguage();
  const [open, setOpen] = useState<{ readonly id: string; readonly answer: 'approve' | 'refuse' } | null>(
    null,
  );
  const asked = waiting.find((one) => one.id === open?.id);
  return (
    <section className="box stack" aria-label={words.title}>
      <h2 className="minor">{words.title}</h2>
      {waiting.length === 0 && <p className="soft">{words.none}</p>}
      {waiting.length > 0 && (
        <ul className="ledger" aria-label={words.title}>
          {waiting.map((one) => (
            <li key={one.id} className="delivery">
              <span className="grow person-words">
                <strong>{one.name}</strong>
                <span className="help delivery-times">
                  {[one.post, one.unit, words.asked(dayOf(one.madeAt, language))].filter(Boolean).join(' · ')}
                </span>
              </span>
              <span className="line">
                <Button
                  kind="quiet"
                  aria-label={words.refuseOf(one.name)}
                  onPress={() => setOpen({ id: one.id, answer: 'refuse' })}
                >
                  {words.refuse}
                </Button>
                <Button
                  icon="check"
                  aria-label={words.approveOf(one.name)}
                  onPress={() => setOpen({ id: one.id, answer: 'approve' })}
                >
                  {words.approve}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {asked && open?.answer === 'approve' && <Approve asked={asked} onClose={() => setOpen(null)} />}
      {asked && open?.answer === 'refuse' && <Refuse asked={asked} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Approve({ asked, onClose }: Answering): ReactElement {
  const text = useText();
  const words = text.authority.waiting;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const [days, setDays] = useState<Span>(usualSpan);
  return (
    <FormDialog
      title={words.approveTitle(asked.name)}
      sending={sending}
      confirm={words.approveConfirm}
      running={text.authority.working}
      shownAtField={['CA_PASSPHRASE_WRONG']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.authority.approve({ id: asked.id, passphrase, days: Number(days) }),
          () => {
            onClose();
            say(words.approved(asked.name));
            noteChange();
          },
        )
      }
    >
      <p>{words.approveText}</p>
      <p className="help">
        {[asked.post, asked.unit].filter(Boolean).join(' · ')} · {asked.algorithm}
      </p>
      <Days value={days} onChange={setDays} />
      <CaPassphrase value={passphrase} sending={sending} startsFocused onChange={setPassphrase} />
    </FormDialog>
  );
}

function Refuse({ asked, onClose }: Answering): ReactElement {
  const text = useText();
  const words = text.authority.waiting;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '';
  return (
    <FormDialog
      title={words.refuseTitle(asked.name)}
      sending={sending}
      confirm={words.refuseConfirm}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          missing,
          () => eletter.authority.refuse({ id: asked.id, reason: reason.trim() }),
          () => {
            onClose();
            say(words.refused);
            noteChange();
          },
        )
      }
    >
      <TextField
        label={words.refuseReason}
        value={reason}
        lines={3}
        maxLength={500}
        startsFocused
        spellCheck
        error={sending.tried && missing ? text.common.required : undefined}
        onChange={setReason}
      />
    </FormDialog>
  );
}
