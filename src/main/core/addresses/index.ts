export { looksLikeFormula, readCsv, writeCsv } from './csv.ts';
export type { CsvTable } from './csv.ts';
export {
  findDouble,
  listEntries,
  listGroups,
  readEntry,
  removeEntry,
  removeGroup,
  replaceEntry,
  storeEntry,
  storeGroup,
  together,
} from './store.ts';
export { asTable, fromTable, tidy } from './table.ts';
