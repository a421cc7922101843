export { countersOf } from './counters.ts';
export { letterDetail, listLetters, personName } from './letters.ts';
export { numberBooks, numberEntries, numberEntry } from './numbers.ts';
export type { Asker } from './scope.ts';
export { receives, visible } from './scope.ts';
