export { indexLetters } from './index-letters.ts';
export { indexDue, optimiseIndex, pendingLetters, purgeSome, settleIndex } from './due.ts';
export { newDesk } from './desk.ts';
export type { Desk } from './desk.ts';
export { findLetters } from './find.ts';
