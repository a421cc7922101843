export { countersOf } from './counters.ts';
export { letterDetail, lettersAt, listLetters, personName } from './letters.ts';
export { numberBooks, numberEntries, numberEntry } from './numbers.ts';
export type { Asker } from './scope.ts';
export { byRole, receivedBy, receivingAccounts, tasksOf, visible } from './scope.ts';
