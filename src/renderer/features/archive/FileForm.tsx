/** A new file, or what stands on the cover of an open one. */
import { useState, type ReactElement } from 'react';
import type { ArchiveFileRow } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { today } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export function FileForm(props: {
  readonly file: ArchiveFileRow | null;
  readonly code: string;
  readonly units: readonly string[];
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.archive.form;
  const sending = useSending();
  const tree = useReading('archive-tree', () => eletter.archive.tree({}));
  const { file } = props;
  const [code, setCode] = useState(file?.code ?? props.code);
  const [title, setTitle] = useState(file?.title ?? '');
  const [unit, setUnit] = useState(file?.unit ?? props.units[0] ?? '');
  const [year, setYear] = useState(String(file?.year ?? today().slice(0, 4)));
  const [openedOn, setOpenedOn] = useState(file?.openedOn ?? today());
  const node = tree.value?.nodes.find((one) => one.code === code.trim());
  const required = (value: string): string | undefined =>
    sending.tried && value.trim() === '' ? text.common.required : undefined;
  const yearWrong = !/^(19|20|21)\d\d$/.test(year);
  return (
    <FormDialog
      title={file ? words.editTitle : words.addTitle}
      sending={sending}
      confirm={words.save}
      shownAtField={['CLASSIFICATION_UNKNOWN', 'ARCHIVE_DATE']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          [code, title, unit, openedOn].some((value) => value.trim() === '') || yearWrong,
          () =>
            eletter.archive.saveFile({
              id: file?.id ?? null,
              file: { code: code.trim(), title: title.trim(), unit, year: Number(year), openedOn },
            }),
          (saved) => {
            say(words.saved(saved.title));
            noteChange();
            props.onClose();
            if (!file) go({ at: 'archive', view: 'files', id: saved.id });
          },
        )
      }
    >
      <TextField
        label={words.code}
        value={code}
        list="archive-codes"
        help={node?.name ?? words.codeHelp}
        maxLength={40}
        startsFocused
        error={required(code) ?? sending.at('CLASSIFICATION_UNKNOWN')}
        onChange={(next) => {
          setCode(next);
          sending.forget();
        }}
      />
      <datalist id="archive-codes">
        {(tree.value?.nodes ?? []).map((one) => (
          <option key={one.code} value={one.code}>
            {`${one.code} ${one.name}`}
          </option>
        ))}
      </datalist>
      <TextField
        label={words.title}
        value={title}
        placeholder={words.titleExample}
        maxLength={200}
        error={required(title)}
        onChange={setTitle}
      />
      <div className="columns">
        {file ? (
          <TextField label={words.unit} value={unit} readOnly onChange={setUnit} />
        ) : (
          <SelectField
            label={words.unit}
            value={unit}
            choices={props.units.map((value) => ({ value, label: value }))}
            onChange={setUnit}
          />
        )}
        <TextField
          label={words.year}
          value={year}
          maxLength={4}
          error={required(year) ?? (sending.tried && yearWrong ? words.yearWrong : undefined)}
          onChange={setYear}
        />
        <TextField
          label={words.opened}
          type="date"
          value={openedOn}
          error={required(openedOn) ?? sending.at('ARCHIVE_DATE')}
          onChange={(next) => {
            setOpenedOn(next);
            sending.forget();
          }}
        />
      </div>
    </FormDialog>
  );
}
