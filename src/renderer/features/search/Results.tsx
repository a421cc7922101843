/** Letters found, newest first, with the places where the words stand. Keys move the focus, Enter opens. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { SearchHit, Snippet } from '../../../main/core/contract/index.ts';
import { isSingleKey } from '../../app/keys.ts';
import { plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKindName } from '../../lib/kinds.ts';
import { listMoment } from '../../lib/format.ts';
import { Chip } from '../../ui/parts.tsx';
import { ClassChip } from '../letters/ClassChip.tsx';
import { momentOf, shownState, subjectOf } from '../letters/rows.ts';

export function Results(props: {
  readonly hits: readonly SearchHit[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
}): ReactElement {
  const { hits, openId } = props;
  const text = useText();
  const list = useRef<HTMLUListElement>(null);
  const [hereId, setHereId] = useState<string | null>(null);
  const found = hits.findIndex((hit) => hit.letter.id === (hereId ?? openId));
  const here = Math.max(found, 0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!isSingleKey(event)) return;
      const inList = list.current?.contains(document.activeElement) ?? false;
      const to =
        event.key === 'j' || (inList && event.key === 'ArrowDown')
          ? inList || found >= 0
            ? here + 1
            : 0
          : event.key === 'k' || (inList && event.key === 'ArrowUp')
            ? here - 1
            : inList && event.key === 'Home'
              ? 0
              : inList && event.key === 'End'
                ? hits.length - 1
                : null;
      if (to === null) return;
      event.preventDefault();
      const rows = list.current?.querySelectorAll<HTMLElement>('.row');
      rows?.[Math.max(0, Math.min(hits.length - 1, to))]?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [found, here, hits.length]);

  return (
    <ul ref={list} className="search-results" aria-label={text.search.results}>
      {hits.map((hit, index) => (
        <li key={hit.letter.id}>
          <Result
            hit={hit}
            open={hit.letter.id === openId}
            focusable={index === here}
            onFocus={() => setHereId(hit.letter.id)}
            onOpen={() => props.onOpen(hit.letter.id)}
          />
        </li>
      ))}
    </ul>
  );
}

function Result(props: {
  readonly hit: SearchHit;
  readonly open: boolean;
  readonly focusable: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const kindName = useKindName();
  const { letter, found } = props.hit;
  const state = shownState(letter, 'unit');
  const subject = found.find((one) => one.field === 'subject');
  const others = found.filter((one) => one !== subject && one.field !== 'kind');
  const who = letter.senderUnit === '' ? letter.senderName : `${letter.senderUnit} · ${letter.senderName}`;
  return (
    <button
      type="button"
      className={`row${letter.unread ? ' row-unread' : ''}`}
      aria-current={props.open ? 'true' : undefined}
      tabIndex={props.focusable ? 0 : -1}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <span className="row-line">
        {letter.unread && <span className="dot" />}
        <span className="row-name">{who}</span>
        <span className="row-when">
          {letter.date === null ? listMoment(momentOf(letter), language) : plainDate(letter.date, language)}
        </span>
      </span>
      <span className="row-line">
        <span className="row-subject">
          {subject ? <Marked snippet={subject} /> : subjectOf(letter, text)}
        </span>
      </span>
      {others.slice(0, 2).map((one) => (
        <span className="search-why" key={one.field}>
          <span className="search-where">{text.search.field[one.field]}:</span> <Marked snippet={one} />
        </span>
      ))}
      <span className="row-line row-line-wraps">
        <span className="row-number">
          {letter.onBehalfOf !== null && <strong>{text.letters.onBehalf(letter.onBehalfOf)} · </strong>}
          {letter.number ?? kindName(letter.kind)}
        </span>
        <ClassChip security={letter.security} />
        <Chip tone={state.tone} icon={state.icon}>
          {text.letters.state[state.key]}
        </Chip>
      </span>
    </button>
  );
}

function Marked({ snippet }: { readonly snippet: Snippet }): ReactElement {
  const parts: (string | ReactElement)[] = [];
  let at = 0;
  for (const [from, to] of snippet.marks) {
    parts.push(snippet.text.slice(at, from), <mark key={from}>{snippet.text.slice(from, to)}</mark>);
    at = to;
  }
  parts.push(snippet.text.slice(at));
  return <>{parts}</>;
}
