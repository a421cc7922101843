/** The office's books as tables that leave the vault. */
export { metadataLines, metadataTable } from './metadata.ts';
export type { LetterMetadata } from './metadata.ts';
export { bookTable, localDay, longDay, oneLine, pendencyTable } from './tables.ts';
export { writeWorkbook } from './xlsx.ts';
