import { useRef, useState, type ReactElement } from 'react';
import type { ErrorShape, Letterhead } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { focusFirstError, hasErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { LetterheadFields, letterheadErrors } from './LetterheadFields.tsx';

export function Office({ editable }: { readonly editable: boolean }): ReactElement {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const office = useReading('office', () => eletter.office.read({}));
  const [typed, setTyped] = useState<Letterhead | null>(null);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const value = typed ?? office.value;

  if (office.error) return <ErrorBanner error={office.error} onRetry={office.reload} />;
  if (!value) return office.slow ? <Skeleton /> : <></>;

  const save = async (): Promise<void> => {
    setTried(true);
    if (hasErrors(letterheadErrors(value, text))) {
      focusFirstError(form.current);
      return;
    }
    setPending(true);
    const result = await eletter.office.save(value);
    setPending(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setTyped(result.value);
    say(text.office.saved);
    noteChange();
  };

  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void save();
      }}
    >
      <LetterheadFields
        value={value}
        errors={tried ? letterheadErrors(value, text) : {}}
        readOnly={!editable}
        onChange={setTyped}
      />
      {error && <ErrorBanner error={error} />}
      {editable ? (
        <div className="line">
          <Button kind="primary" type="submit" isPending={pending}>
            {text.office.save}
          </Button>
        </div>
      ) : (
        <p className="help">{text.office.adminOnly}</p>
      )}
    </form>
  );
}
