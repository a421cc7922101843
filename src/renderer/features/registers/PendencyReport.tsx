/** What is still open with the people of a unit, by how long: numbers, and nothing of any letter. */
import type { ReactElement } from 'react';
import {
  pendencyAges,
  type Pendency,
  type PendencyCount,
  type Unit,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { TakeOut } from './TakeOut.tsx';
import { UnitField } from './UnitField.tsx';

export function PendencyReport(props: {
  readonly unit: string;
  readonly units: readonly Unit[];
  readonly onUnit: (unit: string) => void;
}): ReactElement {
  const words = useText().registers;
  const { unit } = props;
  const found = useReading(`pendency ${unit}`, () => eletter.registers.pendency({ unit }));
  return (
    <>
      <p className="soft">{words.pendency.text}</p>
      <div className="numbers-filter" role="group" aria-label={words.which}>
        <UnitField {...props} />
      </div>
      <TakeOut sheet={{ what: 'pendency', unit }} />
      {found.error && <ErrorBanner error={found.error} onRetry={found.reload} />}
      {found.slow && <Skeleton lines={6} />}
      {found.value && found.value.people.length === 0 && <Empty icon="check">{words.pendency.none}</Empty>}
      {found.value && found.value.people.length > 0 && <Table pendency={found.value} />}
    </>
  );
}

function Table({ pendency }: { readonly pendency: Pendency }): ReactElement {
  const words = useText().registers.pendency;
  const language = useLanguage();
  const ages = pendencyAges.map(({ from, to }) =>
    to === null
      ? words.older(count(from - 1, language))
      : words.age(count(from, language), count(to, language)),
  );
  return (
    <div className="register-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="audit register register-pendency" aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.work}</th>
            {ages.map((label) => (
              <th key={label} scope="col" className="register-count">
                {label}
              </th>
            ))}
            <th scope="col" className="register-count">
              {words.all}
            </th>
            <th scope="col" className="register-count">
              {words.overdue}
            </th>
          </tr>
        </thead>
        <tbody>
          {pendency.people.map((person) =>
            person.counts.map((one, at) => (
              <tr key={`${person.name} ${person.unit} ${one.kind}`}>
                {at === 0 && (
                  <th scope="rowgroup" rowSpan={person.counts.length} className="register-person">
                    {person.name}
                    <span className="help delivery-times">
                      {[person.post, person.unit].filter((part) => part !== '').join(' · ')}
                    </span>
                  </th>
                )}
                <Counts one={one} />
              </tr>
            )),
          )}
        </tbody>
        <tfoot>
          {pendency.total.map((one, at) => (
            <tr key={one.kind}>
              {at === 0 && (
                <th scope="rowgroup" rowSpan={pendency.total.length} className="register-person">
                  {words.total}
                </th>
              )}
              <Counts one={one} />
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}

function Counts({ one }: { readonly one: PendencyCount }): ReactElement {
  const words = useText().registers.pendency;
  const language = useLanguage();
  return (
    <>
      <td>{words.kinds[one.kind]}</td>
      {one.ages.map((n, at) => (
        <td key={at} className={n === 0 ? 'register-count soft' : 'register-count'}>
          {count(n, language)}
        </td>
      ))}
      <td className="register-count register-all">{count(one.all, language)}</td>
      <td className="register-count">
        {one.overdue > 0 && (
          <Chip tone="bad" icon="clock">
            {count(one.overdue, language)}
          </Chip>
        )}
      </td>
    </>
  );
}
