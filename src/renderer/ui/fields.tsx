/** Form fields: label above, help and error below, both tied to the field for those who listen. */
import { useId, useRef, useState, type ReactElement, type ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  TextField as AriaTextField,
  ToggleButton,
} from 'react-aria-components';
import { useText } from '../lib/i18n/index.ts';
import { Icon } from './icons.tsx';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly help?: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly readOnly?: boolean;
  readonly startsFocused?: boolean;
  readonly autoComplete?: string;
  readonly type?: 'text' | 'date' | 'search';
  readonly lines?: number;
  /** Id of a datalist. */
  readonly list?: string;
  readonly maxLength?: number;
  readonly spellCheck?: boolean;
  /** Where the label would only repeat what stands around it. */
  readonly hideLabel?: boolean;
  /** Characters of one width, so that groups stand under each other. */
  readonly tabular?: boolean;
  /**
   * Rewrites a one-line field while it is typed. Gets the text and the cursor as typed, and whether Delete was
   * pressed; gives both as they shall be.
   */
  readonly reshape?: (
    typed: string,
    caret: number,
    forward: boolean,
  ) => { readonly value: string; readonly caret: number };
}

function LabelText({
  label,
  optional,
  hide,
}: {
  label: string;
  optional?: boolean;
  hide?: boolean;
}): ReactElement {
  const text = useText();
  return (
    <Label className={hide ? 'hidden-visually' : 'label'}>
      {label}
      {optional && <span className="label-note"> ({text.common.optional})</span>}
    </Label>
  );
}

function Below({
  help,
  error,
}: {
  readonly help?: string | undefined;
  readonly error?: string | undefined;
}): ReactElement {
  return (
    <>
      {help && (
        <Text slot="description" className="help">
          {help}
        </Text>
      )}
      {error && (
        <FieldError className="field-error">
          <Icon name="warning" small />
          <span>{error}</span>
        </FieldError>
      )}
    </>
  );
}

/** The same under what is no single field, such as a list without rows. */
export function Missing(props: { readonly id?: string; readonly children: ReactNode }): ReactElement {
  return (
    <p className="field-error" id={props.id}>
      <Icon name="warning" small />
      <span>{props.children}</span>
    </p>
  );
}

export function TextField(props: TextFieldProps): ReactElement {
  const { label, value, error, help, placeholder, lines, list, type, maxLength } = props;
  const input = useRef<HTMLInputElement>(null);
  const forward = useRef(false);
  const change = (typed: string): void => {
    const field = input.current;
    if (!props.reshape || !field) {
      props.onChange(typed);
      return;
    }
    const next = props.reshape(typed, field.selectionStart ?? typed.length, forward.current);
    // Put in at once: a value that React writes later would throw the cursor to the end.
    if (next.value !== typed) field.value = next.value;
    field.setSelectionRange(next.caret, next.caret);
    props.onChange(next.value);
  };
  const shared = {
    className: props.tabular ? 'input input-tabular' : 'input',
    ...(placeholder ? { placeholder } : {}),
    ...(maxLength ? { maxLength } : {}),
  };
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={change}
      {...(props.reshape
        ? {
            onInput: (event) => {
              forward.current =
                event.nativeEvent instanceof InputEvent &&
                event.nativeEvent.inputType.startsWith('delete') &&
                event.nativeEvent.inputType.endsWith('Forward');
            },
          }
        : {})}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      isReadOnly={props.readOnly ?? false}
      spellCheck={props.spellCheck ? 'true' : 'false'}
      {...(props.startsFocused ? { autoFocus: true } : {})}
      autoComplete={props.autoComplete ?? 'off'}
    >
      <LabelText label={label} optional={props.optional ?? false} hide={props.hideLabel ?? false} />
      {lines ? (
        <TextArea {...shared} rows={lines} />
      ) : (
        <Input ref={input} {...shared} type={type ?? 'text'} {...(list ? { list } : {})} />
      )}
      <Below help={help} error={error} />
    </AriaTextField>
  );
}

export interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly help?: string;
  readonly startsFocused?: boolean;
  readonly autoComplete?: 'current-password' | 'new-password' | 'off';
}

export function PassphraseField(props: PassphraseFieldProps): ReactElement {
  const text = useText();
  const [shown, setShown] = useState(false);
  return (
    <AriaTextField
      className="field"
      type={shown ? 'text' : 'password'}
      value={props.value}
      onChange={props.onChange}
      isInvalid={props.error !== undefined}
      validationBehavior="aria"
      autoComplete={props.autoComplete ?? 'off'}
      spellCheck="false"
      {...(props.startsFocused ? { autoFocus: true } : {})}
    >
      <LabelText label={props.label} />
      <div className="with-toggle">
        <Input className="input" maxLength={1024} />
        <ToggleButton
          className="button button-icon"
          isSelected={shown}
          onChange={setShown}
          aria-label={shown ? text.common.hide : text.common.show}
        >
          <Icon name={shown ? 'eyeOff' : 'eye'} small />
        </ToggleButton>
      </div>
      <Below help={props.help} error={props.error} />
    </AriaTextField>
  );
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly help?: string;
}

export function SelectField<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly help?: string;
  readonly error?: string | undefined;
}): ReactElement {
  const field = useId();
  const below = `${field}-below`;
  return (
    <div className="field">
      <label className="label" htmlFor={field}>
        {props.label}
      </label>
      <select
        id={field}
        className="input"
        value={props.value}
        aria-describedby={below}
        {...(props.error === undefined ? {} : { 'aria-invalid': true })}
        onChange={(event) => {
          const found = props.choices.find((choice) => choice.value === event.target.value);
          if (found) props.onChange(found.value);
        }}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <div id={below} className="below">
        {props.help && <span className="help">{props.help}</span>}
        {props.error !== undefined && <Missing>{props.error}</Missing>}
      </div>
    </div>
  );
}

export function ChoiceGroup<T extends string>(props: {
  readonly label: string;
  readonly value: T | null;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly error?: string | undefined;
  readonly hideLabel?: boolean;
  readonly startsFocused?: boolean;
}): ReactElement {
  return (
    <RadioGroup
      className="field"
      value={props.value}
      isInvalid={props.error !== undefined}
      validationBehavior="aria"
      onChange={(value) => {
        const found = props.choices.find((choice) => choice.value === value);
        if (found) props.onChange(found.value);
      }}
    >
      <LabelText label={props.label} hide={props.hideLabel ?? false} />
      <div className="stack-tight">
        {props.choices.map((choice, index) => (
          <Radio
            key={choice.value}
            value={choice.value}
            className="choice"
            {...(props.startsFocused && index === 0 ? { autoFocus: true } : {})}
          >
            <span className="choice-mark" />
            <span className="grow">
              {choice.label}
              {choice.help && <span className="help choice-help">{choice.help}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <Below error={props.error} />
    </RadioGroup>
  );
}

export function Checkbox(props: {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly isInvalid?: boolean;
  readonly onChange: (selected: boolean) => void;
}): ReactElement {
  return (
    <AriaCheckbox
      className="plain-choice"
      isSelected={props.isSelected}
      isInvalid={props.isInvalid ?? false}
      onChange={props.onChange}
    >
      <span className="choice-mark choice-mark-square">
        {props.isSelected && <Icon name="check" small />}
      </span>
      <span>{props.children}</span>
    </AriaCheckbox>
  );
}
