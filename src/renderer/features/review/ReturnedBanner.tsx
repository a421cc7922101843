/** Above a letter that came back: the newest remark, and the way to the place that it is about. */
import type { ReactElement } from 'react';
import type { LetterDetail, RemarkMark } from '../../../main/core/contract/index.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { FoldedRemarks, RemarkWords, saidBy } from './Remarks.tsx';

export function ReturnedBanner(props: {
  readonly letter: Pick<LetterDetail, 'state' | 'remarks'>;
  readonly onShow: (mark: RemarkMark) => void;
}): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  const [newest, ...earlier] = props.letter.remarks;
  if (!newest || props.letter.state !== 'returned') return null;
  const { mark } = newest;
  return (
    <Banner tone="unsure">
      <div className="stack-tight">
        <p>
          <strong>{text.review.returnedBanner(saidBy(newest, text))}</strong>{' '}
          <span className="help">{dateTime(newest.at, language)}</span>
        </p>
        <RemarkWords
          remark={newest}
          action={mark && <Button onPress={() => props.onShow(mark)}>{text.review.showMark}</Button>}
        />
        <FoldedRemarks remarks={earlier} earlier />
      </div>
    </Banner>
  );
}
