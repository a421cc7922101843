/** A new kind begins as a bare shape or as a copy; everything else is set in the form, and nothing is in force before. */
import { useState, type ReactElement } from 'react';
import type { KindTemplate, OfficeTemplates } from '../../../main/core/contract/index.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { codeOf, genericKind, kindsOf, withKind } from '../../lib/templates.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { begin, useWorking } from './working.ts';

export function NewKind(props: {
  readonly templates: OfficeTemplates;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.templates;
  const language = useLanguage();
  const sending = useSending();
  const [name, setName] = useState('');
  const [from, setFrom] = useState('letter');
  const changes = useWorking((state) => state.draft?.changes) ?? props.templates.changes;
  const kinds = kindsOf(props.templates, changes);
  const taken = kinds.some(({ kind }) => kind.label.toLowerCase() === name.trim().toLowerCase());
  const wrong = name.trim() === '' ? text.common.required : taken ? words.nameTaken : undefined;

  const make = (): void => {
    const label = name.trim();
    const base: KindTemplate =
      kinds.find(({ id }) => id === from.replace(/^kind:/, ''))?.kind ??
      genericKind(from === 'title' ? 'title' : 'letter');
    const id = codeOf(
      label,
      kinds.map((one) => one.id),
    );
    const named = { id: label, en: label };
    begin(props.templates, id, withKind(changes, id, { ...base, label, name: named, about: named }));
    props.onClose();
  };

  return (
    <FormDialog
      title={words.newTitle}
      sending={sending}
      confirm={words.newConfirm}
      onClose={props.onClose}
      onSubmit={() => sending.send(wrong !== undefined, async () => ({ ok: true, value: null }), make)}
    >
      <TextField
        label={words.newName}
        value={name}
        placeholder={words.newNameExample}
        maxLength={120}
        startsFocused
        error={sending.tried ? wrong : undefined}
        onChange={setName}
      />
      <SelectField
        label={words.newFrom}
        value={from}
        choices={[
          { value: 'letter', label: words.generic.letter },
          { value: 'title', label: words.generic.title },
          ...kinds.map(({ id, kind }) => ({
            value: `kind:${id}`,
            label: kind.name?.[language] ?? kind.label,
          })),
        ]}
        onChange={setFrom}
      />
    </FormDialog>
  );
}
