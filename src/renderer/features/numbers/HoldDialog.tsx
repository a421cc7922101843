/** A number kept by hand; dated before the last one it is inserted. */
import { useState, type ReactElement } from 'react';
import {
  securityClasses,
  type BookName,
  type NumberBook,
  type SecurityClass,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { classificationCodes, classificationName } from '../../lib/classification.ts';
import { fullName } from '../../lib/content.ts';
import { plainDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { registerName } from './register-name.ts';

export function HoldDialog(props: {
  readonly name: BookName;
  readonly book: NumberBook | null;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.numbers;
  const language = useLanguage();
  const sending = useSending();
  const people = useReading('people', () => eletter.people.list({}));
  const { register, unit, year } = props.name;
  const [date, setDate] = useState(() => (today().startsWith(String(year)) ? today() : `${year}-12-31`));
  const [classification, setClassification] = useState('');
  const [security, setSecurity] = useState<SecurityClass>('biasa');
  const [subject, setSubject] = useState('');
  const [reason, setReason] = useState('');
  const [holder, setHolder] = useState('');
  const required = (value: string): string | undefined =>
    sending.tried && value.trim() === '' ? text.common.required : undefined;
  const lastDate = date.startsWith(String(year)) ? (props.book?.lastDate ?? '') : '';
  const inserted = date !== '' && date < lastDate;
  const dateHelp =
    date === ''
      ? ''
      : `${plainDate(date, language)}. ${inserted ? words.becomesInserted(plainDate(lastDate, language)) : words.becomesNext}`;
  const signers = (people.value ?? []).filter(
    (person) => person.roles.includes('signer') && person.activated && !person.revoked,
  );

  return (
    <FormDialog
      title={words.holdTitle}
      sending={sending}
      confirm={words.holdConfirm}
      shownAtField={['NUMBER_DATE_FUTURE', 'NUMBER_YEAR_CLOSED']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          [date, classification, subject].some((value) => value.trim() === '') ||
            (inserted && reason.trim() === ''),
          () =>
            eletter.numbers.hold({
              register,
              unit,
              date,
              classification: classification.trim(),
              security,
              subject: subject.trim(),
              reason: reason.trim(),
              holderId: holder === '' ? null : holder,
            }),
          ({ number }) => {
            say(words.held(number));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p className="help">
        {registerName(register)} · {unit}. {words.holdText}
      </p>
      <TextField
        label={words.date}
        type="date"
        value={date}
        help={dateHelp}
        error={required(date) ?? sending.at('NUMBER_DATE_FUTURE', 'NUMBER_YEAR_CLOSED')}
        onChange={(next) => {
          setDate(next);
          sending.forget();
        }}
      />
      <div className="columns">
        <TextField
          label={words.classification}
          value={classification}
          list="number-classification-codes"
          help={classificationName(classification, language) ?? text.editor.classificationHelp}
          maxLength={40}
          error={required(classification)}
          onChange={setClassification}
        />
        <SelectField
          label={words.security}
          value={security}
          choices={securityClasses.map((value) => ({ value, label: text.letters.security[value] }))}
          onChange={setSecurity}
        />
      </div>
      <datalist id="number-classification-codes">
        {classificationCodes(language).map(({ code, name }) => (
          <option key={code} value={code}>
            {`${code} ${name}`}
          </option>
        ))}
      </datalist>
      <TextField
        label={words.subject}
        value={subject}
        placeholder={words.subjectExample}
        maxLength={1000}
        error={required(subject)}
        onChange={setSubject}
      />
      <TextField
        label={words.reason}
        value={reason}
        optional={!inserted}
        maxLength={500}
        error={inserted ? required(reason) : undefined}
        onChange={setReason}
      />
      <SelectField
        label={words.holder}
        value={holder}
        choices={[
          { value: '', label: words.anybody },
          ...signers.map((person) => ({
            value: person.accountId,
            label: `${fullName(person)} · ${person.post}`,
          })),
        ]}
        onChange={setHolder}
      />
    </FormDialog>
  );
}
