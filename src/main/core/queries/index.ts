export { countersOf } from './counters.ts';
export { letterDetail, listLetters, personName } from './letters.ts';
export type { Asker } from './scope.ts';
export { visible } from './scope.ts';
