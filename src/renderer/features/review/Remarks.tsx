/** What was said about a letter when it was returned, refused or taken back. */
import type { ReactElement, ReactNode } from 'react';
import type { LetterRemark, RemarkMark } from '../../../main/core/contract/index.ts';
import { count, dateTime } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

const icons = { return: 'remark', reject: 'failed', withdraw: 'undo', cancel: 'failed' } as const;

/** Who said it: a deputy with the name of whom they stood in for. */
export const saidBy = (remark: LetterRemark, text: Catalogue): string =>
  remark.deputyName === '' ? remark.name : text.review.remarkDeputy(remark.deputyName, remark.name);

function placeOf(mark: RemarkMark, text: Catalogue): string {
  if (mark.field !== 'body' || mark.block === null) return text.review.place[mark.field].toLowerCase();
  return text.review.block(String(mark.block + 1));
}

/** The words of one remark, and the place that it is about. */
export function RemarkWords(props: {
  readonly remark: LetterRemark;
  readonly action?: ReactNode;
}): ReactElement {
  const text = useText();
  const { remark } = props;
  return (
    <div className="stack-tight">
      <p className="remark-text">{remark.text}</p>
      {remark.mark && (
        <div className="line">
          <span className="help">{text.review.markAt(placeOf(remark.mark, text))}</span>
          {remark.mark.quote !== '' && <q className="remark-quote">{remark.mark.quote}</q>}
          {props.action}
        </div>
      )}
    </div>
  );
}

export function RemarkList({ remarks }: { readonly remarks: readonly LetterRemark[] }): ReactElement {
  const text = useText();
  const language = useLanguage();
  return (
    <ul className="ledger" aria-label={text.review.remarks}>
      {remarks.map((remark) => (
        <li key={remark.id} className="remark">
          <div className="line">
            <Chip tone={remark.kind === 'reject' ? 'bad' : 'unsure'} icon={icons[remark.kind]}>
              {text.review.remarkKind[remark.kind]}
            </Chip>
            <span className="help">
              {text.review.remarkBy(saidBy(remark, text), dateTime(remark.at, language))}
            </span>
          </div>
          <RemarkWords remark={remark} />
        </li>
      ))}
    </ul>
  );
}

/** Folded up; `earlier` where the newest stands elsewhere already. */
export function FoldedRemarks({
  remarks,
  earlier,
}: {
  readonly remarks: readonly LetterRemark[];
  readonly earlier: boolean;
}): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  if (remarks.length === 0) return null;
  return (
    <details className="stack-tight">
      <summary>
        {(earlier ? text.review.moreRemarks : text.review.someRemarks)(count(remarks.length, language))}
      </summary>
      <RemarkList remarks={remarks} />
    </details>
  );
}
