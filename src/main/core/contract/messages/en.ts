import type { ErrorCode } from '../errors.ts';
import { report } from './report-en.ts';

const errors: Readonly<Record<ErrorCode, string>> = {
  BAD_REQUEST: 'The request is incomplete or not valid: {field}. Nothing was changed.',
  NOT_ALLOWED: 'Your account is not allowed to do this.',
  NOT_FOUND: 'What was asked for does not exist here.',
  INTERNAL:
    'Something went wrong inside the application. Your data is as it was; the details are in the technical log.',
  TIMED_OUT: 'This took too long and was stopped. Nothing was changed.',
  VAULT_MISSING: 'There is no letter vault in this data folder yet.',
  VAULT_EXISTS: 'This data folder already holds a letter vault.',
  VAULT_LOCKED: 'The letter vault is locked. Sign in with your passphrase.',
  VAULT_IN_USE: 'Another application on this computer has the letter vault open. Close it and try again.',
  VAULT_DAMAGED:
    'The letter vault cannot be read whole: {part}. Nothing was deleted; restore a backup or call your IT staff.',
  VAULT_FROM_FUTURE:
    'This vault was written by a newer version of the application (schema {found}, this one knows {known}). Update the application; the vault was not touched.',
  VAULT_NETWORK_DRIVE: 'The vault cannot live on a network drive. Choose a folder on this computer.',
  DISK_FULL: 'The disk is full. The last change was not saved; what was saved before is safe.',
  FOLDER_NOT_WRITABLE: 'The data folder cannot be written to. Ask your IT staff for write permission.',
  OBJECT_DAMAGED: "A letter's file in the vault is damaged or missing. Other letters are not affected.",
  BACKUP_TORN: 'This backup is not whole: {part}. The vault at hand was not touched; try another backup.',
  BACKUP_NOT_VERIFIED:
    'The backup just written does not equal the vault ({part}) and was dropped. Earlier backups are still there; check the medium.',
  BACKUP_FROM_FUTURE:
    'This backup was written by a newer version of the application. Update the application, then restore again.',
  REKEY_NOT_READY:
    'The vault cannot be re-keyed yet: {missing} accounts have not signed in since the application was updated. Ask them to sign in once.',
  PASSPHRASE_WRONG: 'Wrong passphrase. Check capital letters and the keyboard layout.',
  PASSPHRASE_WEAK: 'The passphrase is too short: at least {min} characters.',
  RECOVERY_KEY_MISTYPED:
    'The recovery key is not complete or has a typing error. Compare each group with the printed sheet.',
  RECOVERY_KEY_WRONG: 'This recovery key does not belong to this vault, or a newer one has replaced it.',
  PASSPHRASE_NOT_NEW: 'The new passphrase must differ from the present one.',
  PASSPHRASES_EQUAL: 'The signing passphrase must differ from the account passphrase.',
  SIGNING_PASSPHRASE_WRONG: 'Wrong signing passphrase.',
  USERNAME_TAKEN: 'This user name is already taken.',
  TOO_MANY_ATTEMPTS:
    'Too many wrong passphrases. Try again in {seconds} seconds; these attempts are recorded for the administrator.',
  ACCOUNT_REVOKED: 'This account has been revoked.',
  LAST_ADMINISTRATOR: 'A vault needs at least one active administrator.',
  POST_DATES_WRONG: 'The last day cannot come before the first.',
  POST_MISSING: 'No post is valid today. Ask an administrator to fill it in.',
  UNIT_UNKNOWN: 'Unit {unit} is not registered.',
  UNIT_CYCLE: 'Unit {unit} cannot lie below itself.',
  DEPUTY_INVALID: 'A deputy must be somebody else, activated, and for a valid period.',
  ROLES_EMPTY: 'Choose at least one role.',
  KEY_NOT_RESTORED:
    'The old account key could not be opened. Sealed letters can be shared again by their author or another reader.',
  NOTHING_TO_RESTORE: 'This account’s key is complete; there is nothing to bring back.',
  REQUEST_OPEN: 'Your request for deletion still waits for its answer.',
  REQUEST_CLOSED: 'This request has been answered or withdrawn.',
  ANSWER_INCOMPLETE: 'A refusal must name its reason and its legal basis.',
  POLICY_NOT_ACKNOWLEDGED: 'The privacy policy in force has not been acknowledged yet.',
  ACTIVATION_NEEDED:
    'This account is not active yet: read the privacy policy and choose your own passphrases.',
  P12_PASSPHRASE_WRONG: 'Wrong passphrase for the certificate file (.p12).',
  P12_CIPHER_UNSUPPORTED:
    'The certificate file uses an encryption that is not supported ({cipher}). The passphrase may well be right; export it again with AES-256.',
  P12_UNREADABLE: 'This is not a whole PKCS#12 certificate file.',
  P12_NO_KEY: 'This certificate file holds no private key.',
  KEY_MISMATCH: 'The private key does not belong to its certificate.',
  KEY_UNSUPPORTED: 'Keys of type {algorithm} are not supported.',
  CERTIFICATE_EXPIRED: 'The certificate expired on {date}.',
  CERTIFICATE_NOT_YET_VALID: 'The certificate is not valid before {date}.',
  CERTIFICATE_WRONG_USAGE: 'This certificate is not meant for signing documents.',
  CERTIFICATE_UNREADABLE: 'The certificate cannot be read.',
  IDENTITY_MISSING: 'You have no signing certificate yet. Import a .p12 file or make a test identity.',
  LETTER_INCOMPLETE: 'The letter is not complete: {field}.',
  LETTER_CHANGED_ELSEWHERE:
    'This letter was changed elsewhere. Reload to see the newest version; what you typed is still on the screen.',
  LETTER_NOT_EDITABLE: 'This letter is no longer a draft and cannot be changed.',
  LETTER_TOO_LARGE: 'The letter is too large (limit {max}).',
  SEARCH_NO_WORDS: 'Only punctuation was typed. Type a word, or a part of a letter number.',
  SEARCH_TOO_LONG:
    'The search is too long: at most {words} words and {max} characters. Use the most telling words only.',
  SEARCH_TOO_MANY: 'There are {max} saved searches already. Remove those that are no longer used.',
  LETTER_SEALED: 'This letter is sealed to others. Its author can let you read it.',
  LETTER_NOT_SUBMITTED:
    'This letter asks others to initial or to sign. Submit it first, then wait for your turn.',
  LETTER_ALREADY_READ:
    'A receiver has opened or taken up the letter, so it cannot be withdrawn. Revoke or replace it by a new letter.',
  NOT_YOUR_TURN: 'It is not your turn, or your part is done. Reload the list to see where it stands.',
  DEPUTY_NOT_NOW: 'You stand in for {name} only from {from} to {until}.',
  REVIEWER_INVALID:
    '{name} cannot initial this letter. Choose active people with the role of reviewer or signer, not its author, each once.',
  SIGNER_INVALID: '{name} cannot sign this letter. Choose active people with the role of signer, each once.',
  READER_NOT_READY: '{name} has not activated the account yet, so a sealed letter cannot be sealed for them.',
  READER_IS_PARTY: 'The author of a letter can always read it.',
  READER_HAS_TASK:
    'This person still holds or has given a disposition of this letter. Finish or cancel that disposition first.',
  LETTER_NOT_IN_FORCE: 'This letter is no longer in force and cannot be passed on.',
  DISPOSITION_EMPTY: 'Choose at least one receiver, and an instruction, or write a note.',
  DISPOSITION_RECEIVER_INVALID:
    '{name} cannot receive this disposition. Choose active people, each once, not the giver or somebody above, and not somebody who still holds the same disposition.',
  DISPOSITION_DEADLINE_PAST: 'The deadline {date} has passed. Choose today or a later day.',
  DISPOSITION_MOVED_ON: 'This disposition has changed. Reload to see where it stands now.',
  DISPOSITION_PASSED_ON_OPEN:
    'What you passed on is not finished. Wait for the reports, or cancel what is still unread.',
  BATCH_OPEN: 'An earlier signing of several letters is not finished. Continue it or put it away first.',
  BATCH_MISSING: 'No signing of several letters is waiting.',
  BATCH_RUNNING: 'Several letters are being signed. Pause first.',
  BATCH_PAUSED: 'The signing of several letters is paused. Continue it with the signing passphrase.',
  BATCH_MOVED_ON:
    'It is another letter’s turn by now. This one was not touched; look at the letter shown now.',
  BATCH_CERTIFICATE_OTHER:
    'The number of this letter was reserved for another certificate. Resume this letter by itself.',
  REGISTER_TOO_LONG: 'Too many entries: at most {max}. Choose a shorter period, or save as CSV or XLSX.',
  DISPATCH_TIME_WRONG: 'A letter cannot be handed over before it was signed, nor in the future.',
  ADDRESS_DOUBLE: 'This name and place are in the address book already.',
  ADDRESS_BOOK_FULL: 'The address book is full: at most {max} addresses.',
  GROUP_DOUBLE: 'There is a group of this name already.',
  GROUP_FULL: 'The group is too large: at most {max} members.',
  CSV_NOT_TEXT: 'This file is no CSV. In Excel choose “Save As”, then “CSV UTF-8 (comma delimited)”.',
  CSV_EMPTY: 'This table is empty. Its first row must be the headings, then one row for each addressee.',
  CSV_TOO_LARGE: 'The file is too large: at most {max}.',
  CSV_TOO_MANY_ROWS: 'The table is too long: at most {max} rows.',
  CSV_TOO_MANY_COLUMNS: 'The table is too wide: at most {max} columns.',
  CSV_QUOTES: 'Quotes in row {row} are not closed, or not in their place. Save the table anew.',
  CSV_COLUMN_MISSING: 'This table has no column “{column}”.',
  MERGE_ROWS_WRONG: '{count} rows are not right yet. Correct the table, or choose to leave those rows out.',
  MERGE_COLUMNS_WRONG: 'The chosen columns no longer fit the table or the letter. Look at the choices again.',
  MERGE_TOO_LARGE:
    'All these letters together are too large (limit {max}). Split the table, or make the letter shorter.',
  GLYPH_MISSING: 'No shipped font has the character {characters}. Replace it before signing.',
  VARIABLE_UNKNOWN:
    'Variable {names} in {field} is unknown, or has no value. Write the words instead, or fill in what it stands for.',
  MODULE_TOO_LARGE: 'This text module is too long (limit {max}). Keep a shorter piece.',
  MODULES_FULL: 'There are {max} text modules already. Delete some that are not used any more.',
  TYPESET_FAILED: 'The letter could not be typeset as PDF. The draft is safe.',
  LETTER_FILE_INVALID: 'The letter file is not valid at {field}.',
  NUMBER_FORMAT_INVALID:
    'This number format cannot be used: exactly one sequence number, known placeholders only, and a sign such as “/” or “-” between placeholders and beside the sequence.',
  NUMBER_FORMAT_COLLIDES:
    'This would give a number twice: book {register} of {unit}, {year} can have {example} as well. Change the format of one of them.',
  NUMBER_BOOK_STARTED:
    'Book {register} of {unit}, {year} has begun; its first sequence number cannot change any more.',
  NUMBER_BOOK_OPEN: 'Number {number} of this year is still open. Use it or cancel it first.',
  NUMBER_YEAR_CLOSED: 'The number book of {unit} for {year} is closed.',
  NUMBER_YEAR_RUNNING: 'Only a year that is over can be closed.',
  NUMBER_DATE_PASSED:
    'The last number of this book is dated {date}. A letter dated earlier needs an inserted number (sisipan) from the registrar.',
  NUMBER_DATE_FUTURE: 'A letter cannot be dated later than today.',
  NUMBER_DATE_NOT_ALLOWED:
    'In this office the registrar gives numbers for earlier dates. Ask for an inserted number (sisipan).',
  NUMBER_HELD_OTHER:
    'Number {number} was held for another register, unit, classification, security class or signer. The letter was not signed.',
  KIND_UNKNOWN: 'The regulation profile in force knows no kind of letter “{kind}”.',
  KIND_IN_USE: 'Letters in this vault are of the kind “{kind}”, so it cannot be removed. Hide it instead.',
  KIND_NUMBERS_COLLIDE:
    'This number format can give the same number as “{kind}”, which has another number book. Tell them apart, for example by /ST/.',
  TEMPLATES_CHANGED_ELSEWHERE:
    'The templates were changed elsewhere. What you typed is still kept; reload to see the newest version.',
  ARMS_UNREADABLE: 'This picture is not a whole PNG, JPEG or SVG.',
  ARMS_UNSAFE:
    'This SVG holds something that may not go into a letter ({part}). Save it again as PNG or as plain SVG.',
  ARMS_TOO_LARGE:
    'The picture is too large (limit {megabytes} MB and {megapixels} megapixels). Make it smaller first.',
  PROFILE_INVALID: 'The regulation profile is not valid at {field}.',
  CLASSIFICATION_UNKNOWN:
    'There is no classification code {code}. Choose one of the list, or import the whole list.',
  CLASSIFICATION_ROWS_WRONG:
    '{count} things in this table are not right. Nothing was saved; mend the rows and import again.',
  FILE_NOT_OPEN: 'The file “{title}” is closed. Reopen it first, or choose another one.',
  FILE_STATE: 'The file “{title}” has moved on, so this cannot be done. Reload to see where it is.',
  ARCHIVE_HELD:
    'The file “{title}” is on hold. Until that is lifted nothing can be taken out of it, its code stays, and it can be neither reopened, proposed nor destroyed.',
  ARCHIVE_NOT_DUE:
    'The retention of the file “{title}” is not over, or its final act is another one than proposed.',
  ARCHIVE_DATE: 'The date must lie between {from} and {to}.',
  ANRI_MISSING: "Retention of {years} years or more: enter number and date of ANRI's approval.",
  PANEL_INVALID: 'Choose active people for the panel, each once, and neither who proposes nor who approves.',
  APPROVER_INVALID:
    'Who approves must be active, an administrator or a signer, and neither who proposes nor in the panel.',
  PROPOSAL_STATE: 'This cannot be done: the proposal is at another step by now. Reload to see it.',
  PROPOSAL_CHANGED:
    'Since the report was made the letters to destroy have changed, because another file keeps some of them or no longer does. Nothing was destroyed. Withdraw this proposal and propose the files again.',
  LETTER_DESTROYED: 'The content of this letter was destroyed. Only its record is left.',
  LETTER_NOT_FILEABLE: 'Only signed letters and incoming letters can be filed.',
  PACKAGE_TOO_LARGE: 'The package is too large (limit {max}). Hand the files over in several proposals.',
  PDF_UNREADABLE: 'The file cannot be read as PDF.',
  PDF_ENCRYPTED: 'This PDF is protected by a password. Give the password to open it.',
  PDF_PASSWORD_WRONG: 'The password does not open this PDF.',
  PDF_ENCRYPTION_UNSUPPORTED:
    'This PDF is encrypted in a way that is not supported here, such as for certain recipients only.',
  PDF_RISKY:
    'This PDF holds something that could make it look otherwise after signing ({risk}, {where}). It was not signed.',
  PDF_TOO_LARGE: 'The PDF is too large (limit {max}).',
  PDF_ALREADY_CERTIFIED: 'This PDF is certified in a way that forbids another signature.',
  SIGN_FAILED: 'Signing failed. No file was written.',
  EARLIER_SIGNATURE_BROKEN:
    'An earlier signature on this letter is damaged or no longer valid. The letter was not signed; check its file under Verify.',
  LEVEL_UNSUPPORTED: 'Signature level {level} is not available in this version.',
  FILE_UNREADABLE: 'The file {file} cannot be read.',
  FILE_NOT_WRITTEN: 'The file {file} could not be written. What was there is unchanged.',
  NETWORK_NOT_CONFIGURED: 'This needs the network, which is not configured.',
  NETWORK_FAILED: 'The server {host} did not answer properly ({reason}).',
  TIMESTAMP_REFUSED:
    "The timestamp authority's answer cannot be trusted ({reason}). No file was written; check the service's address, the trust list and this computer's clock.",
  CERTIFICATE_REVOKED: 'The certificate was revoked on {date}. No file was written.',
  CHAIN_INCOMPLETE:
    'The certificate chain is not complete: the certificate of the issuer {issuer} was not found. No file was written.',
  RENEWAL_REFUSED: 'This file was not renewed ({reason}). It was not touched.',
  CSR_UNREADABLE: 'This is not a whole certificate request (PKCS#10) with a name.',
  CSR_SIGNATURE_BAD: 'The certificate request is not signed by its own key. Ask for a new one.',
  CA_UNREADABLE: "The in-house CA's file cannot be read whole. Restore it from a backup.",
  CA_EXISTS: 'There is an in-house CA here already.',
  CA_IN_USE: 'The in-house CA is in use by another process. Wait until it is done.',
  CA_PASSPHRASE_WRONG: 'Wrong passphrase for the in-house CA.',
  CA_SERIAL_UNKNOWN: 'This CA never issued a certificate with the serial number {serial}.',
  CA_ALREADY_REVOKED: 'The certificate {serial} was already revoked on {date}.',
  CA_IS_COPY:
    'This file is a copy: its in-house CA lives in the letter vault. Issue, revoke and list revocations in the application.',
  CA_MISSING: 'This office has no in-house CA yet.',
  CA_ANCHOR_UNREADABLE: 'This file is not the root certificate of an in-house CA.',
  CA_HOLDER_ASKS:
    'The holder of this certificate is a person of this vault, who asks for another one under Settings › My certificates.',
  CSR_OPEN: 'Your earlier request for a certificate has not been answered yet.',
  TOKEN_DRIVER_UNUSABLE:
    'The PKCS#11 library {file} cannot be used. Install the token driver that fits this computer.',
  TOKEN_ABSENT: 'The token was not found. Insert the token or card and try again.',
  TOKEN_PIN_WRONG: 'Wrong token PIN. Several wrong attempts lock the token.',
  TOKEN_PIN_LAST_TRY: 'Wrong token PIN. One attempt is left before the token locks.',
  TOKEN_PIN_LOCKED: 'The token PIN is locked. Unlock it with the PUK or ask whoever issued the token.',
  TOKEN_REMOVED:
    'The token was removed or disconnected while in use. This letter is not signed; insert the token and try again.',
  TOKEN_KEY_MISSING: 'The key for this certificate is not on the token.',
  TOKEN_KEY_AMBIGUOUS: 'Several certificates on the token could be used. Choose one by its serial number.',
  TOKEN_FAILED: 'The token refused to sign ({reason}). This letter is not signed.',
  GATEWAY_LOGIN_REFUSED:
    "The signing service refused the application's user name or password. An administrator must check the settings.",
  GATEWAY_NOT_REGISTERED: 'This signer is not registered with the signing service.',
  GATEWAY_PASSPHRASE_WRONG: 'Wrong certificate passphrase.',
  GATEWAY_CERTIFICATE_INACTIVE: 'The certificate at the signing service cannot be used (status {status}).',
  GATEWAY_MOVED:
    'The office changed its signing service (now {host}). Nothing was sent. Add your certificate again in Settings.',
  GATEWAY_REFUSED: 'The signing service refused the request (code {status}). No file was kept.',
  GATEWAY_ANSWER_UNUSABLE: "The signing service's answer cannot be used ({reason}). No file was kept.",
  ANCHOR_UNREADABLE: 'This file is not a whole PEM or DER certificate.',
  ANCHOR_NOT_CA: "The certificate {subject} is not an issuer's (CA) certificate.",
  ANCHOR_NOT_PSRE:
    'The certificate {subject} belongs to an in-house CA, not to an Indonesian PSrE. Add it without the PSrE mark.',
  TRUST_FILE_CHANGED:
    'The trust list on this computer was changed outside the application. An administrator must check it.',
  STATEMENT_UNREADABLE:
    'This is no statement from the QR code of an E-Letter letter, or it is incomplete. Scan the whole code again.',
  SCAN_UNREADABLE: 'This file is no whole PNG, JPEG or PDF. Scan or photograph the letter again.',
  SCAN_TOO_LARGE:
    'The file is too large: at most {megabytes} MB and {megapixels} megapixels. Scan at 300 dpi.',
  OFFICE_CARD_UNREADABLE: 'This file is not a valid office card.',
  OFFICE_TAKES_ANOTHER:
    'This card claims to take the place of the key of “{name}”. Compare its fingerprint with that office; if its name really changed, remove the old card first.',
  OFFICE_CARD_UNCERTIFIED:
    'No trusted certificate vouches for this card. Compare its fingerprint with that office.',
  OFFICE_FINGERPRINT_DIFFERS: 'The fingerprint is not the one of this office card. The card was not added.',
  ATTACHMENT_TYPE:
    'This file is no PDF, JPEG, PNG or TIFF that is known here. Save it as PDF first, then attach that.',
  ATTACHMENT_BROKEN:
    'This file is damaged or incomplete. Open it where it was made and save it as PDF again.',
  ATTACHMENT_ENCRYPTED:
    'This PDF is locked. Open it with its password, print or save it as a PDF without one, then attach that.',
  ATTACHMENT_SIGNED:
    'This PDF has electronic signatures ({count}). Only the look of its pages goes into the letter; its signatures cannot be checked any more.',
  ATTACHMENT_TOO_LARGE:
    'The file is too large: at most {megabytes} MB, and {megapixels} megapixels for one picture. Scan with 300 dpi.',
  ATTACHMENT_PAGES: 'This file has more than {max} pages. Split it into several attachments.',
  ATTACHMENT_NOT_DRAWN:
    'Page {page} cannot be drawn completely, so the file was not attached. Print it as PDF where it was made, then try again.',
  ATTACHMENTS_FULL:
    'A letter takes at most {files} attachments, {pages} pages and {megabytes} MB. Take something away, or send the rest with another letter.',
  INCOMING_TYPE:
    'This file is no PDF, JPEG, PNG or TIFF that is known here. Scan it or save it as PDF first, or register the letter without a file.',
  INCOMING_BROKEN:
    'This file is damaged or incomplete. Scan it again, ask the sender for it again, or register the letter without a file for now. What you typed is still there.',
  INCOMING_LOCKED:
    'This PDF asks for a password. Ask for one without, or keep it as it is: its content cannot be seen, searched or checked here.',
  INCOMING_TOO_LARGE:
    'The file is too large: at most {megabytes} MB for one letter, and {megapixels} megapixels for one picture. Scan with 200 to 300 dpi.',
  INCOMING_MIXED:
    'A letter is one PDF, one TIFF, or several JPEG or PNG pictures. PDF and pictures do not go together.',
  INCOMING_PAGES: 'This file has more than {max} pages. Split it, or keep its attachments apart.',
  INCOMING_DOUBLE:
    'This letter may be registered already. Look first; if it is another one, choose "Register all the same".',
  INCOMING_RECEIVER: 'A receiver that was chosen is not there any more. Choose another official.',
  INCOMING_DATE: 'The day of receipt cannot be after today.',
  INCOMING_YEAR:
    'This agenda number belongs to the book of {year}, so the day of receipt has to stay in that year. If the year is wrong, void this entry and register the letter again.',
  INCOMING_NO_UNIT:
    'You have no post with a unit yet, so there is no agenda book for this letter. Ask an administrator.',
  INCOMING_SETTLED:
    'This letter has been followed up, so its entry is not changed any more. Open the follow-up again if it has to be.',
  INCOMING_CLAIMED: '{name} is taking care of this letter. Take it over only if you have agreed on it.',
  INCOMING_REPLY_BEGUN:
    '{name} is preparing an answer to this letter. Talk to each other first, or write another answer if it is needed.',
};

