export { askForPurge, indexLetters } from './index-letters.ts';
export {
  indexDue,
  indexIsLost,
  rebuildIndex,
  optimiseIndex,
  pendingLetters,
  purgeSome,
  purgeWaits,
} from './due.ts';
export { newDesk } from './desk.ts';
export type { Desk } from './desk.ts';
export { findLetters } from './find.ts';
export { countFacets } from './facets.ts';
export { whyFound } from './why.ts';
export { alertsWait, listSaved, removeSaved, renameSaved, saveSearch, takeAlerts } from './saved.ts';
