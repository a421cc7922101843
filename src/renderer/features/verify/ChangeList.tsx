/** Every change in words, with the sign that marks it on the page; choosing one leads there. */
import type { ReactElement } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import type { Mark } from './marks.ts';

/** Lines that a person would still go through. */
const mostListed = 200;

export function ChangeList(props: {
  readonly marks: readonly Mark[];
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
}): ReactElement {
  const text = useText();
  const { marks } = props;
  if (marks.length === 0) return <p className="soft">{text.viewing.noChanges}</p>;
  return (
    <>
      <ol className="change-list">
        {marks.slice(0, mostListed).map((mark) => (
          <li key={mark.number}>
            <button
              type="button"
              className="change"
              aria-current={mark.number === props.chosen || undefined}
              data-change={mark.number}
              onClick={() => props.onChoose(mark.number)}
            >
              <span className={`change-sign mark-${mark.kind}`} aria-hidden="true">
                {mark.number}
              </span>
              <span className="change-words">
                <strong>{text.viewing.kind[mark.kind]}</strong>
                <span>{mark.what}</span>
                <span className="soft small">
                  {mark.pair === null && mark.kind !== 'seen'
                    ? `${mark.where} · ${text.viewing.nowhere}`
                    : mark.where}
                  {mark.rule !== null && (
                    <>
                      {' '}
                      · {text.verify.rule} <span className="mono">{mark.rule}</span>
                    </>
                  )}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {marks.length > mostListed && (
        <p className="soft small">{text.viewing.more(marks.length - mostListed)}</p>
      )}
    </>
  );
}