/** What the desktop says in a notification. */
const notices = {
  askedTitle: 'Your turn: letter of {sender}',
  askedBody: '{subject}',
  backTitle: 'Your letter came back',
  backBody: '{subject}. Open it to read why.',
  signedTitle: 'Your letter has been signed',
  signedBody: '{number} · {subject}',
  searchHitTitle: 'A new letter matches a search of yours',
  searchHitBody: '{subject}',
  supersededTitle: 'A letter of {sender} is no longer in force',
  supersededBody: '{number} · {subject}',
  dispositionTitle: 'Disposition from {sender}',
  dispositionBody: '{subject}',
  dispositionReportedTitle: '{sender} reported a disposition done',
  dispositionReturnedTitle: '{sender} asks to go on with a disposition',
  dispositionCancelledTitle: 'Disposition cancelled',
  dispositionCancelledBody: 'A disposition to you was cancelled before it was read.',
  arrivedTitle: 'Letter from {sender}',
  arrivedBody: '{subject}',
  sealedTitle: 'Incoming letter ({security})',
  sealedBody: 'Sign in to E-Letter to read it.',
  suspicionTitle: 'Activity to look at',
  suspicionBody: 'Open the audit log in E-Letter.',
  certificateTitle: 'Certificate of the office',
  certificateBody: 'There is a request or an answer about a certificate. Sign in to E-Letter to see it.',
  requestTitle: 'Request about personal data',
  requestBody: 'Open E-Letter to read it.',
  interruptedTitle: 'Signing was interrupted',
  interruptedBody: 'Number {number} is reserved. Open the letter to continue or to give it back.',
  manyTitle: '{count} new notices',
  manyBody: 'Open E-Letter to read them.',
  lockedTitle: 'There is news about letters',
  lockedBody: 'Sign in to E-Letter to read it.',
  summaryTitle: 'Waiting for you',
  summaryToSign: '{count} to sign',
  summaryToReview: '{count} to initial',
  summaryIncomingUnread: '{count} incoming unread',
  summaryNotFollowedUp: '{count} not followed up',
  summaryDispositionsOpen: '{count} dispositions',
  summaryCopiesUnread: '{count} copies',
  stillUnread: 'Not read yet: letter from {sender}',
  stillNotFollowedUp: 'Not followed up yet: letter from {sender}',
  stillToReview: 'Still waiting for your initials: letter of {sender}',
  stillToSign: 'Still waiting for your signature: letter of {sender}',
  stillDisposition: 'A disposition is not done yet',
  overdueTitle: 'A disposition is past its deadline',
  stillBody: '{subject}',
  stillSealedTitle: 'Still waiting for you: one letter ({security})',
  stillSealedBody: 'Sign in to E-Letter to see it.',
  testTitle: 'Notifications work',
  testBody: 'Incoming letters are announced like this.',
} as const;

/** Security classes as they are shown. */
const security = {
  biasa: 'Ordinary',
  terbatas: 'Restricted',
  rahasia: 'Secret',
  'sangat-rahasia': 'Top secret',
} as const;

export const en = { errors, report, notices, security } as const;
