export { countersOf } from './counters.ts';
export { letterDetail, listLetters, personName } from './letters.ts';
export { numberBooks, numberEntries, numberEntry } from './numbers.ts';
export type { Asker } from './scope.ts';
export { visible } from './scope.ts';
export {
  archiveFile,
  archiveFiles,
  filedIn,
  filesByCode,
  holdsOf,
  lettersIn,
  openFiles,
  proposedFiles,
} from './archive.ts';
export type { ArchiveRules, ArchiveScope } from './archive.ts';
export { listProposals, proposalDetail } from './proposals.ts';
