/** The list: filter above, rows below, drawn as they come into view. Keys move the focus, Enter opens. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { listLimit, type Folder, type LetterRow, type ListPart } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { isSingleKey } from '../../app/keys.ts';
import { useAppearance } from '../../lib/appearance.ts';
import type { Reading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { BatchBanner } from '../batch/BatchDesk.tsx';
import { useChoosing, type Choosing } from '../batch/choice.ts';
import { ChoiceBar } from '../batch/ChoiceBar.tsx';
import { approve } from '../review/approving.ts';
import { Row } from './Row.tsx';
import { folderIcons } from './folder-icons.ts';
import { NewestOnly } from './NewestOnly.tsx';
import { hasComeBack, subjectOf, wanted } from './rows.ts';

export function LetterList(props: {
  readonly folder: Folder;
  readonly rows: Reading<readonly LetterRow[]>;
  readonly openId: string | null;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Only this part of the folder; null: all of it. */
  readonly only: ListPart | null;
  readonly onOnly: (only: ListPart | null) => void;
  readonly onOpen: (id: string) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const filter = useRef<HTMLInputElement>(null);
  const { only } = props;
  const all = useKept(props.rows.value, only === null ? null : props.openId);
  const rows = all ? wanted(all, props.query, false) : [];
  const may = useMay();
  const choosing = useChoosing(rows.map((row) => row.id));
  const action = chosenFor[props.folder];
  const chooses = action && may(action === 'sign' ? 'batch.start' : 'letters.approve') ? choosing : null;
  const filtered = props.query.trim() !== '' || only !== null;
  const cameBack = all?.some(hasComeBack) ?? false;

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === '/' && isSingleKey(event)) {
        event.preventDefault();
        filter.current?.focus();
        filter.current?.select();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <div className="list-head">
        <label className="grow">
          <span className="hidden-visually">{text.letters.filter}</span>
          <input
            ref={filter}
            type="search"
            className="input"
            placeholder={text.letters.filterHint}
            value={props.query}
            spellCheck={false}
            onChange={(event) => props.onQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              if (props.query === '') filter.current?.blur();
              else props.onQuery('');
            }}
          />
        </label>
        {(props.folder === 'incoming' || props.folder === 'outgoing' || props.folder === 'dispositions') && (
          <label className="list-unread">
            <input
              type="checkbox"
              checked={only !== null}
              onChange={(event) => props.onOnly(event.target.checked ? 'unread' : null)}
            />
            {props.folder === 'outgoing' ? text.letters.awaitingOnly : unreadWords(only, text)}
          </label>
        )}
        {props.folder === 'drafts' && (only !== null || cameBack) && (
          <label className="list-unread">
            <input
              type="checkbox"
              checked={only !== null}
              onChange={(event) => props.onOnly(event.target.checked ? 'returned' : null)}
            />
            {only === 'interrupted' ? text.review.onlyInterrupted : text.review.onlyReturned}
          </label>
        )}
        <p className="hidden-visually" role="status">
          {all && filtered ? text.letters.found(count(rows.length, language)) : ''}
        </p>
      </div>
      {chooses && action === 'sign' && (
        <div className="batch-banner">
          <BatchBanner />
        </div>
      )}
      {chooses && action && <ChoiceBar choosing={chooses} action={action} rows={rows} />}
      {props.rows.error && (
        <div className="list-pad">
          <ErrorBanner error={props.rows.error} onRetry={props.rows.reload} />
        </div>
      )}
      {props.rows.slow && <Skeleton lines={8} />}
      {(props.rows.value?.length ?? 0) >= listLimit && <NewestOnly folder={props.folder} only={only} />}
      {all && rows.length === 0 && (
        <Empty
          icon={filtered ? 'letters' : folderIcons[props.folder]}
          action={
            filtered && (
              <Button
                onPress={() => {
                  props.onQuery('');
                  props.onOnly(null);
                }}
              >
                {text.letters.clearFilter}
              </Button>
            )
          }
        >
          {filtered ? nothingFound(props.query, only, text) : text.letters.empty[props.folder]}
        </Empty>
      )}
      {rows.length > 0 && (
        <Rows
          folder={props.folder}
          rows={rows}
          openId={props.openId}
          choosing={chooses}
          onOpen={props.onOpen}
        />
      )}
    </>
  );
}

/** Of a part that the person's own work empties, an empty list is good news rather than a filter that misses. */
const nothingFound = (query: string, only: ListPart | null, text: Catalogue): string =>
  query.trim() === '' && only !== null ? text.reminders.nothingLeft : text.letters.noMatch;

