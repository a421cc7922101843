/** The real page of unsaved changes. The last good one stays while something is wrong. */
import { useEffect, useState, type ReactElement } from 'react';
import type {
  ErrorShape,
  OfficeChanges,
  TemplatePreview as Answer,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { PdfPages } from '../../ui/PdfPages.tsx';
import { PreviewHead } from '../../ui/PreviewHead.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { ProblemList } from './ProblemList.tsx';

/** Rest between typing and a new page, in milliseconds. */
const rest = 250;

export function TemplatePreview(props: {
  readonly changes: OfficeChanges;
  readonly kind: string | null;
  /** Path of what is being edited, which the list of problems leaves out. */
  readonly within: string;
  readonly onAnswer: (answer: Answer) => void;
}): ReactElement {
  const text = useText();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [pdf, setPdf] = useState<Uint8Array | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [shown, setShown] = useState<OfficeChanges | null>(null);
  const { changes, kind, onAnswer } = props;
  const busy = shown !== changes;

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      void eletter.templates.preview({ changes, kind }).then((result) => {
        if (stale) return;
        setShown(changes);
        setError(result.ok ? null : result.error);
        if (!result.ok) return;
        setAnswer(result.value);
        onAnswer(result.value);
        if (result.value.pdf) setPdf(result.value.pdf);
      });
    }, rest);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [changes, kind, onAnswer]);

  const problems = answer?.problems ?? [];
  return (
    <>
      <PreviewHead
        title={text.templates.preview}
        level={3}
        pending={busy && answer !== null}
        pages={answer?.pages ?? 0}
      />
      {error && <ErrorBanner error={error} />}
      {problems.length > 0 && (
        <ProblemList title={text.templates.problems} problems={problems} within={props.within} />
      )}
      {problems.length > 0 && pdf && answer?.pdf === null && (
        <p className="small soft">{text.templates.lastGood}</p>
      )}
      {pdf && <PdfPages bytes={pdf} label={text.templates.previewOf} />}
      {!pdf && busy && <Skeleton lines={12} />}
    </>
  );
}
