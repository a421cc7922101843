/** The filters in use, each with a button that takes it away. */
import type { ReactElement } from 'react';
import type { Language, SearchFilters } from '../../../main/core/contract/index.ts';
import { plainDate } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKindName } from '../../lib/kinds.ts';
import { Icon } from '../../ui/icons.tsx';
import { activeFilters, withoutFilter, type FilterName } from './search-store.ts';

export function FilterChips(props: {
  readonly filters: SearchFilters;
  readonly onChange: (filters: SearchFilters) => void;
}): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  const kindName = useKindName();
  const names = activeFilters(props.filters);
  if (names.length === 0) return null;
  return (
    <ul className="search-chips" aria-label={text.search.active}>
      {names.map((name) => {
        const label = filterLabel(name, props.filters, text, language, kindName);
        return (
          <li key={name}>
            <button
              type="button"
              className="chip search-chip"
              aria-label={text.search.drop(label)}
              onClick={() => props.onChange(withoutFilter(props.filters, name))}
            >
              {label}
              <Icon name="close" small />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function filterLabel(
  name: FilterName,
  filters: SearchFilters,
  text: Catalogue,
  language: Language,
  kindName: (id: string) => string,
): string {
  const words = text.search;
  const { direction, kind, security, urgency, state, unit, person, from, to, classification, hasFile } =
    filters;
  switch (name) {
    case 'direction':
      return direction ? words.directions[direction] : '';
    case 'kind':
      return kindName(kind ?? '');
    case 'security':
      return security ? text.letters.security[security] : '';
    case 'urgency':
      return urgency ? text.letters.urgency[urgency] : '';
    case 'state':
      return state ? text.letters.state[state] : '';
    case 'unit':
      return words.chip.unit(unit ?? '');
    case 'person':
      return words.chip.person(person ?? '');
    case 'from':
      return words.fromOn(plainDate(from ?? '', language));
    case 'to':
      return words.toOn(plainDate(to ?? '', language));
    case 'classification':
      return words.chip.classification(classification ?? '');
    case 'hasFile':
      return hasFile ? words.files.yes : words.files.no;
  }
}
