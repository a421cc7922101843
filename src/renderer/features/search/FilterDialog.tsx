/** Every filter in one place. Nothing changes before it is applied. */
import { useState, type ReactElement } from 'react';
import {
  letterStates,
  securityClasses,
  urgencies,
  type SearchFilters,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { useKinds, useKindName } from '../../lib/kinds.ts';
import { SelectField, TextField, type Choice } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { activeFilters, setFilters, useSearch } from './search-store.ts';

export function FilterDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.search;
  const sending = useSending();
  const kinds = useKinds();
  const kindName = useKindName();
  const units = useReading('units', () => eletter.units.list({}));
  const [draft, setDraft] = useState<SearchFilters>(useSearch().filters);
  const set = (part: SearchFilters): void => setDraft((before) => ({ ...before, ...part }));
  const withAny = <T extends string>(
    values: readonly T[],
    label: (value: T) => string,
  ): readonly Choice<T | ''>[] => [
    { value: '', label: words.any },
    ...values.map((value) => ({ value, label: label(value) })),
  ];
  const apply = (): void => {
    // What says nothing is left out, so that the same search is the same request.
    const kept = Object.fromEntries(activeFilters(draft).map((name) => [name, draft[name]]));
    setFilters(kept);
    onClose();
  };
  return (
    <FormDialog
      title={words.filtersTitle}
      confirm={words.apply}
      sending={sending}
      wide
      onClose={onClose}
      onSubmit={apply}
    >
      <div className="search-filters">
        <SelectField
          label={words.direction}
          value={draft.direction ?? ''}
          choices={withAny(['incoming', 'outgoing'] as const, (one) => words.directions[one])}
          onChange={(direction) => set({ direction: direction || null })}
        />
        <SelectField
          label={words.kind}
          value={draft.kind ?? ''}
          choices={withAny(
            kinds.map((kind) => kind.id),
            kindName,
          )}
          onChange={(kind) => set({ kind: kind || null })}
        />
        <SelectField
          label={words.unit}
          value={draft.unit ?? ''}
          choices={withAny(
            (units.value ?? []).map((unit) => unit.code),
            (code) => units.value?.find((unit) => unit.code === code)?.name ?? code,
          )}
          onChange={(unit) => set({ unit: unit || null })}
        />
        <SelectField
          label={words.security}
          value={draft.security ?? ''}
          choices={withAny(securityClasses, (one) => text.letters.security[one])}
          onChange={(security) => set({ security: security || null })}
        />
        <SelectField
          label={words.urgency}
          value={draft.urgency ?? ''}
          choices={withAny(urgencies, (one) => text.letters.urgency[one])}
          onChange={(urgency) => set({ urgency: urgency || null })}
        />
        <SelectField
          label={words.state}
          value={draft.state ?? ''}
          choices={withAny(letterStates, (one) => text.letters.state[one])}
          onChange={(state) => set({ state: state || null })}
        />
        <TextField
          label={words.from}
          type="date"
          value={draft.from ?? ''}
          onChange={(from) => set({ from: from || null })}
        />
        <TextField
          label={words.to}
          type="date"
          value={draft.to ?? ''}
          onChange={(to) => set({ to: to || null })}
        />
        <SelectField
          label={words.hasFile}
          value={draft.hasFile === true ? 'yes' : draft.hasFile === false ? 'no' : ''}
          choices={withAny(['yes', 'no'] as const, (one) => words.files[one])}
          onChange={(one) => set({ hasFile: one === '' ? null : one === 'yes' })}
        />
        <TextField
          label={words.person}
          help={words.personHelp}
          value={draft.person ?? ''}
          maxLength={200}
          onChange={(person) => set({ person: person || null })}
        />
        <TextField
          label={words.classification}
          help={words.classificationHelp}
          value={draft.classification ?? ''}
          maxLength={40}
          onChange={(typed) => set({ classification: typed.replace(/[^0-9A-Za-z.]/g, '') || null })}
        />
      </div>
    </FormDialog>
  );
}
