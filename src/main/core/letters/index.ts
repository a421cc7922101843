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
export {
  cancelHeld,
  closeBook,
  heldFor,
  holdNumber,
  issueNumber,
  openBook,
  openReservation,
  readHeld,
  releaseNumber,
  reserveNumber,
  useHeld,
} from './numbering.ts';
export type { NumberRequest } from './numbering.ts';
export { formatOf, listFormats, saveFormat } from './number-formats.ts';
export type { Office } from './number-formats.ts';
export {
  createLetter,
  freeze,
  interruptedLetters,
  markRead,
  markSigned,
  readLetter,
  recordLevel,
  replacePdf,
  saveContent,
  setState,
  thaw,
} from './store.ts';
export type { Receiver, StoredLetter } from './store.ts';
export { accessOf, grant, onlyReaderOf, pdfOf, withdraw } from './readers.ts';
export { isSealed, openKeyring } from './sealed.ts';
export type { Reader } from './sealed.ts';
export { readinessProblems } from './readiness.ts';
