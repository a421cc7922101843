/** Where a signed letter went; for those who keep its expedition book also what was handed over outside. */
import { useState, type ReactElement } from 'react';
import {
  classRules,
  type Dispatch,
  type DispatchState,
  type LetterDetail,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Chip, ErrorBanner } from '../../ui/parts.tsx';
import { Deliveries } from '../letters/Deliveries.tsx';
import { RecordDispatch } from './RecordDispatch.tsx';

export function Dispatches({ letter }: { readonly letter: LetterDetail }): ReactElement {
  const { id } = letter;
  const state = useReading(`dispatch-${id}`, () => eletter.dispatch.list({ id }));
  const value = state.value;
  // Who does not keep them sees only where it went.
  const kept = value !== null && value.outside.length > 0;
  const deliveries = kept ? letter.deliveries.filter((one) => one.internal) : letter.deliveries;
  return (
    <>
      {deliveries.length > 0 && <Deliveries deliveries={deliveries} />}
      {state.error && <ErrorBanner error={state.error} onRetry={state.reload} />}
      {kept && <Outside letter={letter} value={value} />}
    </>
  );
}

function Outside(props: { readonly letter: LetterDetail; readonly value: DispatchState }): ReactElement {
  const text = useText();
  const words = text.dispatch;
  const [recording, setRecording] = useState(false);
  const [voiding, setVoiding] = useState<Dispatch | null>(null);
  const { letter, value } = props;
  const { id } = letter;
  return (
    <div className="stack-tight">
      <div className="line">
        <h2 className="grow">{words.title}</h2>
        {value.may && (
          <Button icon="mail" onPress={() => setRecording(true)}>
            {words.record}
          </Button>
        )}
      </div>
      <ul className="ledger" aria-label={words.title}>
        {value.outside.map((one) => (
          <li key={`${one.role} ${one.place}`} className="delivery">
            <span className="soft small delivery-role">{text.letters.role[one.role]}</span>
            <span className="grow">
              {one.name}
              {value.dispatches
                .filter((entry) => entry.role === one.role && entry.place === one.place)
                .map((entry) => (
                  <Entry key={numberOf(entry)} entry={entry} may={value.may} onVoid={setVoiding} />
                ))}
            </span>
            {one.sentAt === null ? (
              <Chip tone="unsure" icon="clock">
                {words.notYet}
              </Chip>
            ) : (
              <Chip tone="good" icon="check">
                {words.sent}
              </Chip>
            )}
          </li>
        ))}
      </ul>
      {recording && (
        <RecordDispatch
          id={id}
          state={value}
          sealed={classRules[letter.security].sealed}
          onClose={() => setRecording(false)}
        />
      )}
      {voiding && (
        <VoidDispatch
          id={id}
          entry={voiding}
          sealed={classRules[letter.security].sealed}
          onClose={() => setVoiding(null)}
        />
      )}
    </div>
  );
}

const numberOf = ({ sequence, year }: Dispatch): string => `${sequence}/${year}`;

function Entry(props: {
  readonly entry: Dispatch;
  readonly may: boolean;
  readonly onVoid: (entry: Dispatch) => void;
}): ReactElement {
  const words = useText().dispatch;
  const language = useLanguage();
  const { entry } = props;
  const number = words.entry(numberOf(entry));
  const facts = [
    words.handed(dateTime(entry.handedAt, language), entry.carrier),
    entry.receiver === '' ? '' : words.takenBy(entry.receiver),
    words.copies(count(entry.copies, language)),
    words.recordedBy(entry.by),
  ].filter((part) => part !== '');
  return (
    <span className="help delivery-times dispatch-entry">
      <span>
        {entry.batal ? <s>{number}</s> : number}: {facts.join(', ')}
        {entry.batal && <strong> {words.batal(entry.reason)}</strong>}
      </span>
      {props.may && !entry.batal && (
        <Button kind="quiet" aria-label={words.voidOf(numberOf(entry))} onPress={() => props.onVoid(entry)}>
          {words.void}
        </Button>
      )}
    </span>
  );
}

function VoidDispatch(props: {
  readonly id: string;
  readonly entry: Dispatch;
  readonly sealed: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.dispatch;
  const sending = useSending();
  const [reason, setReason] = useState('');
  const { id, entry, sealed, onClose } = props;
  const number = numberOf(entry);
  const said = reason.trim();
  return (
    <FormDialog
      title={words.voidTitle(number)}
      sending={sending}
      kind="danger"
      confirm={words.voidConfirm}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          !sealed && said === '',
          () => eletter.dispatch.void({ id, year: entry.year, sequence: entry.sequence, reason: said }),
          () => {
            say(words.voided(number));
            noteChange();
            onClose();
          },
        )
      }
    >
      <p>{sealed ? words.voidSealed : words.voidText}</p>
      {!sealed && (
        <TextField
          label={words.reason}
          value={reason}
          lines={2}
          startsFocused
          maxLength={500}
          error={sending.tried && said === '' ? text.common.required : undefined}
          onChange={setReason}
        />
      )}
    </FormDialog>
  );
}
