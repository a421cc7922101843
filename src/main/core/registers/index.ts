/** The office's books as tables that leave the vault. */
export { bookTable, localDay, longDay, oneLine, pendencyTable, unitName } from './tables.ts';
export { writeWorkbook } from './xlsx.ts';
