/** One book of the office: a unit's, of a period, the newest line first. */
import { useState, type ReactElement } from 'react';
import type {
  ErrorShape,
  RegisterAsk,
  RegisterBook,
  RegisterPage,
  RegisterPlace,
  Unit,
} from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { today } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { registerName } from '../numbers/register-name.ts';
import { Metadata } from './Metadata.tsx';
import { periodOf, type PeriodChoice } from './period.ts';
import { PeriodFields } from './PeriodFields.tsx';
import { RegisterTable } from './RegisterTable.tsx';
import { TakeOut } from './TakeOut.tsx';
import { UnitField } from './UnitField.tsx';

const thisYear = (): PeriodChoice => ({
  year: Number(today().slice(0, 4)),
  month: 'all',
  from: '',
  until: '',
});

export function Register(props: {
  readonly book: RegisterBook;
  readonly unit: string;
  readonly units: readonly Unit[];
  readonly registers: readonly string[];
  readonly onUnit: (unit: string) => void;
}): ReactElement {
  const words = useText().registers;
  const { book, unit } = props;
  const [choice, setChoice] = useState(thisYear);
  const [register, setRegister] = useState('');
  const [exporting, setExporting] = useState(false);
  const roles = useSession()?.roles ?? [];
  const period = periodOf(choice);
  const ask: RegisterAsk | null = period && {
    book,
    unit,
    ...period,
    register: book === 'outgoing' && register !== '' ? register : null,
  };
  const mayExport = roles.includes('registrar') || roles.includes('archivist');
  return (
    <>
      <p className="soft">{words.text[book]}</p>
      <div className="numbers-filter" role="group" aria-label={words.which}>
        <UnitField {...props} />
        {book === 'outgoing' && (
          <SelectField
            label={words.register}
            value={register}
            choices={[
              { value: '', label: words.allRegisters },
              ...props.registers.map((one) => ({ value: one, label: registerName(one) })),
            ]}
            onChange={setRegister}
          />
        )}
        <PeriodFields value={choice} onChange={setChoice} />
      </div>
      {ask && (
        <TakeOut sheet={{ what: 'book', ask }}>
          {book !== 'expedition' && mayExport && (
            <Button icon="table" onPress={() => setExporting(true)}>
              {words.metadata}
            </Button>
          )}
        </TakeOut>
      )}
      {ask && <Lines key={JSON.stringify(ask)} ask={ask} />}
      {exporting && period && <Metadata unit={unit} period={period} onClose={() => setExporting(false)} />}
    </>
  );
}

function Lines({ ask }: { readonly ask: RegisterAsk }): ReactElement {
  const words = useText().registers;
  const [older, setOlder] = useState<RegisterPage | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const read = (before: RegisterPlace | null) => eletter.registers.page({ ...ask, before });
  const newest = useReading(JSON.stringify(ask), () => read(null));
  const rows = [...(newest.value?.rows ?? []), ...(older?.rows ?? [])];
  const before = (older ?? newest.value)?.before ?? null;
  const readMore = async (): Promise<void> => {
    setPending(true);
    const result = await read(before);
    setPending(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setOlder({ ...result.value, rows: [...(older?.rows ?? []), ...result.value.rows] });
  };
  return (
    <div className="stack-tight">
      {newest.error && <ErrorBanner error={newest.error} onRetry={newest.reload} />}
      {newest.slow && <Skeleton lines={6} />}
      {newest.value && rows.length === 0 && <Empty icon="ordered">{words.empty[ask.book]}</Empty>}
      {rows.length > 0 && <RegisterTable book={ask.book} rows={rows} />}
      {error && <ErrorBanner error={error} />}
      {before !== null && (
        <div className="line">
          <Button isPending={pending} onPress={() => void readMore()}>
            {words.more}
          </Button>
        </div>
      )}
    </div>
  );
}
