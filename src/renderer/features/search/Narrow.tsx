/** Beside the results: searches that are kept, and how many of the hits there are of each year, kind, unit, class. */
import { useState, type ReactElement } from 'react';
import {
  securityClasses,
  type Facet,
  type SavedSearch,
  type SearchFilters,
  type SearchRequest,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKindName } from '../../lib/kinds.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useKept } from './use-kept.ts';
import { SaveDialog } from './SaveDialog.tsx';
import { activeFilters, askFor, setFilters, useSearch, withoutFilter } from './search-store.ts';

export function Narrow(props: { readonly request: SearchRequest; readonly asks: boolean }): ReactElement {
  const words = useText().search;
  return (
    <nav className="folders search-narrow" aria-label={words.narrow} data-pane="folders" tabIndex={-1}>
      <Saved />
      {props.asks && <Facets request={props.request} />}
    </nav>
  );
}

const same = (one: SearchRequest, other: SearchRequest): boolean =>
  one.query.trim() === other.query.trim() &&
  JSON.stringify(activeFilters(one.filters).map((name) => [name, one.filters[name]])) ===
    JSON.stringify(activeFilters(other.filters).map((name) => [name, other.filters[name]]));

function Saved(): ReactElement | null {
  const words = useText().search;
  const { query, filters } = useSearch();
  const saved = useReading('searches', () => eletter.search.list({}));
  const [editing, setEditing] = useState<SavedSearch | null>(null);
  if (!saved.value) return null;
  return (
    <div>
      <h2 className="folder-group-title">{words.saved}</h2>
      {saved.value.length === 0 && <p className="help search-partly">{words.savedNone}</p>}
      <ul>
        {saved.value.map((one) => (
          <li key={one.id} className="search-saved">
            <button
              type="button"
              className="folder"
              aria-current={same(one, { query, filters }) ? 'page' : undefined}
              onClick={() => askFor(one)}
            >
              <Icon name={one.alert ? 'bell' : 'search'} />
              <span className="grow">{one.name}</span>
              {one.alert && <span className="hidden-visually">({words.alerts})</span>}
            </button>
            <Button
              kind="quiet"
              icon="more"
              aria-label={words.edit(one.name)}
              onPress={() => setEditing(one)}
            />
          </li>
        ))}
      </ul>
      {editing && <SaveDialog saved={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

function Facets({ request }: { readonly request: SearchRequest }): ReactElement | null {
  const text = useText();
  const words = text.search;
  const language = useLanguage();
  const kindName = useKindName();
  const facets = useReading(`facets ${JSON.stringify(request)}`, () => eletter.search.facets(request));
  const found = useKept(facets);
  if (!found || found.counted === 0) return null;
  const { filters } = request;
  const year = filters.from?.slice(0, 4) ?? null;
  const wholeYear = filters.from === `${year}-01-01` && filters.to === `${year}-12-31` ? year : null;
  const toggle = (name: 'kind' | 'unit', value: string): void =>
    setFilters(filters[name] === value ? withoutFilter(filters, name) : { ...filters, [name]: value });
  const toYear = (value: string): SearchFilters =>
    wholeYear === value
      ? withoutFilter(withoutFilter(filters, 'from'), 'to')
      : { ...filters, from: `${value}-01-01`, to: `${value}-12-31` };
  const toClass = (value: string): void => {
    const security = securityClasses.find((one) => one === value);
    if (security)
      setFilters(filters.security === value ? withoutFilter(filters, 'security') : { ...filters, security });
  };
  return (
    <>
      <Group
        title={words.years}
        facets={found.years}
        chosen={wholeYear}
        onChoose={(one) => setFilters(toYear(one))}
      />
      <Group
        title={words.kinds}
        facets={found.kinds}
        chosen={filters.kind ?? null}
        name={kindName}
        onChoose={(one) => toggle('kind', one)}
      />
      <Group
        title={words.units}
        facets={found.units}
        chosen={filters.unit ?? null}
        onChoose={(one) => toggle('unit', one)}
      />
      <Group
        title={words.classes}
        facets={found.classes}
        chosen={filters.security ?? null}
        name={(one) => text.letters.security[securityClasses.find((known) => known === one) ?? 'biasa']}
        onChoose={toClass}
      />
      {found.partly && <p className="help search-partly">{words.newest(count(found.counted, language))}</p>}
    </>
  );
}

function Group(props: {
  readonly title: string;
  readonly facets: readonly Facet[];
  readonly chosen: string | null;
  readonly name?: (value: string) => string;
  readonly onChoose: (value: string) => void;
}): ReactElement | null {
  const language = useLanguage();
  if (props.facets.length === 0) return null;
  return (
    <div className="search-group">
      <h2 className="folder-group-title">{props.title}</h2>
      <ul>
        {props.facets.map((facet) => (
          <li key={facet.value}>
            <button
              type="button"
              className="folder"
              aria-pressed={facet.value === props.chosen}
              onClick={() => props.onChoose(facet.value)}
            >
              <span className="grow">{props.name?.(facet.value) ?? facet.value}</span>
              <span className="counter counter-quiet">{count(facet.count, language)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
