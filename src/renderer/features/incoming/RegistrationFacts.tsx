/** How a letter from outside was registered, with what its registrar may still do about it. */
import { useState, type ReactElement } from 'react';
import type { IncomingDetail, IncomingFacts, Registration } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { FactFields, factsWrong } from './EntryFields.tsx';

export function RegistrationFacts(props: {
  readonly id: string;
  readonly incoming: IncomingDetail;
}): ReactElement | null {
  const text = useText();
  const words = text.incoming;
  const language = useLanguage();
  const [asked, setAsked] = useState<'correct' | 'void' | null>(null);
  const { id, incoming } = props;
  const { registration } = incoming;
  if (!registration) return null;
  const about = { all: words.textAll, part: words.textPart, none: words.textNone }[registration.text];
  const pages = registration.pages > 0 ? ` · ${words.pages(count(registration.pages, language))}` : '';
  const searchable = registration.source === 'paper' || registration.locked ? '' : `. ${about}`;
  return (
    <div className="stack-tight">
      <h2>{words.registration}</h2>
      <dl className="facts">
        <dt>{words.sender}</dt>
        <dd>{[registration.sender, registration.senderPlace].filter(Boolean).join(', ')}</dd>
        {registration.attachments && (
          <>
            <dt>{words.attachments}</dt>
            <dd>{registration.attachments}</dd>
          </>
        )}
        {registration.note && (
          <>
            <dt>{words.note}</dt>
            <dd className="incoming-note">{registration.note}</dd>
          </>
        )}
        <dt>{words.sourceLabel}</dt>
        <dd>
          {words.source[registration.source]}
          {pages}
          {searchable}
          {registration.locked && ` · ${words.locked}`}
        </dd>
        {registration.fileNames.length > 0 && (
          <>
            <dt>{words.fileNames}</dt>
            <dd>{registration.fileNames.join(', ')}</dd>
          </>
        )}
        <dt>{words.registeredBy}</dt>
        <dd>
          {registration.registeredBy} · {registration.unit} · {dateTime(registration.registeredAt, language)}
        </dd>
      </dl>
      {(incoming.mayCorrect || incoming.mayVoid) && (
        <div className="line incoming-actions">
          {incoming.mayCorrect && (
            <Button icon="pen" onPress={() => setAsked('correct')}>
              {words.correct}
            </Button>
          )}
          {incoming.mayVoid && (
            <Button icon="bin" onPress={() => setAsked('void')}>
              {words.void}
            </Button>
          )}
        </div>
      )}
      {asked === 'correct' && (
        <CorrectDialog id={id} registration={registration} onClose={() => setAsked(null)} />
      )}
      {asked === 'void' && <VoidDialog id={id} onClose={() => setAsked(null)} />}
    </div>
  );
}

const factsOf = (one: Registration): IncomingFacts => ({
  sender: one.sender,
  senderPlace: one.senderPlace,
  number: one.number,
  date: one.date,
  receivedOn: one.receivedOn,
  subject: one.subject,
  kind: one.kind,
  classification: one.classification,
  urgency: one.urgency,
  attachments: one.attachments,
  note: one.note,
});

function CorrectDialog(props: {
  readonly id: string;
  readonly registration: Registration;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  const sending = useSending();
  const [facts, setFacts] = useState(() => factsOf(props.registration));
  const wrong = factsWrong(facts, text);
  return (
    <FormDialog
      title={words.correctTitle}
      wide
      sending={sending}
      confirm={words.correctConfirm}
      shownAtField={['INCOMING_DATE', 'INCOMING_YEAR']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          wrong !== null,
          () => eletter.incoming.correct({ id: props.id, facts }),
          () => {
            say(words.corrected);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p className="help">{words.correctText}</p>
      <FactFields
        facts={facts}
        errors={sending.tried ? wrong : null}
        numberHelp={words.noNumber}
        receivedError={sending.at('INCOMING_DATE', 'INCOMING_YEAR')}
        onChange={(change) => setFacts({ ...facts, ...change })}
      />
    </FormDialog>
  );
}

function VoidDialog(props: { readonly id: string; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.incoming;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const empty = reason.trim() === '';
  return (
    <FormDialog
      title={words.voidTitle}
      kind="danger"
      sending={sending}
      confirm={words.voidConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          empty,
          () => eletter.incoming.void({ id: props.id, reason: reason.trim() }),
          () => {
            say(words.voidedSaid);
            props.onClose();
            // Colleagues of who entered it do not see it any more.
            go({ at: 'letters', folder: 'unit', id: null });
            noteChange();
          },
        )
      }
    >
      <p>{words.voidText}</p>
      <TextField
        label={words.reason}
        value={reason}
        lines={2}
        startsFocused
        maxLength={500}
        error={sending.tried && empty ? text.common.required : undefined}
        onChange={setReason}
      />
    </FormDialog>
  );
}
