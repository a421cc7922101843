export * from './errors.ts';
export * from './given.ts';
export * from './letters.ts';
export * from './attachments.ts';
export * from './kinds.ts';
export * from './lifecycle.ts';
export * from './disposition-life.ts';
export * from './dispositions.ts';
export * from './archive-life.ts';
export * from './archive.ts';
export * from './review.ts';
export * from './templates.ts';
export { fillVariables, variablesIn } from './variables.ts';
export { allVariableNames, variableNames } from './variable-names.ts';
export * from './versions.ts';
export * from './addresses.ts';
export * from './merge.ts';
export * from './incoming.ts';
export * from './batch.ts';
export { isBelow, signatureLevels } from './levels.ts';
export * from './signing-services.ts';
export * from './people.ts';
export { fold, plainWords, squeeze } from './folding.ts';
export * from './search.ts';
export * from './reminders.ts';
export * from './waiting-event.ts';
export * from './numbering.ts';
export * from './number-format.ts';
export * from './registers.ts';
export * from './dispatch.ts';
export * from './verification.ts';
export * from './judgement.ts';
export * from './answered.ts';
export * from './report-table.ts';
export * from './api.ts';
export * from './channels.ts';
export * from './desktop.ts';
export * from './tools.ts';
export type { FieldLock } from './revision.ts';
export * from './permissions.ts';
export * from './statement.ts';
export { revocationReasons } from './authority.ts';
export type {
  AuthorityStatus,
  IssuedCertificate,
  OwnCertificates,
  RequestSummary,
  RevocationReason,
  WaitingRequest,
} from './authority.ts';
export { fill, messageFor, messages } from './messages/index.ts';
export { answers } from './messages/answers.ts';
export { commandLine } from './messages/command-line.ts';
export { longMoment } from './messages/dates.ts';
