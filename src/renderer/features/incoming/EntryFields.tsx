/** What the letter's own head says, and whom it goes to. */
import type { ReactElement, ReactNode } from 'react';
import {
  securityClasses,
  urgencies,
  type IncomingFacts,
  type Person,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { suggestionsOf } from '../../lib/addressees.ts';
import { classificationCodes, classificationName } from '../../lib/classification.ts';
import { plainDate, today } from '../../lib/format.ts';
import type { FieldErrors } from '../../lib/forms.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKinds } from '../../lib/kinds.ts';
import { Button } from '../../ui/Button.tsx';
import { Missing, SelectField, TextField } from '../../ui/fields.tsx';
import type { Sending } from '../../ui/Form.tsx';
import { AddresseeChooser } from '../editor/AddresseeChooser.tsx';
import { setEntry, useEntry, type Chosen, type Entry } from './entry.ts';

type Wrong = FieldErrors | null;

/** What is wrong with the letter's head; null: nothing. @param tried nothing is shown before somebody tried to save. */
export function factsWrong(facts: IncomingFacts, text: Catalogue): Wrong {
  const required = (value: string): string | undefined =>
    value.trim() === '' ? text.common.required : undefined;
  const errors = {
    sender: required(facts.sender),
    date: required(facts.date),
    receivedOn:
      required(facts.receivedOn) ?? (facts.receivedOn > today() ? text.incoming.afterToday : undefined),
    subject: required(facts.subject),
  };
  return Object.values(errors).some(Boolean) ? errors : null;
}

export function entryWrong(entry: Entry, text: Catalogue, tried: boolean): Wrong {
  if (!tried) return null;
  const to = entry.to.length === 0 ? text.incoming.toMissing : undefined;
  const facts = factsWrong(entry, text);
  return facts || to !== undefined ? { ...facts, to } : null;
}

export function EntryFields(props: {
  readonly entry: Entry;
  readonly people: readonly Person[];
  readonly errors: Wrong;
  readonly sending: Sending;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  const { entry, errors } = props;
  const fromFile = useEntry((state) => state.numberFromFile);
  return (
    <>
      <FactFields
        facts={entry}
        errors={errors}
        numberHelp={fromFile ? words.fromFile : words.noNumber}
        receivedError={props.sending.at('INCOMING_DATE')}
        onChange={setEntry}
      >
        <Receivers
          label={words.to}
          help={words.toHelp}
          people={props.people}
          chosen={entry.to}
          error={errors?.['to'] ?? props.sending.at('INCOMING_RECEIVER')}
          onChange={(to) => setEntry({ to })}
        />
      </FactFields>
      <SelectField
        label={words.security}
        value={entry.security}
        choices={securityClasses.map((value) => ({ value, label: text.letters.security[value] }))}
        {...(entry.security === 'biasa' ? {} : { help: words.sealedHelp })}
        onChange={(security) => setEntry({ security })}
      />
      <Receivers
        label={words.copies}
        people={props.people}
        chosen={entry.copies}
        onChange={(copies) => setEntry({ copies })}
      />
    </>
  );
}

/** Also for the correction of what is registered. */
export function FactFields(props: {
  readonly facts: IncomingFacts;
  readonly errors: Wrong;
  readonly numberHelp: string;
  readonly receivedError?: string | undefined;
  readonly onChange: (change: Partial<IncomingFacts>) => void;
  /** What stands behind the subject: whom it goes to. */
  readonly children?: ReactNode;
}): ReactElement {
  const text = useText();
  const words = text.incoming;
  const language = useLanguage();
  const { facts, errors, onChange } = props;
  const kinds = useKinds();
  const book = useReading('addresses', () => eletter.addresses.list({}));
  const offices = [...new Set((book.value?.entries ?? []).map((one) => one.name))].slice(0, 500);
  const day = (value: string): string => (value === '' ? '' : plainDate(value, language));
  return (
    <>
      <TextField
        label={words.sender}
        value={facts.sender}
        list="incoming-senders"
        help={words.senderHelp}
        maxLength={300}
        error={errors?.['sender']}
        onChange={(sender) => onChange({ sender })}
      />
      <datalist id="incoming-senders">
        {offices.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <div className="columns">
        <TextField
          label={words.senderPlace}
          value={facts.senderPlace}
          optional
          maxLength={200}
          onChange={(senderPlace) => onChange({ senderPlace })}
        />
        <TextField
          label={words.number}
          value={facts.number}
          optional
          help={props.numberHelp}
          maxLength={200}
          onChange={(number) => onChange({ number })}
        />
      </div>
      <div className="columns">
        <TextField
          label={words.date}
          type="date"
          value={facts.date}
          help={day(facts.date)}
          error={errors?.['date']}
          onChange={(date) => onChange({ date })}
        />
        <TextField
          label={words.receivedOn}
          type="date"
          value={facts.receivedOn}
          help={day(facts.receivedOn)}
          error={errors?.['receivedOn'] ?? props.receivedError}
          onChange={(receivedOn) => onChange({ receivedOn })}
        />
      </div>
      <TextField
        label={words.subject}
        value={facts.subject}
        lines={2}
        maxLength={1000}
        spellCheck
        error={errors?.['subject']}
        onChange={(subject) => onChange({ subject })}
      />
      {props.children}
      <div className="columns">
        <SelectField
          label={words.kind}
          value={facts.kind}
          choices={kinds.map((one) => ({ value: one.id, label: one.name[language] }))}
          onChange={(kind) => onChange({ kind })}
        />
        <SelectField
          label={words.urgency}
          value={facts.urgency}
          choices={urgencies.map((value) => ({ value, label: text.letters.urgency[value] }))}
          onChange={(urgency) => onChange({ urgency })}
        />
      </div>
      <div className="columns">
        <TextField
          label={words.classification}
          value={facts.classification}
          optional
          list="incoming-codes"
          help={classificationName(facts.classification, language) ?? ''}
          maxLength={40}
          onChange={(classification) => onChange({ classification })}
        />
        <TextField
          label={words.attachments}
          value={facts.attachments}
          optional
          placeholder={words.attachmentsExample}
          maxLength={200}
          onChange={(attachments) => onChange({ attachments })}
        />
      </div>
      <datalist id="incoming-codes">
        {classificationCodes(language).map(({ code, name }) => (
          <option key={code} value={code}>
            {`${code} ${name}`}
          </option>
        ))}
      </datalist>
      <TextField
        label={words.note}
        value={facts.note}
        optional
        lines={2}
        maxLength={2000}
        spellCheck
        onChange={(note) => onChange({ note })}
      />
    </>
  );
}

function Receivers(props: {
  readonly label: string;
  readonly help?: string;
  readonly people: readonly Person[];
  readonly chosen: readonly Chosen[];
  readonly error?: string | undefined;
  readonly onChange: (chosen: readonly Chosen[]) => void;
}): ReactElement {
  const text = useText();
  const { chosen, onChange } = props;
  const taken = new Set(chosen.map((one) => one.accountId));
  const free = props.people.filter((person) => !taken.has(person.accountId));
  return (
    <div className="field" role="group" aria-label={props.label}>
      <span className="label" aria-hidden="true">
        {props.label}
      </span>
      {chosen.length > 0 && (
        <ul className="ledger">
          {chosen.map((one) => (
            <li key={one.accountId} className="line register-receiver">
              <span className="grow">{one.name}</span>
              <Button
                kind="quiet"
                icon="close"
                aria-label={text.incoming.takeAway(one.name)}
                onPress={() => onChange(chosen.filter((each) => each !== one))}
              />
            </li>
          ))}
        </ul>
      )}
      <AddresseeChooser
        label={props.label}
        suggestions={suggestionsOf(free, null, undefined, text, String)}
        onChoose={({ addressees: [one] }) => {
          if (one?.accountId) onChange([...chosen, { accountId: one.accountId, name: one.name }]);
        }}
      />
      {props.help && <span className="help">{props.help}</span>}
      {props.error !== undefined && <Missing>{props.error}</Missing>}
    </div>
  );
}
