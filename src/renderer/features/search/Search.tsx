/** One box to find a letter again: what narrows it at the left, results newest first, the letter beside them. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import {
  maximumHits,
  type ErrorShape,
  type SearchHit,
  type SearchRequest,
  type SearchResult,
} from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { LetterPane } from '../letters/LetterPane.tsx';
import { FilterChips } from './FilterChips.tsx';
import { FilterDialog } from './FilterDialog.tsx';
import { Narrow } from './Narrow.tsx';
import { useKept } from './use-kept.ts';
import { Results } from './Results.tsx';
import { SaveDialog } from './SaveDialog.tsx';
import { activeFilters, setFilters, setQuery, useSearch } from './search-store.ts';

/** Nobody types a word in less; nobody waits longer for an answer. */
const pause = 150;

export function Search({ id }: { readonly id: string | null }): ReactElement {
  const text = useText();
  const words = text.search;
  const { query, filters } = useSearch();
  const settled = useSettled(query);
  const request: SearchRequest = { query: settled, filters };
  const asks = settled.trim() !== '' || activeFilters(filters).length > 0;
  const [editing, setEditing] = useState(false);
  return (
    <div
      className={`letters search${id === null ? '' : ' letters-open'}${id !== null && editing ? ' letters-editing' : ''}`}
    >
      <Narrow request={request} asks={asks} />
      <section className="list-pane" data-pane="list" tabIndex={-1} aria-label={words.results}>
        {id === null && <h1 className="hidden-visually">{words.title}</h1>}
        <Box />
        {asks ? <Found request={request} openId={id} /> : <Tips />}
      </section>
      <section className="letter-pane" data-pane="letter" tabIndex={-1} aria-label={text.letters.title}>
        {id === null ? (
          <Empty icon="letters">{asks ? words.choose : words.anywhere}</Empty>
        ) : (
          <LetterPane
            key={id}
            id={id}
            onEditing={setEditing}
            onClose={() => go({ at: 'search', id: null })}
          />
        )}
      </section>
    </div>
  );
}

/** The value once it has stood still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Box(): ReactElement {
  const words = useText().search;
  const { query, filters, asked } = useSearch();
  const box = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<'filters' | 'save' | null>(null);
  useEffect(() => {
    if (asked === null) return;
    box.current?.focus();
    box.current?.select();
  }, [asked]);
  const asks = query.trim() !== '' || activeFilters(filters).length > 0;
  return (
    <div className="list-head" role="search">
      <label>
        <span className="hidden-visually">{words.box}</span>
        <input
          ref={box}
          type="search"
          className="input"
          placeholder={words.hint}
          value={query}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') {
              event.stopPropagation();
              setQuery('');
            } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
              const first = document.querySelector<HTMLElement>('.search-results .row[tabindex="0"]');
              if (!first) return;
              event.preventDefault();
              first.focus();
            }
          }}
        />
      </label>
      <div className="line">
        <Button onPress={() => setDialog('filters')}>{words.filters}</Button>
        {asks && <Button onPress={() => setDialog('save')}>{words.save}</Button>}
      </div>
      <FilterChips filters={filters} onChange={setFilters} />
      {dialog === 'filters' && <FilterDialog onClose={() => setDialog(null)} />}
      {dialog === 'save' && <SaveDialog request={{ query, filters }} onClose={() => setDialog(null)} />}
    </div>
  );
}

function Tips(): ReactElement {
  const words = useText().search;
  return (
    <div className="search-tips">
      <p>{words.tips}</p>
      <ul>
        {words.tipList.map((tip) => (
          <li key={tip}>{tip}</li>
        ))}
      </ul>
    </div>
  );
}

type Page = Pick<SearchResult, 'hits' | 'more'>;

function Found(props: { readonly request: SearchRequest; readonly openId: string | null }): ReactElement {
  const words = useText().search;
  const language = useLanguage();
  const { request } = props;
  const ask = (after: number | null) => eletter.search.find({ ...request, after, limit: maximumHits });
  const key = JSON.stringify(request);
  const newest = useReading(`search ${key}`, () => ask(null));
  const [further, setFurther] = useState<{ readonly key: string; readonly page: Page } | null>(null);
  const older = further?.key === key ? further.page : null;
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  // What was found for the letters typed before stays until the next answer.
  const result = useKept(newest);
  const seen = new Set<string>();
  // What came in meanwhile moves the pages: a letter that is on two of them is shown once.
  const hits: readonly SearchHit[] = [...(result?.hits ?? []), ...(older?.hits ?? [])].filter((hit) => {
    const first = !seen.has(hit.letter.id);
    seen.add(hit.letter.id);
    return first;
  });
  const more = older ? older.more : (result?.more ?? null);
  const filtered = activeFilters(request.filters).length > 0;

  const readMore = async (): Promise<void> => {
    setPending(true);
    const next = await ask(more);
    setPending(false);
    setError(next.ok ? null : next.error);
    if (!next.ok) return;
    const { hits: found, more: then } = next.value;
    setFurther({ key, page: { hits: [...(older?.hits ?? []), ...found], more: then } });
  };

  return (
    <div className="search-found">
      <p className={hits.length > 0 ? 'search-count' : 'hidden-visually'} role="status">
        {result && (more === null ? words.found : words.foundMore)(count(hits.length, language))}
      </p>
      {newest.error && (
        <div className="list-pad">
          <ErrorBanner error={newest.error} />
        </div>
      )}
      {newest.slow && result === null && <Skeleton lines={8} />}
      {result && <Notes result={result} />}
      {result && hits.length === 0 && (
        <Empty
          icon="search"
          action={filtered && <Button onPress={() => setFilters({})}>{words.clearFilters}</Button>}
        >
          {words.none} {filtered ? words.noneFiltered : words.noneHelp}
        </Empty>
      )}
      {hits.length > 0 && (
        <Results hits={hits} openId={props.openId} onOpen={(next) => go({ at: 'search', id: next })} />
      )}
      {error && <ErrorBanner error={error} />}
      {hits.length > 0 && more !== null && (
        <div className="list-pad">
          <Button isPending={pending} onPress={() => void readMore()}>
            {words.more}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What the answer does not hold, and why. */
function Notes({ result }: { readonly result: SearchResult }): ReactElement | null {
  const words = useText().search;
  const language = useLanguage();
  const notes = [
    ...(result.pending > 0 ? [words.pending(count(result.pending, language))] : []),
    ...(result.short.length > 0 ? [words.short(result.short.join('”, “'))] : []),
    ...(result.sealedLeftOut ? [words.sealedLeftOut] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <div className="list-pad">
      <Banner tone="plain">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Banner>
    </div>
  );
}
