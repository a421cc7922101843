/** The real page, set again after each save. The page before stays until the new one is there. */
import { useEffect, useState, type ReactElement } from 'react';
import type {
  ErrorShape,
  LetterContent,
  Preview as PreviewResult,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { PdfPages } from '../../ui/PdfPages.tsx';
import { PreviewHead } from '../../ui/PreviewHead.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Problems } from './Problems.tsx';

/** Rest between a save and a new preview, in milliseconds. */
const rest = 250;

export function Preview(props: {
  readonly id: string;
  readonly saved: boolean;
  readonly revision: number;
  readonly content: LetterContent;
  /** Changes with the letter's attachments. */
  readonly attached: string;
  /** Told after each answer: why the letter cannot be signed as it is. */
  readonly onProblems: (problems: readonly ErrorShape[], revision: number) => void;
  /** They stand elsewhere already. */
  readonly hidesProblems: boolean;
}): ReactElement {
  const text = useText();
  const [result, setResult] = useState<PreviewResult | null>(null);
  const [pdf, setPdf] = useState<Uint8Array | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  /** Revision and attachments that the newest answer belongs to. */
  const [shown, setShown] = useState<string | null>(null);

  const { id, saved, revision, attached, onProblems } = props;
  const wanted = `${revision} ${attached}`;
  const busy = shown !== wanted || !saved;

  useEffect(() => {
    if (!saved) return;
    let stale = false;
    const timer = setTimeout(() => {
      void eletter.letters.preview({ id }).then((answer) => {
        if (stale) return;
        setShown(wanted);
        if (!answer.ok) {
          setError(answer.error);
          return;
        }
        setError(null);
        setResult(answer.value);
        onProblems(answer.value.problems, revision);
        if (answer.value.pdf) setPdf(answer.value.pdf);
      });
    }, rest);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [id, revision, wanted, saved, onProblems]);

  return (
    <>
      <PreviewHead
        title={text.editor.preview}
        level={2}
        pending={busy && result !== null}
        pages={result?.pages ?? 0}
      />
      {error && <ErrorBanner error={error} />}
      {result && !props.hidesProblems && <Problems problems={result.problems} content={props.content} />}
      {pdf && <PdfPages bytes={pdf} label={text.editor.previewOf} />}
      {!pdf && busy && <Skeleton lines={12} />}
      {!pdf && !busy && !error && <p className="soft">{text.editor.previewNone}</p>}
    </>
  );
}
