import type { LetterKind, LetterRow, SecurityClass, Urgency } from './letters.ts';
import type { LetterState } from './lifecycle.ts';

/** Searching letters: one box, filters beside it, searches that are kept. Shapes and limits. */

export const maximumQuery = 200;
export const maximumQueryWords = 12;
/** Letters on one page of results. */
export const maximumHits = 50;
/** Facets count at most so many of the newest hits. */
export const maximumCounted = 1000;
export const maximumSavedSearches = 50;

/** Everything absent or null: no filter. */
export interface SearchFilters {
  /** `incoming`: came to the asker, or was registered from outside; `outgoing`: every other. */
  readonly direction?: 'incoming' | 'outgoing' | null | undefined;
  readonly kind?: LetterKind | null | undefined;
  readonly security?: SecurityClass | null | undefined;
  readonly urgency?: Urgency | null | undefined;
  readonly state?: LetterState | null | undefined;
  /** Code of the unit that sent it. */
  readonly unit?: string | null | undefined;
  /** Words of the name or post of a sender or an addressee. */
  readonly person?: string | null | undefined;
  /** Plain dates, both included: of the letter, or of its beginning while it has none. */
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  /** A classification code, and what lies below it. */
  readonly classification?: string | null | undefined;
  /** A PDF is kept of it. */
  readonly hasFile?: boolean | null | undefined;
}

export interface SearchRequest {
  readonly query: string;
  readonly filters: SearchFilters;
}

/** Where the words of the query stand. */
export const searchFields = [
  'subject',
  'number',
  'agenda',
  'sender',
  'recipients',
  'body',
  'kind',
  'classification',
  'scan',
  'note',
] as const;
export type SearchField = (typeof searchFields)[number];

/** A piece of the letter's text; `marks` are begin and end (exclusive) of what was found, in UTF-16 units. */
export interface Snippet {
  readonly field: SearchField;
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}

export interface SearchHit {
  readonly letter: LetterRow;
  /** Why it was found: at most three places. */
  readonly found: readonly Snippet[];
}

export interface SearchResult {
  /** Newest first. */
  readonly hits: readonly SearchHit[];
  /** Ask with this for the next page; null at the end. */
  readonly more: number | null;
  /** Letters that the index does not hold yet; they are missing from the answer. */
  readonly pending: number;
  /** Beginnings of words that too many words share: only the most frequent of these were looked for. */
  readonly short: readonly string[];
  /** The person can open more sealed letters than are opened for one search; the oldest were left out. */
  readonly sealedLeftOut: boolean;
}

export interface Facet {
  readonly value: string;
  readonly count: number;
}

export interface SearchFacets {
  /** Hits counted. */
  readonly counted: number;
  /** There are more hits than were counted: the numbers are of the newest alone. */
  readonly partly: boolean;
  readonly years: readonly Facet[];
  readonly kinds: readonly Facet[];
  readonly units: readonly Facet[];
  readonly classes: readonly Facet[];
}

export interface SavedSearch extends SearchRequest {
  readonly id: string;
  readonly name: string;
  /** New letters that match are told by a notice. */
  readonly alert: boolean;
}

export interface SearchCalls {
  /**
   * Letters with all words of the query, in any order; the last word may be a beginning.
   * Refused: SEARCH_NO_WORDS, SEARCH_TOO_LONG.
   */
  'search.find': {
    input: SearchRequest & { readonly after: number | null; readonly limit: number };
    output: SearchResult;
  };
  'search.facets': { input: SearchRequest; output: SearchFacets };
  'search.list': { input: Record<string, never>; output: readonly SavedSearch[] };
  'search.save': {
    input: SearchRequest & { readonly name: string; readonly alert: boolean };
    output: readonly SavedSearch[];
  };
  /** Its name, and whether it alerts. */
  'search.rename': {
    input: { readonly id: string; readonly name: string; readonly alert: boolean };
    output: readonly SavedSearch[];
  };
  'search.remove': { input: { readonly id: string }; output: readonly SavedSearch[] };
}
