/**
 * Every way in which a request can be refused, as a stable code. Codes are part of the product: scripts,
 * support notes and the two message catalogues (messages/) rely on them, so they are added, never renamed.
 */
export const errorCodes = [
  // the door
  'BAD_REQUEST',
  'NOT_ALLOWED',
  'NOT_FOUND',
  'INTERNAL',
  'TIMED_OUT',
  // vault
  'VAULT_MISSING',
  'VAULT_EXISTS',
  'VAULT_LOCKED',
  'VAULT_IN_USE',
  'VAULT_DAMAGED',
  'VAULT_FROM_FUTURE',
  'VAULT_NETWORK_DRIVE',
  'DISK_FULL',
  'FOLDER_NOT_WRITABLE',
  'OBJECT_DAMAGED',
  'BACKUP_TORN',
  'BACKUP_NOT_VERIFIED',
  'BACKUP_FROM_FUTURE',
  'REKEY_NOT_READY',
  // people and passphrases
  'PASSPHRASE_WRONG',
  'PASSPHRASE_WEAK',
  'RECOVERY_KEY_MISTYPED',
  'RECOVERY_KEY_WRONG',
  'PASSPHRASES_EQUAL',
  'PASSPHRASE_NOT_NEW',
  'SIGNING_PASSPHRASE_WRONG',
  'USERNAME_TAKEN',
  'TOO_MANY_ATTEMPTS',
  'ACCOUNT_REVOKED',
  'LAST_ADMINISTRATOR',
  'POST_DATES_WRONG',
  'POST_MISSING',
  'UNIT_UNKNOWN',
  'UNIT_CYCLE',
  'DEPUTY_INVALID',
  'ROLES_EMPTY',
  'KEY_NOT_RESTORED',
  'NOTHING_TO_RESTORE',
  'REQUEST_OPEN',
  'REQUEST_CLOSED',
  'ANSWER_INCOMPLETE',
  'POLICY_NOT_ACKNOWLEDGED',
  'ACTIVATION_NEEDED',
  // identities
  'P12_PASSPHRASE_WRONG',
  'P12_CIPHER_UNSUPPORTED',
  'P12_UNREADABLE',
  'P12_NO_KEY',
  'KEY_MISMATCH',
  'KEY_UNSUPPORTED',
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_NOT_YET_VALID',
  'CERTIFICATE_WRONG_USAGE',
  'CERTIFICATE_UNREADABLE',
  'IDENTITY_MISSING',
  // letters
  'LETTER_INCOMPLETE',
  'LETTER_CHANGED_ELSEWHERE',
  'LETTER_NOT_EDITABLE',
  'LETTER_TOO_LARGE',
  'LETTER_SEALED',
  'SEARCH_NO_WORDS',
  'SEARCH_TOO_LONG',
  'SEARCH_TOO_MANY',
  'LETTER_NOT_SUBMITTED',
  'LETTER_ALREADY_READ',
  'NOT_YOUR_TURN',
  'DEPUTY_NOT_NOW',
  'REVIEWER_INVALID',
  'SIGNER_INVALID',
  'READER_NOT_READY',
  'READER_IS_PARTY',
  'READER_HAS_TASK',
  'LETTER_NOT_IN_FORCE',
  'DISPOSITION_EMPTY',
  'DISPOSITION_RECEIVER_INVALID',
  'DISPOSITION_DEADLINE_PAST',
  'DISPOSITION_MOVED_ON',
  'DISPOSITION_PASSED_ON_OPEN',
  'BATCH_OPEN',
  'BATCH_MISSING',
  'BATCH_RUNNING',
  'BATCH_PAUSED',
  'BATCH_MOVED_ON',
  'BATCH_CERTIFICATE_OTHER',
  'GLYPH_MISSING',
  'VARIABLE_UNKNOWN',
  'MODULE_TOO_LARGE',
  'MODULES_FULL',
  'TYPESET_FAILED',
  'LETTER_FILE_INVALID',
  'PROFILE_INVALID',
  'KIND_UNKNOWN',
  'KIND_IN_USE',
  'KIND_NUMBERS_COLLIDE',
  'TEMPLATES_CHANGED_ELSEWHERE',
  'ARMS_UNREADABLE',
  'ARMS_UNSAFE',
  'ARMS_TOO_LARGE',
  // the number book
  'NUMBER_FORMAT_INVALID',
  'NUMBER_FORMAT_COLLIDES',
  'NUMBER_BOOK_STARTED',
  'NUMBER_BOOK_OPEN',
  'NUMBER_YEAR_CLOSED',
  'NUMBER_YEAR_RUNNING',
  'NUMBER_DATE_PASSED',
  'NUMBER_DATE_FUTURE',
  'NUMBER_DATE_NOT_ALLOWED',
  'NUMBER_HELD_OTHER',
  // registers and the expedition book
  'REGISTER_TOO_LONG',
  'DISPATCH_TIME_WRONG',
  // address book, tables, merges
  'ADDRESS_DOUBLE',
  'ADDRESS_BOOK_FULL',
  'GROUP_DOUBLE',
  'GROUP_FULL',
  'CSV_NOT_TEXT',
  'CSV_EMPTY',
  'CSV_TOO_LARGE',
  'CSV_TOO_MANY_ROWS',
  'CSV_TOO_MANY_COLUMNS',
  'CSV_QUOTES',
  'CSV_COLUMN_MISSING',
  'MERGE_ROWS_WRONG',
  'MERGE_COLUMNS_WRONG',
  'MERGE_TOO_LARGE',
  // archive
  'CLASSIFICATION_UNKNOWN',
  'CLASSIFICATION_ROWS_WRONG',
  'FILE_NOT_OPEN',
  'FILE_STATE',
  'ARCHIVE_HELD',
  'ARCHIVE_NOT_DUE',
  'ARCHIVE_DATE',
  'ANRI_MISSING',
  'PANEL_INVALID',
  'APPROVER_INVALID',
  'PROPOSAL_STATE',
  'PROPOSAL_CHANGED',
  'LETTER_DESTROYED',
  'LETTER_NOT_FILEABLE',
  'PACKAGE_TOO_LARGE',
  // pdf and signing
  'PDF_UNREADABLE',
  'PDF_ENCRYPTED',
  'PDF_PASSWORD_WRONG',
  'PDF_ENCRYPTION_UNSUPPORTED',
  'PDF_RISKY',
  'PDF_TOO_LARGE',
  'PDF_ALREADY_CERTIFIED',
  'SIGN_FAILED',
  'EARLIER_SIGNATURE_BROKEN',
  'LEVEL_UNSUPPORTED',
  'FILE_UNREADABLE',
  'FILE_NOT_WRITTEN',
  'NETWORK_NOT_CONFIGURED',
  'NETWORK_FAILED',
  'TIMESTAMP_REFUSED',
  'CERTIFICATE_REVOKED',
  'CHAIN_INCOMPLETE',
  'RENEWAL_REFUSED',
  // in-house CA, tokens, signing gateway
  'CSR_UNREADABLE',
  'CSR_SIGNATURE_BAD',
  'CA_UNREADABLE',
  'CA_EXISTS',
  'CA_IN_USE',
  'CA_PASSPHRASE_WRONG',
  'CA_SERIAL_UNKNOWN',
  'CA_ALREADY_REVOKED',
  'CA_IS_COPY',
  'CA_MISSING',
  'CA_ANCHOR_UNREADABLE',
  'CA_HOLDER_ASKS',
  'CSR_OPEN',
  'TOKEN_DRIVER_UNUSABLE',
  'TOKEN_ABSENT',
  'TOKEN_PIN_WRONG',
  'TOKEN_PIN_LAST_TRY',
  'TOKEN_PIN_LOCKED',
  'TOKEN_REMOVED',
  'TOKEN_KEY_MISSING',
  'TOKEN_KEY_AMBIGUOUS',
  'TOKEN_FAILED',
  'GATEWAY_LOGIN_REFUSED',
  'GATEWAY_NOT_REGISTERED',
  'GATEWAY_PASSPHRASE_WRONG',
  'GATEWAY_CERTIFICATE_INACTIVE',
  'GATEWAY_REFUSED',
  'GATEWAY_ANSWER_UNUSABLE',
  'GATEWAY_MOVED',
  // trust
  'ANCHOR_UNREADABLE',
  'ANCHOR_NOT_CA',
  'ANCHOR_NOT_PSRE',
  'TRUST_FILE_CHANGED',
  // statements on paper
  'STATEMENT_UNREADABLE',
  'SCAN_UNREADABLE',
  'SCAN_TOO_LARGE',
  'OFFICE_CARD_UNREADABLE',
  'OFFICE_FINGERPRINT_DIFFERS',
  'OFFICE_CARD_UNCERTIFIED',
  'OFFICE_TAKES_ANOTHER',
  // attachments
  'ATTACHMENT_TYPE',
  'ATTACHMENT_BROKEN',
  'ATTACHMENT_ENCRYPTED',
  'ATTACHMENT_SIGNED',
  'ATTACHMENT_TOO_LARGE',
  'ATTACHMENT_PAGES',
  'ATTACHMENT_NOT_DRAWN',
  'ATTACHMENTS_FULL',
  // letters from outside
  'INCOMING_TYPE',
  'INCOMING_BROKEN',
  'INCOMING_LOCKED',
  'INCOMING_TOO_LARGE',
  'INCOMING_MIXED',
  'INCOMING_PAGES',
  'INCOMING_DOUBLE',
  'INCOMING_RECEIVER',
  'INCOMING_DATE',
  'INCOMING_YEAR',
  'INCOMING_NO_UNIT',
  'INCOMING_SETTLED',
  'INCOMING_CLAIMED',
  'INCOMING_REPLY_BEGUN',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Values that a message may name (a character, a field, a line); never personal data, never a secret. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** What crosses a thread, a process or IPC instead of an exception. */
export interface ErrorShape {
  readonly code: ErrorCode;
  readonly params?: ErrorParams;
}

/** The only error that core throws on purpose. `cause` stays on this side for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams | undefined;

  constructor(code: ErrorCode, params?: ErrorParams, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }

  toShape(): ErrorShape {
    return this.params ? { code: this.code, params: this.params } : { code: this.code };
  }
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorShape };

/** The value of a Result. @throws AppError with the refusal's code. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppError(result.error.code, result.error.params);
}
