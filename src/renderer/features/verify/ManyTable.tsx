/** A row per file; of a thousand only those in view are in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef, type ReactElement } from 'react';
import {
  answers,
  judgeReport,
  reportRow,
  type Language,
  type VerificationReport,
} from '../../../main/core/contract/index.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { scrollsByKey } from '../../ui/scroll.ts';
import type { ManyRow } from './many.ts';
import { toneIcons } from './Report.tsx';

/** Findings that a row has room for; the report has them all. */
const shownProblems = 2;
/** A guess, until a row was measured, in CSS pixels. */
const usualHeight = 76;

export function ManyTable(props: {
  readonly rows: readonly ManyRow[];
  readonly onOpen: (index: number) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { many } = text.verify;
  const { table } = answers[language];
  // oxlint-disable-next-line react/incompatible-library -- this page is built without the React compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (at) => rows[at]?.index ?? at,
    overscan: 8,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="many-scroll" ref={scroller} role="region" aria-label={many.label} {...scrollsByKey}>
      <table className="audit many" aria-label={many.label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">{table.file}</th>
            <th scope="col">{table.conclusion}</th>
            <th scope="col">{table.signer}</th>
            <th scope="col">{table.time}</th>
            <th scope="col">{table.problems}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space height={before} />}
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <tr
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  aria-rowindex={item.index + 2}
                >
                  <Cells
                    name={row.name}
                    index={row.index}
                    report={row.report}
                    language={language}
                    onOpen={props.onOpen}
                  />
                </tr>
              )
            );
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
    </div>
  );
}

function Space({ height }: { readonly height: number }): ReactElement {
  return (
    <tr aria-hidden="true" className="many-space" style={{ height }}>
      {/* A row needs a cell; this one is nothing to anybody. */}
      <td colSpan={5}>{'\u00a0'}</td>
    </tr>
  );
}

const Cells = memo(function Cells(props: {
  readonly name: string;
  readonly index: number;
  readonly report: VerificationReport | null;
  readonly language: Language;
  readonly onOpen: (index: number) => void;
}): ReactElement {
  const text = useText();
  const { name, index, report, language } = props;
  const { many } = text.verify;
  if (!report)
    return (
      <>
        <td>{name}</td>
        <td className="soft" colSpan={4}>
          {many.waiting}
        </td>
      </>
    );
  const { tone } = judgeReport(report);
  const row = reportRow(report, language);
  // What was never read has nothing to say but why.
  const unread = report.sha256 === '';
  const problems = unread ? [] : row.problems;
  return (
    <>
      <td>
        <Button kind="quiet" aria-label={many.open(name)} onPress={() => props.onOpen(index)}>
          {name}
        </Button>
      </td>
      <td>
        <span className={`many-word many-${tone}`}>
          <Icon name={toneIcons[tone]} small />
          {unread ? many.unread : text.verify.word[tone === 'plain' ? 'unsigned' : tone]}
        </span>
        <span className="help delivery-times">{unread ? row.problems.join(' ') : row.sentence}</span>
      </td>
      <td>{row.signers.join(', ') || many.none}</td>
      <td>{row.times.map((time) => dateTime(time, language)).join('; ') || many.none}</td>
      <td>
        {problems.slice(0, shownProblems).join(' ') || many.none}
        {problems.length > shownProblems && ` (+${problems.length - shownProblems})`}
      </td>
    </>
  );
});
