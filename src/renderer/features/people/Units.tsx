/** Units of the office as a tree, by the code that letter numbers carry. */
import { useState, type ReactElement } from 'react';
import type { Unit } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { isUnitCode } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { unitTree } from './unit-tree.ts';

export function Units(): ReactElement {
  const text = useText();
  const may = useMay()('units.save');
  const units = useReading('units', () => eletter.units.list({}));
  const [editing, setEditing] = useState<Unit | 'new' | null>(null);
  const all = units.value ?? [];
  const nameOf = (code: string): string => all.find((unit) => unit.code === code)?.name ?? code;

  return (
    <>
      <div className="line">
        <p className="soft grow">{text.units.text}</p>
        {may && (
          <Button icon="plus" onPress={() => setEditing('new')}>
            {text.units.add}
          </Button>
        )}
      </div>
      {units.error && <ErrorBanner error={units.error} onRetry={units.reload} />}
      {units.slow && <Skeleton lines={4} />}
      {units.value?.length === 0 && <Empty icon="folder">{text.units.empty}</Empty>}
      {all.length > 0 && (
        <ul className="ledger" aria-label={text.units.list}>
          {unitTree(all).map(({ unit, depth }) => (
            <li key={unit.code} className="delivery">
              <span className="grow unit-words" style={{ paddingInlineStart: Math.min(depth, 5) * 20 }}>
                {unit.name}
                <span className="help delivery-times">
                  {unit.code}
                  {unit.parent !== null && ` · ${text.units.under(nameOf(unit.parent))}`}
                </span>
              </span>
              {may && (
                <Button
                  kind="quiet"
                  aria-label={text.units.editOf(unit.name)}
                  onPress={() => setEditing(unit)}
                >
                  {text.people.edit}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <EditUnit unit={editing === 'new' ? null : editing} all={all} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function EditUnit(props: {
  readonly unit: Unit | null;
  readonly all: readonly Unit[];
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.units;
  const sending = useSending();
  const [code, setCode] = useState(props.unit?.code ?? '');
  const [name, setName] = useState(props.unit?.name ?? '');
  const [parent, setParent] = useState(props.unit?.parent ?? '');
  const codeError = (): string | undefined => {
    if (props.unit !== null) return undefined;
    if (!isUnitCode(code)) return text.person.unitInvalid;
    return props.all.some((unit) => unit.code === code) ? words.codeTaken : undefined;
  };
  const wrongCode = codeError();

  return (
    <FormDialog
      title={props.unit ? words.editTitle : words.addTitle}
      sending={sending}
      confirm={words.confirm}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          wrongCode !== undefined || name.trim() === '',
          () => eletter.units.save({ code, name: name.trim(), parent: parent === '' ? null : parent }),
          () => {
            say(words.saved(name.trim()));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <TextField
        label={words.code}
        value={code}
        help={words.codeHelp}
        readOnly={props.unit !== null}
        maxLength={20}
        error={sending.tried ? wrongCode : undefined}
        onChange={(next) => setCode(next.toUpperCase())}
      />
      <TextField
        label={words.name}
        value={name}
        placeholder={words.nameExample}
        maxLength={200}
        error={sending.tried && name.trim() === '' ? text.common.required : undefined}
        onChange={setName}
      />
      <SelectField
        label={words.parent}
        value={parent}
        choices={[
          { value: '', label: words.noParent },
          ...props.all
            .filter((unit) => unit.code !== code)
            .map((unit) => ({ value: unit.code, label: unit.name })),
        ]}
        onChange={(next) => {
          setParent(next);
          sending.forget();
        }}
      />
    </FormDialog>
  );
}
