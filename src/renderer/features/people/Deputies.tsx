/** Who stands in for whom, and until when. */
import { useState, type ReactElement } from 'react';
import type { Deputy, Person } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { plainDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Period } from './Period.tsx';

export function Deputies({ people }: { readonly people: readonly Person[] }): ReactElement {
  const text = useText();
  const words = text.deputies;
  const may = useMay()('deputies.add');
  const deputies = useReading('deputies', () => eletter.deputies.list({}));
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Deputy | null>(null);
  return (
    <>
      <div className="line">
        <p className="soft grow">{words.text}</p>
        {may && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {words.add}
          </Button>
        )}
      </div>
      {deputies.error && <ErrorBanner error={deputies.error} onRetry={deputies.reload} />}
      {deputies.slow && <Skeleton lines={3} />}
      {deputies.value?.length === 0 && <Empty icon="people">{words.empty}</Empty>}
      {deputies.value && deputies.value.length > 0 && (
        <ul className="ledger" aria-label={words.list}>
          {deputies.value.map((one) => (
            <li key={one.id} className="delivery">
              <span className="grow">{words.standsFor(one.deputyName, one.principalName)}</span>
              <Period from={one.from} until={one.until} valid={one.valid} />
              {may && one.until >= today() && (
                <Button
                  kind="quiet"
                  aria-label={words.endOf(one.deputyName, one.principalName)}
                  onPress={() => setEnding(one)}
                >
                  {words.end}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddDeputy people={people} onClose={() => setAdding(false)} />}
      {ending && <EndDeputy deputy={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function AddDeputy(props: {
  readonly people: readonly Person[];
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.deputies;
  const language = useLanguage();
  const sending = useSending();
  const [principal, setPrincipal] = useState('');
  const [deputy, setDeputy] = useState('');
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const active = props.people.filter((person) => person.activated && !person.revoked);
  const choices = (except: string) => [
    { value: '', label: words.choose },
    ...active
      .filter((person) => person.accountId !== except)
      .map((person) => ({ value: person.accountId, label: `${fullName(person)} · ${person.post}` })),
  ];
  const required = (value: string): string | undefined =>
    sending.tried && value === '' ? text.common.required : undefined;
  const wrongOrder = until !== '' && until < from ? text.people.datesWrong : undefined;
  const set = (change: (next: string) => void) => (next: string) => {
    change(next);
    sending.forget();
  };

  return (
    <FormDialog
      title={words.addTitle}
      sending={sending}
      confirm={words.confirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          [principal, deputy, from, until].includes('') || wrongOrder !== undefined,
          () => eletter.deputies.add({ principalId: principal, deputyId: deputy, from, until }),
          (all) => {
            const added = all.find((one) => one.principalId === principal && one.deputyId === deputy);
            if (added) say(words.saved(added.deputyName, added.principalName));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <SelectField
        label={words.principal}
        value={principal}
        choices={choices(deputy)}
        error={required(principal)}
        onChange={set(setPrincipal)}
      />
      <SelectField
        label={words.deputy}
        value={deputy}
        choices={choices(principal)}
        error={required(deputy)}
        onChange={set(setDeputy)}
      />
      <div className="columns">
        <TextField
          label={text.people.from}
          type="date"
          value={from}
          help={plainDate(from, language)}
          error={required(from)}
          onChange={set(setFrom)}
        />
        <TextField
          label={text.people.until}
          type="date"
          value={until}
          help={plainDate(until, language)}
          error={required(until) ?? (sending.tried ? wrongOrder : undefined)}
          onChange={set(setUntil)}
        />
      </div>
      <p className="help">{words.classes}</p>
    </FormDialog>
  );
}

function EndDeputy(props: { readonly deputy: Deputy; readonly onClose: () => void }): ReactElement {
  const words = useText().deputies;
  const sending = useSending();
  const { id, deputyName, principalName } = props.deputy;
  return (
    <FormDialog
      title={words.endTitle}
      sending={sending}
      kind="danger"
      confirm={words.endConfirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.deputies.end({ id }),
          () => {
            say(words.ended);
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{words.endText(deputyName, principalName)}</p>
    </FormDialog>
  );
}
