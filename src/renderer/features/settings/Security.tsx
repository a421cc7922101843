/** When the two locks come down, office hours, and a new key for the whole vault. */
import { useState, type ReactElement } from 'react';
import type { SecuritySettings } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { BoxForm, PlainForm, useSending } from '../../ui/Form.tsx';
import { ErrorBanner, Running, Skeleton } from '../../ui/parts.tsx';
import { OwnPassphrase } from './OwnPassphrase.tsx';

export function Security(): ReactElement {
  const text = useText();
  const settings = useReading('security', () => eletter.security.read({}));
  return (
    <>
      <p className="soft">{text.security.text}</p>
      {settings.error && <ErrorBanner error={settings.error} onRetry={settings.reload} />}
      {settings.slow && <Skeleton lines={4} />}
      {settings.value && <Locks kept={settings.value} />}
      <Rekey />
    </>
  );
}

const minutes = [1, 2, 5, 10, 15, 30, 60];
const hours = [1, 2, 4, 8, 12, 24];
const clock = Array.from({ length: 25 }, (_, hour) => hour);

/** The usual choices, and what is set now even where it is none of them. */
function choicesOf(
  usual: readonly number[],
  now: number,
  label: (value: number) => string,
): readonly { value: string; label: string }[] {
  return [...new Set([...usual, now])]
    .toSorted((a, b) => a - b)
    .map((value) => ({ value: String(value), label: label(value) }));
}

function Locks({ kept }: { readonly kept: SecuritySettings }): ReactElement {
  const words = useText().security;
  const sending = useSending();
  const [chosen, setChosen] = useState(kept);
  const wrongOrder = chosen.workFrom < chosen.workUntil ? undefined : words.orderWrong;
  const field = (
    key: keyof SecuritySettings,
    label: string,
    usual: readonly number[],
    name: (value: number) => string,
    more: { help?: string; error?: string | undefined } = {},
  ): ReactElement => (
    <SelectField
      label={label}
      value={String(chosen[key])}
      choices={choicesOf(usual, kept[key], name)}
      onChange={(next) => {
        setChosen({ ...chosen, [key]: Number(next) });
        sending.forget();
      }}
      {...more}
    />
  );

  return (
    <PlainForm
      className="box stack"
      label={words.locks}
      sending={sending}
      onSubmit={() =>
        sending.send(
          wrongOrder !== undefined,
          () => eletter.security.save(chosen),
          (saved) => {
            setChosen(saved);
            say(words.saved);
            noteChange();
          },
        )
      }
      actions={
        <div className="line">
          <Button kind="primary" type="submit" isPending={sending.pending}>
            {words.save}
          </Button>
        </div>
      }
    >
      <h2 className="minor">{words.locks}</h2>
      <div className="columns">
        {field('idleMinutes', words.idle, minutes, words.minutes, { help: words.idleHelp })}
        {field('sealAfterHours', words.seal, hours, words.hours, { help: words.sealHelp })}
      </div>
      <fieldset>
        <legend>{words.work}</legend>
        <div className="columns">
          {field('workFrom', words.workFrom, clock.slice(0, 24), words.hourOf)}
          {field('workUntil', words.workUntil, clock.slice(1), words.hourOf, { error: wrongOrder })}
        </div>
        <p className="help work-help">{words.workHelp}</p>
      </fieldset>
    </PlainForm>
  );
}

function Rekey(): ReactElement {
  const text = useText();
  const words = text.security.rekey;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  return (
    <BoxForm
      title={words.title}
      text={words.text}
      sending={sending}
      confirm={words.confirm}
      shownAtField={['PASSPHRASE_WRONG']}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.vault.rekey({ accountPassphrase: passphrase }),
          () => {
            setPassphrase('');
            say(words.done);
            noteChange();
          },
        )
      }
    >
      <div className="columns columns-kept">
        <OwnPassphrase
          label={text.passphrases.account}
          value={passphrase}
          sending={sending}
          onChange={setPassphrase}
        />
      </div>
      {sending.pending && <Running>{words.running}</Running>}
    </BoxForm>
  );
}
