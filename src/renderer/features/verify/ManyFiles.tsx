/** Many files, checked one after the other; a file that cannot be read does not stop the rest. */
import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { VerificationReport } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Banner } from '../../ui/parts.tsx';
import { ManyTable } from './ManyTable.tsx';
import { orders, shownRows, tally, type Order, type Shown } from './many.ts';
import { ReportDialog } from './ReportDialog.tsx';
import { reportOn, type PdfSource } from './sources.ts';
import type { Look } from './Viewer.tsx';

/** As many as one export takes. */
const most = 1000;

/** Begun anew (by its key) for other files and in another language, in which the findings read otherwise. */
export function ManyFiles(props: {
  readonly sources: readonly PdfSource[];
  readonly onLook: (source: PdfSource, report: VerificationReport, look: Look) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { many } = text.verify;
  const sources = useMemo(() => props.sources.slice(0, most), [props.sources]);
  const [reports, setReports] = useState<readonly VerificationReport[]>([]);
  const [going, setGoing] = useState(true);
  const [open, setOpen] = useState<number | null>(null);
  const [shown, setShown] = useState<Shown>('all');
  const [order, setOrder] = useState<Order>('given');
  const [words, setWords] = useState('');
  const done = useRef(0);

  useEffect(() => {
    if (!going) return;
    let stale = false;
    const work = async (): Promise<void> => {
      for (let source = sources[done.current]; source; source = sources[done.current]) {
        const report = await reportOn(source);
        if (stale) return;
        done.current += 1;
        setReports((so) => [...so, report]);
      }
      setGoing(false);
    };
    void work();
    return () => {
      stale = true;
    };
  }, [sources, going]);

  const save = async (format: 'csv' | 'json'): Promise<void> => {
    const result = await eletter.desktop.exportReports({ format, language, reports });
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(text.verify.saved(result.value.fileName));
  };

  const all = useMemo(
    () => sources.map(({ name }, index) => ({ index, name, report: reports[index] ?? null })),
    [sources, reports],
  );
  const counts = useMemo(() => tally(all), [all]);
  const rows = useMemo(
    () => shownRows(all, { shown, words, order, language }),
    [all, shown, words, order, language],
  );
  const onOpen = useCallback((index: number) => setOpen(index), []);
  const complete = reports.length === sources.length;
  const chosen = open === null ? undefined : reports[open];
  const source = open === null ? undefined : sources[open];
  const kinds = (['all', 'bad', 'unsure', 'plain', 'good', 'waiting'] as const).filter(
    (kind) => kind === 'all' || kind === shown || counts[kind] > 0,
  );

  return (
    <div className="stack">
      {props.sources.length > most && <Banner tone="unsure">{many.dropped(most)}</Banner>}
      <div className="stack-tight">
        <div className="line">
          <p className="grow" role="status">
            {many.done(reports.length, sources.length)}
            {!going && !complete && ` · ${many.stopped}`}
          </p>
          {!complete && <Button onPress={() => setGoing(!going)}>{going ? many.stop : many.resume}</Button>}
          <Button isDisabled={going || reports.length === 0} onPress={() => void save('csv')}>
            {many.csv}
          </Button>
          <Button isDisabled={going || reports.length === 0} onPress={() => void save('json')}>
            {many.json}
          </Button>
        </div>
        {!complete && (
          <progress
            className="many-progress"
            aria-label={many.progress}
            value={reports.length}
            max={sources.length}
          />
        )}
      </div>
      <div className="many-tools">
        <TextField label={many.search} value={words} onChange={setWords} />
        <SelectField
          label={many.show}
          value={shown}
          choices={kinds.map((value) => ({ value, label: `${many.kinds[value]} (${counts[value]})` }))}
          onChange={setShown}
        />
        <SelectField
          label={many.order}
          value={order}
          choices={orders.map((value) => ({ value, label: many.orders[value] }))}
          onChange={setOrder}
        />
      </div>
      {rows.length === 0 ? <p className="soft">{many.nothing}</p> : <ManyTable rows={rows} onOpen={onOpen} />}
      {chosen && source && (
        <ReportDialog
          report={chosen}
          onClose={() => setOpen(null)}
          onLook={(look) => {
            setOpen(null);
            props.onLook(source, chosen, look);
          }}
        />
      )}
    </div>
  );
}