function unreadWords(only: ListPart | null, text: Catalogue): string {
  if (only === 'unreadTo') return text.reminders.unreadTo;
  return only === 'unreadCopies' ? text.reminders.unreadCopies : text.letters.unreadOnly;
}

/** A letter that was opened from a part which reading takes it out of stays in the list until another is opened. */
function useKept(rows: readonly LetterRow[] | null, openId: string | null): readonly LetterRow[] | null {
  const [kept, setKept] = useState<{ readonly row: LetterRow; readonly at: number } | null>(null);
  const at = rows?.findIndex((row) => row.id === openId) ?? -1;
  const row = rows?.[at];
  if (row && kept?.row !== row) setKept({ row, at });
  if (!rows || row || openId === null || kept?.row.id !== openId) return rows;
  return rows.toSpliced(kept.at, 0, { ...kept.row, unread: false });
}

/** What the letters of a folder are chosen for. */
const chosenFor: Readonly<Partial<Record<Folder, 'sign' | 'approve'>>> = {
  drafts: 'sign',
  toSign: 'sign',
  toReview: 'approve',
};

function Rows(props: {
  readonly folder: Folder;
  readonly rows: readonly LetterRow[];
  readonly openId: string | null;
  /** Null where rows cannot be chosen. */
  readonly choosing: Choosing | null;
  readonly onOpen: (id: string) => void;
}): ReactElement {
  const { rows, openId, choosing, onOpen } = props;
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const density = useAppearance((state) => state.density);
  const [hereId, setHereId] = useState(openId);
  const found = rows.findIndex((row) => row.id === (hereId ?? openId));
  const here = Math.max(0, found);
  /** A new object whenever a key asks for the focus, also when the row stays the same. */
  const [asked, setAsked] = useState<{ readonly index: number } | null>(null);

  // oxlint-disable-next-line react/incompatible-library -- this page is built without the React compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (density === 'compact' ? 68 : 84),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    // The row that has the focus stays in the page, however far one scrolls.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), here])].sort((a, b) => a - b),
  });
  useEffect(() => virtual.measure(), [density, virtual]);

  useEffect(() => {
    const move = (to: number): void => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (!row) return;
      setHereId(row.id);
      setAsked({ index: rows.indexOf(row) });
      virtual.scrollToIndex(rows.indexOf(row));
    };
    const onKey = (event: KeyboardEvent): void => {
      if (!isSingleKey(event)) return;
      const inList = scroller.current?.contains(document.activeElement) ?? false;
      const before = found < 0 ? -1 : here;
      if (event.key === 'j' || (inList && event.key === 'ArrowDown')) move(inList ? here + 1 : before + 1);
      else if (event.key === 'k' || (inList && event.key === 'ArrowUp')) move(here - 1);
      else if (inList && event.key === 'Home') move(0);
      else if (inList && event.key === 'End') move(rows.length - 1);
      else if (event.key === 'n') {
        const order = rows.map((_, index) => (here + 1 + index) % rows.length);
        const next = order.find((index) => rows[index]?.unread);
        if (next === undefined) return;
        move(next);
      } else if (event.key === 'a' && props.folder === 'toReview' && (inList || openId === null)) {
        const row = rows[here];
        if (!row || found < 0) return;
        // The row goes; the focus goes on to its neighbour.
        if (rows.length > 1) move(here + 1 < rows.length ? here + 1 : here - 1);
        void approve({ id: row.id, subject: subjectOf(row, text) }, null);
      } else if (choosing && event.key.toLowerCase() === 'x') {
        const row = rows[here];
        if (row) choosing.toggle(row.id, event.shiftKey);
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [rows, here, found, virtual, choosing, openId, props.folder, text]);

  useEffect(() => {
    if (!asked) return;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${asked.index}"] button`)?.focus();
  }, [asked]);

  return (
    <div ref={scroller} className="rows">
      <ul style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <li
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {choosing && (
                  <label className="row-choice">
                    <input
                      type="checkbox"
                      checked={choosing.ids.has(row.id)}
                      tabIndex={item.index === here ? 0 : -1}
                      aria-label={text.batch.choose(subjectOf(row, text))}
                      onChange={(event) =>
                        choosing.toggle(
                          row.id,
                          event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey,
                        )
                      }
                    />
                  </label>
                )}
                <Row
                  row={row}
                  folder={props.folder}
                  open={row.id === openId}
                  focusable={item.index === here}
                  onFocus={() => setHereId(row.id)}
                  onOpen={() => onOpen(row.id)}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
