export { countersOf } from './counters.ts';
export { dueFor, pressing, sharesOf, stillWaiting, waitingTotal, type Targets } from './due.ts';
export { letterDetail, lettersNamed, listLetters, personName } from './letters.ts';
export { numberBooks, numberEntries, numberEntry } from './numbers.ts';
export type { Asker } from './scope.ts';
export { visible } from './scope.ts';
