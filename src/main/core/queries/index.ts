export { countersOf } from './counters.ts';
export { dispatchedLetter, dispatchState } from './dispatches.ts';
export type { DispatchedLetter } from './dispatches.ts';
export { dispositionTree, sheetLetter } from './disposition-tree.ts';
export type { DispositionNode } from './disposition-tree.ts';
export { letterFacts } from './metadata.ts';
export type { LetterFacts } from './metadata.ts';
export { openWork } from './pendency.ts';
export { letterDetail, lettersAt, lettersNamed, listLetters, personName } from './letters.ts';
export { dueFor, pressing, sharesOf, stillWaiting, waitingTotal, type Targets } from './due.ts';
export { numberBooks, numberEntries, numberEntry } from './numbers.ts';
export { registerPage, registerRows } from './registers.ts';
export type { Asker } from './scope.ts';
export {
  byRole,
  leftAddressees,
  receivedBy,
  receives,
  receivingAccounts,
  tasksOf,
  visible,
} from './scope.ts';
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
