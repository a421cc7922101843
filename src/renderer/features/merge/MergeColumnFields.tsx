/** Which column of the table is what, beside its first rows. */
import type { ReactElement } from 'react';
import type { MergeCheck, MergeColumns } from '../../../main/core/contract/index.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { SelectField } from '../../ui/fields.tsx';

export function MergeColumnFields(props: {
  readonly check: MergeCheck;
  readonly onChange: (columns: MergeColumns) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const { check } = props;
  const heading = (at: number): string => check.header[at] || words.unnamed(count(at + 1, language));
  const all = check.header.map((_, at) => ({ value: String(at), label: heading(at) }));
  const none = { value: '', label: words.none };
  const choose = { value: '', label: words.chooseColumn };
  const { columns } = check;
  const set = (part: Partial<MergeColumns>): void => {
    const before = columns ?? { name: -1, place: null, nip: null, variables: {} };
    const next = { ...before, ...part };
    if (next.name >= 0) props.onChange(next);
  };
  const numberOf = (value: string): number | null => (value === '' ? null : Number(value));
  const textOf = (at: number | null | undefined): string => (typeof at === 'number' ? String(at) : '');
  const variable = (name: string, value: string): void => {
    const { [name]: _before, ...others } = columns?.variables ?? {};
    const chosen = value === 'keep' ? 'keep' : numberOf(value);
    set({ variables: chosen === null ? others : { ...others, [name]: chosen } });
  };
  return (
    <>
      <fieldset className="stack-tight">
        <legend>{words.columns}</legend>
        <div className="merge-columns">
          <SelectField
            label={words.name}
            value={textOf(columns?.name)}
            choices={columns ? all : [choose, ...all]}
            onChange={(value) => set({ name: numberOf(value) ?? -1 })}
          />
          {columns && (
            <>
              <SelectField
                label={words.place}
                value={textOf(columns.place)}
                choices={[none, ...all]}
                onChange={(value) => set({ place: numberOf(value) })}
              />
              <SelectField
                label={words.nip}
                value={textOf(columns.nip)}
                choices={[none, ...all]}
                onChange={(value) => set({ nip: numberOf(value) })}
              />
              {check.variables.map((name) => {
                const at = columns.variables[name];
                return (
                  <SelectField
                    key={name}
                    label={words.variable(`\${${name}}`)}
                    value={at === 'keep' ? 'keep' : textOf(at)}
                    choices={[choose, ...all, { value: 'keep', label: words.keepVariable }]}
                    onChange={(value) => variable(name, value)}
                  />
                );
              })}
            </>
          )}
        </div>
      </fieldset>
      <div className="merge-sample" tabIndex={0} role="region" aria-label={words.sample}>
        <table className="audit" aria-label={words.sample}>
          <thead>
            <tr>
              {check.header.map((_, at) => (
                <th key={at} scope="col">
                  {heading(at)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {check.sample.map((cells, row) => (
              <tr key={row}>
                {check.header.map((_, at) => (
                  <td key={at}>{cells[at] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
