/** Forms that ask once and say what became of it: in a box on a screen, or in a dialog. */
import { useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react';
import type { ErrorCode, ErrorShape, Result } from '../../main/core/contract/index.ts';
import { focusFirstError } from '../lib/forms.ts';
import { useErrorText, useText } from '../lib/i18n/index.ts';
import { Button, type ButtonProps } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { ErrorBanner } from './parts.tsx';

/** A call that a form makes: what stands in its way, and how far it has come. */
export interface Sending {
  readonly form: RefObject<HTMLFormElement | null>;
  /** Somebody has tried to send: from then on fields show what is wrong with them. */
  readonly tried: boolean;
  readonly pending: boolean;
  readonly error: ErrorShape | null;
  /** The refusal in words where it has one of these codes; else undefined. */
  readonly at: (...codes: readonly ErrorCode[]) => string | undefined;
  /** An answer counts for a field until that field is typed in again. */
  readonly forget: () => void;
  /** Calls, unless fields are wrong; the focus goes to the first of those. */
  readonly send: <T>(wrong: boolean, call: () => Promise<Result<T>>, done: (value: T) => void) => void;
}

export function useSending(): Sending {
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const send: Sending['send'] = (wrong, call, done) => {
    if (pending) return;
    setTried(true);
    setError(null);
    if (wrong) {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    void call().then((result) => {
      setPending(false);
      if (result.ok) {
        setTried(false);
        done(result.value);
        return;
      }
      setError(result.error);
      focusFirstError(form.current);
    });
  };
  return {
    form,
    tried,
    pending,
    error,
    at: (...codes) => (error && codes.includes(error.code) ? errorText(error) : undefined),
    forget: () => setError(null),
    send,
  };
}

interface FormProps {
  readonly sending: Sending;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  /** Refusals that the form's own fields show. */
  readonly shownAtField?: readonly ErrorCode[];
}

interface Confirm {
  /** Words of the button, and those while the call runs. */
  readonly confirm: string;
  readonly running?: string;
}

/** The form itself: a refusal that no field shows stands above the buttons. */
export function PlainForm(
  props: FormProps & { readonly className?: string; readonly label?: string; readonly actions: ReactNode },
): ReactElement {
  const { form, error, pending } = props.sending;
  const elsewhere = error && !props.shownAtField?.includes(error.code) ? error : null;
  return (
    <form
      ref={form}
      className={props.className ?? 'stack'}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) props.onSubmit();
      }}
    >
      {props.children}
      {elsewhere && <ErrorBanner error={elsewhere} />}
      {props.actions}
    </form>
  );
}

/** A form that stands on a screen, with what it is for. */
export function BoxForm(
  props: FormProps & Confirm & { readonly title: string; readonly text: string },
): ReactElement {
  const { sending } = props;
  return (
    <PlainForm
      {...props}
      className="box stack"
      label={props.title}
      actions={
        <div className="line">
          <Button type="submit" isPending={sending.pending}>
            {sending.pending ? (props.running ?? props.confirm) : props.confirm}
          </Button>
        </div>
      }
    >
      <div>
        <h2 className="minor">{props.title}</h2>
        <p className="help">{props.text}</p>
      </div>
      {props.children}
    </PlainForm>
  );
}

/** A form in a dialog; cancel is beside what it does. */
export function FormDialog(
  props: FormProps &
    Confirm & {
      readonly title: string;
      readonly onClose: () => void;
      readonly wide?: boolean;
      readonly kind?: NonNullable<ButtonProps['kind']>;
      readonly isDisabled?: boolean;
    },
): ReactElement {
  const text = useText();
  const { sending } = props;
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      wide={props.wide ?? false}
      busy={sending.pending}
      // In fields of several lines Enter is a new line.
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return;
        event.preventDefault();
        if (!props.isDisabled) sending.form.current?.requestSubmit();
      }}
    >
      <PlainForm
        {...props}
        actions={
          <div className="line line-end dialog-foot">
            <Button onPress={props.onClose} isDisabled={sending.pending}>
              {text.common.cancel}
            </Button>
            <Button
              kind={props.kind ?? 'primary'}
              type="submit"
              isPending={sending.pending}
              isDisabled={props.isDisabled ?? false}
            >
              {sending.pending ? (props.running ?? props.confirm) : props.confirm}
            </Button>
          </div>
        }
      >
        {props.children}
      </PlainForm>
    </Dialog>
  );
}
