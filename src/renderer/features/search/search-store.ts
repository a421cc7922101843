/** What is asked for, kept while somebody opens a letter or looks elsewhere; it goes with the page at the lock. */
import { create } from 'zustand';
import type { SearchFilters, SearchRequest } from '../../../main/core/contract/index.ts';

interface SearchState extends SearchRequest {
  /** A new object whenever a key asks for the box. */
  readonly asked: object | null;
}

export const useSearch = create<SearchState>()(() => ({ query: '', filters: {}, asked: {} }));

export const setQuery = (query: string): void => useSearch.setState({ query });
export const setFilters = (filters: SearchFilters): void => useSearch.setState({ filters });
export const askFor = ({ query, filters }: SearchRequest): void => useSearch.setState({ query, filters });
export const askForBox = (): void => useSearch.setState({ asked: {} });

export type FilterName = keyof SearchFilters;

/** Filters that say something. */
export const activeFilters = (filters: SearchFilters): readonly FilterName[] =>
  (Object.keys(filters) as FilterName[]).filter((name) => {
    const value = filters[name];
    return value !== null && value !== undefined && value !== '';
  });

export const withoutFilter = (filters: SearchFilters, name: FilterName): SearchFilters => {
  const { [name]: _gone, ...rest } = filters;
  return rest;
};
