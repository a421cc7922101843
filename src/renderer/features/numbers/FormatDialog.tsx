/** How the numbers of a register look, with an example that follows the typing. */
import { useState, type ReactElement } from 'react';
import {
  insertionForms,
  maximumNumberTemplate,
  parseNumberTemplate,
  printNumber,
  type BookName,
  type InsertionForm,
  type NumberBook,
  type NumberFormat,
  type NumberFormats,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { today } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { registerName } from './register-name.ts';

interface FormatProps {
  readonly name: BookName;
  readonly book: NumberBook | null;
  readonly administrator: boolean;
  readonly onClose: () => void;
}

export function FormatDialog(props: FormatProps): ReactElement {
  const formats = useReading('numbers formats', () => eletter.numbers.formats({}));
  if (formats.error) return <ErrorBanner error={formats.error} onRetry={formats.reload} />;
  return formats.value ? <Filled {...props} formats={formats.value} /> : <></>;
}

/** What is in force for the book: its unit's own before that of all units, the newest not after its year. */
function inForce({ own, shipped }: NumberFormats, { register, unit, year }: BookName): NumberFormat {
  const found = own
    .filter((one) => one.register === register && one.year <= year && (one.unit === unit || one.unit === ''))
    .toSorted((a, b) => Number(b.unit === unit) - Number(a.unit === unit) || b.year - a.year)[0];
  const template = shipped[register]?.[0] ?? '';
  return found ?? { register, unit, year, template, padding: 1, start: 1, insertion: 'decimal' };
}

function Filled(props: FormatProps & { readonly formats: NumberFormats }): ReactElement {
  const words = useText().numbers;
  const sending = useSending();
  const { register, unit } = props.name;
  const current = inForce(props.formats, props.name);
  const [forUnit, setForUnit] = useState<string>(unit);
  const [year, setYear] = useState(String(props.name.year));
  const [template, setTemplate] = useState(current.template);
  const [padding, setPadding] = useState(String(current.padding));
  const [start, setStart] = useState(String(current.start));
  const [insertion, setInsertion] = useState<InsertionForm>(current.insertion);
  const help = Object.entries(words.placeholders)
    .map(([name, meaning]) => `{${name}} ${meaning}`)
    .join(', ');
  const yearWrong = !/^\d{4}$/.test(year);
  const startWrong = !/^[1-9]\d{0,5}$/.test(start);
  const usable = typeof parseNumberTemplate(template.trim()) !== 'string';
  const style = { template: template.trim(), padding: Number(padding), insertion };
  const print = (insertionAt: number): string =>
    printNumber(style, {
      classification: '000.8.3',
      sequence: (props.book?.last ?? Number(start) - 1) + (insertionAt > 0 ? 0 : 1),
      insertion: insertionAt,
      unit,
      date: yearWrong ? today() : `${year}${today().slice(4)}`,
      security: 'biasa',
    });

  return (
    <FormDialog
      title={`${words.formatTitle}: ${registerName(register)}`}
      sending={sending}
      confirm={words.formatConfirm}
      shownAtField={['NUMBER_FORMAT_INVALID', 'NUMBER_FORMAT_COLLIDES', 'NUMBER_BOOK_STARTED']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          yearWrong || startWrong || template.trim() === '',
          () =>
            eletter.numbers.saveFormat({
              register,
              unit: forUnit,
              year: Number(year),
              ...style,
              start: Number(start),
            }),
          () => {
            say(words.formatSaved);
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p className="help">{words.formatText}</p>
      <TextField
        label={words.template}
        value={template}
        help={help}
        maxLength={maximumNumberTemplate}
        startsFocused
        error={sending.at('NUMBER_FORMAT_INVALID', 'NUMBER_FORMAT_COLLIDES')}
        onChange={(next) => {
          setTemplate(next);
          sending.forget();
        }}
      />
      <p role="status" className="numbers-example">
        <span className="soft">{words.example}:</span>{' '}
        {usable ? words.exampleOf(print(0), print(1)) : words.noExample}
      </p>
      <div className="columns">
        <SelectField
          label={words.padding}
          value={padding}
          help={words.paddingHelp}
          choices={['1', '2', '3', '4'].map((value) => ({ value, label: '1'.padStart(Number(value), '0') }))}
          onChange={setPadding}
        />
        <SelectField
          label={words.insertion}
          value={insertion}
          choices={insertionForms.map((value) => ({ value, label: words.insertions[value] }))}
          onChange={setInsertion}
        />
      </div>
      <div className="columns">
        <TextField
          label={words.formatYear}
          value={year}
          maxLength={4}
          error={sending.tried && yearWrong ? words.yearWrong : undefined}
          onChange={setYear}
        />
        <TextField
          label={words.start}
          value={start}
          maxLength={6}
          error={
            sending.at('NUMBER_BOOK_STARTED') ?? (sending.tried && startWrong ? words.startWrong : undefined)
          }
          onChange={(next) => {
            setStart(next);
            sending.forget();
          }}
        />
      </div>
      <SelectField
        label={words.formatFor}
        value={forUnit}
        choices={[
          { value: unit, label: unit },
          ...(props.administrator ? [{ value: '', label: words.allUnits }] : []),
        ]}
        onChange={setForUnit}
      />
    </FormDialog>
  );
}
