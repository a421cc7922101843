export {
  addBatch,
  countItems,
  endBatch,
  itemsOf,
  nextItem,
  openBatch,
  settleItem,
  stopBatch,
} from './batches.ts';
export type { StoredBatch } from './batches.ts';
export { changedSince, latestChange, recordChange } from './changes.ts';
export { isVerifiedOn, recordVerification, verifiedOtherwise } from './verification.ts';
export type { FoundVerification } from './verification.ts';
export { link, linksOf, requireLinksOpen, settleLinks } from './links.ts';
export { addRemark, remarksOf } from './remarks.ts';
export {
  approve,
  asksOthers,
  clearSteps,
  fallAfter,
  forgetSignatures,
  plannedSteps,
  stepSigned,
  stepsOf,
  submit,
  turnsIn,
} from './steps.ts';
export type { StoredStep } from './steps.ts';
export { issueNumber, openReservation, releaseNumber, reserveNumber } from './numbering.ts';
export {
  createLetter,
  freeze,
  interruptedLetters,
  markCosigning,
  markRead,
  markSigned,
  readLetter,
  recordLevel,
  replacePdf,
  saveContent,
  setState,
  thaw,
  undeliver,
} from './store.ts';
export type { Receiver, StoredLetter } from './store.ts';
export { accessOf, closeTo, grant, onlyReaderOf, pdfOf, withdraw } from './readers.ts';
export { isSealed, openKeyring, requireKey, sealTo } from './sealed.ts';
export type { Reader } from './sealed.ts';
export { readinessProblems } from './readiness.ts';
