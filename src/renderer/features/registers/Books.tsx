/** The books of the office: numbers, agenda, outgoing, expedition, and what is pending. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { registerBooks, type RegisterBook, type Session } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { ErrorBanner, ScreenTitle } from '../../ui/parts.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { Numbers } from '../numbers/Numbers.tsx';
import { PendencyReport } from './PendencyReport.tsx';
import { Register } from './Register.tsx';

const tabs = ['numbers', ...registerBooks, 'pendency'] as const;
type Tab = (typeof tabs)[number];

export function Books({ session }: { readonly session: Session }): ReactElement {
  const words = useText().registers;
  const [tab, setTab] = useState<Tab>('numbers');
  const may = useMay();
  const shown = tabs.filter((one) => one !== 'pendency' || may('registers.pendency'));
  const choice = (
    <Switch
      label={words.tabs}
      value={tab}
      choices={shown.map((value) => ({ value, label: words.tab[value] }))}
      onChange={setTab}
    />
  );
  if (tab === 'numbers') return <Numbers session={session} tabs={choice} />;
  return <UnitsBook tab={tab} tabs={choice} />;
}

/** The unit stays chosen from one book to the next. */
function UnitsBook(props: {
  readonly tab: RegisterBook | 'pendency';
  readonly tabs: ReactNode;
}): ReactElement {
  const words = useText().registers;
  const { tab } = props;
  const choices = useReading('register-choices', () => eletter.registers.choices({}));
  const [chosen, setChosen] = useState('');
  const { units = [], registers = [] } = choices.value ?? {};
  const unit = chosen || (units[0]?.code ?? '');
  return (
    <div className="screen screen-wide stack" data-pane="registers" tabIndex={-1}>
      <ScreenTitle>{tab === 'pendency' ? words.pendency.title : words.title[tab]}</ScreenTitle>
      {props.tabs}
      {choices.error && <ErrorBanner error={choices.error} onRetry={choices.reload} />}
      {unit !== '' &&
        (tab === 'pendency' ? (
          <PendencyReport unit={unit} units={units} onUnit={setChosen} />
        ) : (
          <Register key={tab} book={tab} unit={unit} units={units} registers={registers} onUnit={setChosen} />
        ))}
    </div>
  );
}
