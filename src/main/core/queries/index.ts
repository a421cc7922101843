export { countersOf } from './counters.ts';
export { letterDetail, listLetters, personName } from './letters.ts';
export { numberBooks, numberEntries, numberEntry } from './numbers.ts';
export { registerPage, registerRows } from './registers.ts';
export type { Asker } from './scope.ts';
export { visible } from './scope.ts';
