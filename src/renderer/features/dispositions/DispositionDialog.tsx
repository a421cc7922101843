/** Passing a letter on: to whom (the first leads), what they are asked for, and by when. Bare Enter never sends. */
import { useState, type ReactElement } from 'react';
import { foldWords, type DispositionPerson, type LetterDetail } from '../../../main/core/contract/index.ts';
import type { Suggestion } from '../../lib/addressees.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, Missing, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, Chip, ErrorBanner } from '../../ui/parts.tsx';
import { AddresseeChooser } from '../editor/AddresseeChooser.tsx';
import { daysAfter } from './tree.ts';

export function DispositionDialog(props: {
  readonly letter: LetterDetail;
  /** The task that is passed on; null: as an addressee of the letter. */
  readonly parentTaskId: string | null;
  readonly inPlaceOf: string;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.dispositions;
  const language = useLanguage();
  const sending = useSending();
  const { letter, parentTaskId } = props;
  const people = useReading(`disposition-people-${letter.id}-${parentTaskId ?? ''}`, () =>
    eletter.dispositions.people({ letterId: letter.id, parentTaskId }),
  );
  const presets = useReading('disposition-instructions', () => eletter.dispositions.instructions({}));
  const [chosen, setChosen] = useState<readonly DispositionPerson[]>([]);
  const [instructions, setInstructions] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [deadline, setDeadline] = useState('');
  const nobody = chosen.length === 0;
  const nothing = instructions.length === 0 && note.trim() === '';
  const past = deadline !== '' && deadline < today();
  const [first] = chosen;
  const passes = parentTaskId !== null;

  return (
    <FormDialog
      title={passes ? words.passTitle : words.giveTitle}
      wide
      sending={sending}
      confirm={passes ? words.sendPass : words.send}
      running={words.sending}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          nobody || nothing || past,
          () =>
            eletter.dispositions.give({
              letterId: letter.id,
              parentTaskId,
              receivers: chosen.map((one) => one.accountId),
              instructions,
              note: note.trim(),
              deadline: deadline === '' ? null : deadline,
            }),
          () => {
            const name = first?.name ?? '';
            say(
              words.sent(
                chosen.length > 1 ? words.andOthers(name, count(chosen.length - 1, language)) : name,
              ),
            );
            props.onClose();
            noteChange();
          },
        )
      }
    >
      {props.inPlaceOf !== '' && !passes && <Banner tone="plain">{words.giveFor(props.inPlaceOf)}</Banner>}
      {letter.security !== 'biasa' && <Banner tone="plain">{words.sealedHint}</Banner>}
      {people.error && <ErrorBanner error={people.error} onRetry={people.reload} />}
      <Receivers
        people={people.value}
        chosen={chosen}
        missing={sending.tried && nobody}
        onChange={setChosen}
      />
      <fieldset className="stack-tight">
        <legend className="label">{words.instructions}</legend>
        <div className="presets">
          {presets.value?.map((one) => (
            <Checkbox
              key={one.key}
              isSelected={instructions.includes(one.key)}
              onChange={(selected) =>
                setInstructions((before) =>
                  selected ? [...before, one.key] : before.filter((key) => key !== one.key),
                )
              }
            >
              {one[language]}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <TextField
        label={words.note}
        value={note}
        lines={3}
        optional
        maxLength={2000}
        error={sending.tried && nothing ? words.instructionOrNote : undefined}
        onChange={setNote}
      />
      <Deadline value={deadline} past={past} urgency={letter.urgency} onChange={setDeadline} />
      <p className="help">{words.dialogHint}</p>
    </FormDialog>
  );
}

function Receivers(props: {
  readonly people: readonly DispositionPerson[] | null;
  readonly chosen: readonly DispositionPerson[];
  readonly missing: boolean;
  readonly onChange: (chosen: readonly DispositionPerson[]) => void;
}): ReactElement {
  const words = useText().dispositions;
  const { people, chosen, onChange } = props;
  const left = people?.filter((one) => !chosen.some((other) => other.accountId === one.accountId)) ?? [];
  const suggestions = left.map((one): Suggestion => {
    const title = one.post === '' ? one.name : one.post;
    const detail = [one.name, one.unitName].filter((part) => part !== '' && part !== title).join(' · ');
    return {
      key: one.accountId,
      kind: 'person',
      title,
      detail,
      addressees: [],
      member: null,
      words: foldWords([title, detail, one.unit].join(' ')),
    };
  });
  return (
    <fieldset className="stack-tight">
      <legend className="label">{words.receivers}</legend>
      {chosen.length > 0 && (
        <ol className="ledger receivers" aria-label={words.receivers}>
          {chosen.map((one, at) => (
            <li key={one.accountId} className="delivery">
              <span className="grow">
                <strong>{one.name}</strong>
                {one.post !== '' && <span className="help delivery-times">{one.post}</span>}
              </span>
              {at === 0 ? (
                <Chip tone="action" icon="person">
                  {words.lead}
                </Chip>
              ) : (
                <Button
                  kind="quiet"
                  icon="up"
                  aria-label={words.makeLead(one.name)}
                  onPress={() => onChange([one, ...chosen.filter((other) => other !== one)])}
                >
                  {words.makeLeadShort}
                </Button>
              )}
              <Button
                kind="quiet"
                icon="close"
                aria-label={words.remove(one.name)}
                onPress={() => onChange(chosen.filter((other) => other !== one))}
              />
            </li>
          ))}
        </ol>
      )}
      {people !== null && left.length === 0 && chosen.length === 0 && (
        <p className="help">{words.nobodyElse}</p>
      )}
      {/* Not before there is somebody to find: words typed earlier would find nobody. */}
      {left.length > 0 && (
        <AddresseeChooser
          label={words.addReceiver}
          suggestions={suggestions}
          startsFocused
          placeholder={words.receiverHint}
          onChoose={(suggestion) => {
            const one = left.find((person) => person.accountId === suggestion.key);
            if (one) onChange([...chosen, one]);
          }}
        />
      )}
      {props.missing ? <Missing>{words.noReceiver}</Missing> : <p className="help">{words.receiversHelp}</p>}
    </fieldset>
  );
}

function Deadline(props: {
  readonly value: string;
  readonly past: boolean;
  readonly urgency: LetterDetail['urgency'];
  readonly onChange: (date: string) => void;
}): ReactElement {
  const words = useText().dispositions;
  const language = useLanguage();
  const { value, urgency, onChange } = props;
  const quick: readonly (readonly [string, string])[] = [
    [words.today, today()],
    [words.tomorrow, daysAfter(today(), 1)],
    [words.inDays(count(3, language)), daysAfter(today(), 3)],
    [words.inWeek, daysAfter(today(), 7)],
    [words.noDeadline, ''],
  ];
  return (
    <div className="stack-tight">
      <div className="deadline-field">
        <TextField
          label={words.deadline}
          type="date"
          value={value}
          optional
          error={props.past ? words.deadlinePast : undefined}
          {...(urgency === 'biasa' ? {} : { help: words.urgentHint[urgency] })}
          onChange={onChange}
        />
      </div>
      <div className="line" role="group" aria-label={words.quick}>
        {quick.map(([label, date]) => (
          <Button key={label} kind="quiet" onPress={() => onChange(date)}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
