/** Several addressees, one time and one carrier: as a courier leaves the office with a stack of envelopes. */
import { useState, type ReactElement } from 'react';
import type { DispatchState, NewDispatch } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { count, timeOf, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Checkbox, Missing, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

interface Choice {
  readonly chosen: boolean;
  readonly receiver: string;
  readonly copies: string;
}

/** The instant of a day and an hour of the regency (WIB); null for what is no such hour. */
function instantOf(day: string, time: string): string | null {
  const found = /^([01]?\d|2[0-3])[.:]([0-5]\d)$/.exec(time.trim());
  if (!found || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const instant = new Date(`${day}T${(found[1] ?? '').padStart(2, '0')}:${found[2]}:00+07:00`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

export function RecordDispatch(props: {
  readonly id: string;
  readonly state: DispatchState;
  readonly sealed: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.dispatch;
  const language = useLanguage();
  const sending = useSending();
  const { outside } = props.state;
  const [day, setDay] = useState(() => today());
  const [time, setTime] = useState(() => timeOf(new Date().toISOString()).slice(0, 5).replace('.', ':'));
  const [carrier, setCarrier] = useState('');
  const [choices, setChoices] = useState<readonly Choice[]>(() =>
    // What has not gone yet is what a person comes here for.
    outside.map((one) => ({ chosen: one.sentAt === null, receiver: '', copies: '1' })),
  );
  const change = (at: number, part: Partial<Choice>): void =>
    setChoices(choices.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const handedAt = instantOf(day, time);
  const countWrong = (one: Choice): boolean => !/^[1-9]\d{0,2}$/.test(one.copies);
  const chosen = choices.filter((one) => one.chosen);
  const wrong = carrier.trim() === '' || handedAt === null || chosen.length === 0 || chosen.some(countWrong);
  const entries = outside.flatMap(({ role, place, name }, at): NewDispatch[] => {
    const one = choices[at];
    if (!one?.chosen || handedAt === null) return [];
    const { copies, receiver } = one;
    return [
      {
        role,
        place,
        destination: name,
        copies: Number(copies),
        carrier: carrier.trim(),
        receiver: receiver.trim(),
        handedAt,
      },
    ];
  });
  return (
    <FormDialog
      title={words.dialogTitle}
      sending={sending}
      confirm={words.confirm}
      wide
      shownAtField={['DISPATCH_TIME_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          wrong,
          () => eletter.dispatch.record({ id: props.id, entries }),
          () => {
            say(words.recorded(count(entries.length, language)));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{words.dialogText}</p>
      {props.sealed && <p className="help">{words.sealedHelp}</p>}
      <div className="columns">
        <TextField
          label={words.day}
          type="date"
          value={day}
          error={sending.at('DISPATCH_TIME_WRONG')}
          onChange={(next) => {
            sending.forget();
            setDay(next);
          }}
        />
        <TextField
          label={words.time}
          value={time}
          maxLength={5}
          error={sending.tried && handedAt === null ? words.timeWrong : undefined}
          onChange={(next) => {
            sending.forget();
            setTime(next);
          }}
        />
      </div>
      <TextField
        label={words.carrier}
        help={words.carrierHelp}
        value={carrier}
        startsFocused
        maxLength={200}
        error={sending.tried && carrier.trim() === '' ? text.common.required : undefined}
        onChange={setCarrier}
      />
      <div className="field" role="group" aria-label={words.addressees}>
        <span className="label">{words.addressees}</span>
        <ul className="ledger">
          {outside.map((one, at) => {
            const choice = choices[at];
            if (!choice) return null;
            return (
              <li key={`${one.role} ${one.place}`} className="dispatch-row">
                <Checkbox isSelected={choice.chosen} onChange={(next) => change(at, { chosen: next })}>
                  {one.name}
                </Checkbox>
                {choice.chosen && (
                  <>
                    <TextField
                      label={words.receiverShort}
                      optional
                      value={choice.receiver}
                      maxLength={200}
                      onChange={(receiver) => change(at, { receiver })}
                    />
                    <TextField
                      label={words.copyCount}
                      value={choice.copies}
                      maxLength={3}
                      error={sending.tried && countWrong(choice) ? words.copiesWrong : undefined}
                      onChange={(copies) => change(at, { copies })}
                    />
                  </>
                )}
              </li>
            );
          })}
        </ul>
        {sending.tried && chosen.length === 0 && <Missing>{words.chooseOne}</Missing>}
      </div>
    </FormDialog>
  );
}
