export {
  addAttachment,
  attachmentsOf,
  dropAttachments,
  moveAttachments,
  orderAttachments,
  removeAttachment,
  renameAttachment,
} from './attachments.ts';
export type { AttachmentWords, StoredAttachment } from './attachments.ts';
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
export { addDraft, addMerge, listMerges, markMergeDiscarded, mergeLetters } from './merges.ts';
export type { StoredMerge } from './merges.ts';
export { isVerifiedOn, recordVerification, verifiedOtherwise } from './verification.ts';
export type { FoundVerification } from './verification.ts';
export { link, linksOf, requireLinksOpen, requireNoSuccessorUnderWay, settleLinks, unlink } from './links.ts';
export { agendaOf, correctAgenda, enterAgenda, voidAgenda } from './agenda.ts';
export {
  claim,
  followUpsOf,
  reopen,
  repliesTo,
  moveReplies,
  replyLikewise,
  settleReplied,
  settleUnneeded,
  unclaim,
  unsettledOf,
  unsettleReplied,
} from './follow-up.ts';
export type { StoredFollowUp } from './follow-up.ts';
export {
  correctRegistration,
  fileTypeOf,
  incomingOf,
  registerLetter,
  sameLetters,
  voidRegistration,
} from './incoming.ts';
export type { KeptFile } from './incoming.ts';
export { recordDispatch, voidDispatch } from './dispatches.ts';
export { addRemark, remarksOf } from './remarks.ts';
export {
  approve,
  asksOthers,
  awaitedFrom,
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
export { isSealed, openKeyring, openWords, requireKey, sealTo } from './sealed.ts';
export type { Reader } from './sealed.ts';
export { keepProfileVersion, kindsInUse, profileVersionOf } from './profile-version.ts';
export { readinessProblems } from './readiness.ts';
export { keepBeforeSave, keepVersion, listVersions, readVersion } from './versions.ts';
export {
  addModule,
  changeModule,
  countModules,
  listModules,
  readModule,
  removeModule,
} from './text-modules.ts';
export type { StoredModule } from './text-modules.ts';
