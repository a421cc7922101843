import type { ReactElement } from 'react';
import type { Unit } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { SelectField } from '../../ui/fields.tsx';

/** Which unit's books; its name beside its code where somebody gave it one. */
export function UnitField(props: {
  readonly unit: string;
  readonly units: readonly Unit[];
  readonly onUnit: (unit: string) => void;
}): ReactElement {
  const words = useText().registers;
  return (
    <SelectField
      label={words.unit}
      value={props.unit}
      choices={props.units.map(({ code, name }) => ({
        value: code,
        label: name === code ? code : `${code} – ${name}`,
      }))}
      onChange={props.onUnit}
    />
  );
}
