/** A row per file, checked one after the other; a file that cannot be read does not stop the rest. */
import { useEffect, useState, type ReactElement } from 'react';
import {
  answers,
  judgeReport,
  reportRow,
  type Language,
  type VerificationReport,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { dateTime } from '../../lib/format.ts';
import { errorTextNow, useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Banner } from '../../ui/parts.tsx';
import { toneIcons } from './Report.tsx';
import { ReportDialog } from './ReportDialog.tsx';

/** As many as one export takes. */
const most = 1000;
/** Findings that a row has room for; the report has them all. */
const shownProblems = 2;

export function ManyFiles(props: { readonly files: readonly File[] }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const files = props.files.slice(0, most);
  const [reports, setReports] = useState<readonly VerificationReport[]>([]);
  const [open, setOpen] = useState<VerificationReport | null>(null);
  const { many } = text.verify;
  const { table } = answers[language];

  const tooLarge = text.common.fileTooLarge(limitText(limits.pdf));
  const unreadable = text.common.fileUnreadable;

  useEffect(() => {
    let stale = false;
    const work = async (): Promise<void> => {
      setReports([]);
      for (const file of props.files.slice(0, most)) {
        const report = await reportOn(file, tooLarge, unreadable);
        if (stale) return;
        setReports((so) => [...so, report]);
      }
    };
    void work();
    return () => {
      stale = true;
    };
    // In another language the findings read otherwise: then all is asked again.
  }, [props.files, tooLarge, unreadable]);

  const save = async (format: 'csv' | 'json'): Promise<void> => {
    const result = await eletter.desktop.exportReports({ format, language, reports });
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(text.verify.saved(result.value.fileName));
  };

  return (
    <div className="stack">
      {props.files.length > most && <Banner tone="unsure">{many.dropped(most)}</Banner>}
      <div className="line">
        <p className="soft grow" role="status">
          {many.done(reports.length, files.length)}
        </p>
        <Button isDisabled={reports.length < files.length} onPress={() => void save('csv')}>
          {many.csv}
        </Button>
        <Button isDisabled={reports.length < files.length} onPress={() => void save('json')}>
          {many.json}
        </Button>
      </div>
      <table className="audit many" aria-label={many.label}>
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
          {files.map((file, index) => (
            <Row
              key={index}
              name={file.name}
              report={reports[index] ?? null}
              language={language}
              onOpen={setOpen}
            />
          ))}
        </tbody>
      </table>
      {open && <ReportDialog report={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Row(props: {
  readonly name: string;
  readonly report: VerificationReport | null;
  readonly language: Language;
  readonly onOpen: (report: VerificationReport) => void;
}): ReactElement {
  const text = useText();
  const { report, language } = props;
  const { many } = text.verify;
  if (!report)
    return (
      <tr>
        <td>{props.name}</td>
        <td className="soft" colSpan={4}>
          {many.waiting}
        </td>
      </tr>
    );
  const { tone } = judgeReport(report);
  const row = reportRow(report, language);
  return (
    <tr>
      <td>
        <Button kind="quiet" aria-label={many.open(props.name)} onPress={() => props.onOpen(report)}>
          {props.name}
        </Button>
      </td>
      <td>
        <span className={`many-word many-${tone}`}>
          <Icon name={toneIcons[tone]} small />
          {text.verify.word[tone === 'plain' ? 'unsigned' : tone]}
        </span>
        <span className="help delivery-times">{row.sentence}</span>
      </td>
      <td>{row.signers.join(', ') || many.none}</td>
      <td>{row.times.map((time) => dateTime(time, language)).join('; ') || many.none}</td>
      <td>
        {row.problems.slice(0, shownProblems).join(' ') || many.none}
        {row.problems.length > shownProblems && ` (+${row.problems.length - shownProblems})`}
      </td>
    </tr>
  );
}

/** Whatever becomes of a file is a row: what the core refuses too. */
async function reportOn(file: File, tooLarge: string, unreadable: string): Promise<VerificationReport> {
  const failed = (code: string, message: string): VerificationReport => ({
    file: file.name,
    sha256: '',
    conclusion: 'UNREADABLE',
    revisions: 0,
    signatures: [],
    problems: [{ code, message }],
  });
  const reading = await readFile(file, limits.pdf);
  if (!reading.ok)
    return reading.reason === 'too-large'
      ? failed('FILE_TOO_LARGE', tooLarge)
      : failed('FILE_UNREADABLE', unreadable);
  const result = await eletter.verify.file({ name: reading.name, bytes: reading.bytes, password: null });
  return result.ok ? result.value : failed(result.error.code, errorTextNow(result.error));
}
