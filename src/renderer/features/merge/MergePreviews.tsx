/** The letters of a table one after the other, each as the page that it will be. */
import { useState, type ReactElement } from 'react';
import type { MergeColumns } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { useFieldName } from '../../lib/kinds.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { PdfPages } from '../../ui/PdfPages.tsx';

export function MergePreviews(props: {
  readonly id: string;
  readonly csv: Uint8Array;
  readonly columns: MergeColumns;
  /** How many there are. */
  readonly all: number;
  readonly onBack: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.merge;
  const fieldName = useFieldName();
  const errorText = useErrorText();
  const { id, csv, columns, all } = props;
  const [at, setAt] = useState(0);
  const shown = useReading(`merge-preview ${at}`, () => eletter.merge.preview({ id, csv, columns, at }));
  const n = (value: number): string => count(value, language);
  const letter = shown.value;
  const problems = letter?.preview.problems ?? [];
  const missing = problems.flatMap(({ code, params }) =>
    code === 'LETTER_INCOMPLETE' && typeof params?.['field'] === 'string' ? [fieldName(params['field'])] : [],
  );
  const others = problems.filter(({ code }) => code !== 'LETTER_INCOMPLETE').map(errorText);
  return (
    <>
      <div className="line">
        <Button kind="quiet" icon="back" onPress={props.onBack}>
          {words.back}
        </Button>
        <div className="grow" role="status">
          <strong>{words.previewTitle(n(at + 1), n(all))}</strong>
          <span className="help delivery-times">
            {letter
              ? words.previewRow(
                  n(letter.row),
                  [letter.addressee.name, letter.addressee.place].filter(Boolean).join(', '),
                )
              : '\u00a0'}
          </span>
        </div>
        <Button isDisabled={at === 0} onPress={() => setAt(at - 1)}>
          {words.previous}
        </Button>
        <Button isDisabled={at >= all - 1} onPress={() => setAt(at + 1)}>
          {words.next}
        </Button>
      </div>
      {shown.error && <ErrorBanner error={shown.error} onRetry={shown.reload} />}
      {(missing.length > 0 || others.length > 0) && (
        <Banner tone="unsure">
          {[missing.length > 0 ? text.batch.missing(missing.join(', ')) : '', ...others].join(' ')}
        </Banner>
      )}
      <div className="batch-page merge-page">
        {letter?.preview.pdf && <PdfPages bytes={letter.preview.pdf} label={words.previewOf} />}
        {!letter && !shown.error && <Skeleton lines={12} />}
      </div>
    </>
  );
}
