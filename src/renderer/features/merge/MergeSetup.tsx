/** From a draft and a table to one draft per row: the columns, what is wrong, each letter as it will look. */
import { useState, type ReactElement } from 'react';
import type { MergeCheck, MergeColumns } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { variablesIn } from '../../../main/core/contract/index.ts';
import { Checkbox } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, FileDrop } from '../../ui/parts.tsx';
import { Button } from '../../ui/Button.tsx';
import { MergeColumnFields } from './MergeColumnFields.tsx';
import { MergePreviews } from './MergePreviews.tsx';
import { MergeProblems } from './MergeProblems.tsx';
import { showMerge } from './merge-store.ts';

interface Table {
  readonly name: string;
  readonly csv: Uint8Array;
}

export function MergeSetup(props: { readonly letterId: string; readonly revision: number }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const { letterId: id, revision } = props;
  const sending = useSending();
  const [table, setTable] = useState<Table | null>(null);
  const [check, setCheck] = useState<MergeCheck | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [leaveOut, setLeaveOut] = useState(false);
  const [previewing, setPreviewing] = useState(false);
  const n = (value: number): string => count(value, language);

  const look = (next: Table, columns: MergeColumns | null): void => {
    setTable(next);
    sending.send(false, () => eletter.merge.check({ id, csv: next.csv, columns }), setCheck);
  };
  const take = async (file: File): Promise<void> => {
    setRefused(null);
    setCheck(null);
    setTable(null);
    setLeaveOut(false);
    const reading = await readFile(file, limits.table);
    if (reading.ok) look({ name: reading.name, csv: reading.bytes }, null);
    else
      setRefused(
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.table))
          : text.common.fileUnreadable,
      );
  };
  const columns = check?.columns ?? null;
  const ready = check?.ready ?? 0;
  const wrong = check && ready > 0 ? check.rows - ready : 0;
  const create = (): void => {
    if (!table || !columns || ready === 0 || (wrong > 0 && !leaveOut)) return;
    sending.send(
      false,
      () => eletter.merge.create({ id, revision, csv: table.csv, columns, leaveOut }),
      (made) => {
        say(words.created(n(made.letters)));
        noteChange();
        showMerge({ at: 'one', id: made.id });
      },
    );
  };

  return (
    <FormDialog
      title={words.title}
      wide
      sending={sending}
      confirm={words.create(n(ready))}
      running={words.creating}
      isDisabled={ready === 0 || (wrong > 0 && !leaveOut)}
      onClose={() => showMerge(null)}
      onSubmit={create}
    >
      {previewing && table && columns ? (
        <MergePreviews
          id={id}
          csv={table.csv}
          columns={columns}
          all={ready}
          onBack={() => setPreviewing(false)}
        />
      ) : (
        <>
          {!check && <p className="soft">{words.text}</p>}
          {!check && <Needed id={id} />}
          <FileDrop
            label={check ? words.other : words.choose}
            hint={table && check ? words.file(table.name, n(check.rows)) : text.common.orDrop}
            accept={['text/csv', '.csv']}
            onFile={(file) => void take(file)}
          />
          {refused !== null && (
            <Banner tone="bad" live>
              {refused}
            </Banner>
          )}
          {table && check && (
            <>
              {check.encoding === 'windows-1252' && <Banner tone="plain">{words.oldEncoding}</Banner>}
              <MergeColumnFields check={check} onChange={(next) => look(table, next)} />
              <MergeProblems check={check} />
              <div className="line">
                <span className="grow">
                  {wrong > 0 && (
                    <Checkbox isSelected={leaveOut} onChange={setLeaveOut}>
                      {words.leaveOut(n(wrong))}
                    </Checkbox>
                  )}
                </span>
                <Button icon="eye" isDisabled={ready === 0} onPress={() => setPreviewing(true)}>
                  {words.preview}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </FormDialog>
  );
}

/** Which columns the letter asks for, before a table is chosen. */
function Needed({ id }: { readonly id: string }): ReactElement | null {
  const { merge } = useText();
  const letter = useReading(`letter-${id}`, () => eletter.letters.get({ id }));
  if (!letter.value) return null;
  const names = variablesIn(letter.value.content).map((name) => `\${${name}}`);
  return (
    <p className="help">
      {names.length > 0 ? merge.variables(names.join(', ')) : merge.noVariables('${desa}')}
    </p>
  );
}
