export { changedSince, latestChange, recordChange } from './changes.ts';
export { issueNumber, openReservation, releaseNumber, reserveNumber } from './numbering.ts';
export {
  createLetter,
  freeze,
  interruptedLetters,
  markRead,
  markSigned,
  readLetter,
  saveContent,
  setState,
  thaw,
} from './store.ts';
export { readinessProblems } from './readiness.ts';
