import type {
  AccountName,
  AuditCheck,
  AuditPage,
  BackupStatus,
  Counters,
  DeletionRequest,
  Deputy,
  Identity,
  Language,
  MyData,
  NewDeputy,
  NewPerson,
  NewPost,
  Notice,
  Person,
  PolicyDocument,
  Role,
  SecuritySettings,
  Session,
  Unit,
} from './people.ts';
import type { ErrorShape, Result } from './errors.ts';
import type {
  Folder,
  Letterhead,
  LetterContent,
  LetterDetail,
  LetterKind,
  LetterReader,
  LetterRow,
  ListPart,
  Official,
} from './letters.ts';
import type { Kind } from './kinds.ts';
import type { AttachmentCalls } from './attachments.ts';
import type { AddressBook, AddressCalls } from './addresses.ts';
import type { ArchiveCalls, ArchiveFileCalls } from './archive.ts';
import type { AuthorityFileCalls, AuthorityScreenCalls } from './authority.ts';
import type { BatchCalls } from './batch.ts';
import type { DispositionCalls } from './dispositions.ts';
import type { IncomingCalls } from './incoming.ts';
import type { MergeCalls } from './merge.ts';
import type { Lowering, SignatureLevel } from './levels.ts';
import type { LetterState } from './lifecycle.ts';
import type { DispatchCalls } from './dispatch.ts';
import type { RegisterCalls, RegisterFileCalls } from './registers.ts';
import type { ReminderCalls } from './reminders.ts';
import type { ReviewCalls } from './review-calls.ts';
import type { ServiceCalls, SigningServices } from './signing-services.ts';
import type { NumberCalls, NumberChoice } from './numbering.ts';
import type { CardReading, KnownOffice, PaperReading, StatementCheck } from './statement.ts';
import type { GivenFile, DesktopCalls } from './desktop.ts';
import type { TemplateCalls, TemplateFileCalls } from './templates.ts';
import type { ToolCalls } from './tools.ts';
import type { ShownFile, TrustAnchor, VerificationReport } from './verification.ts';
import type { SearchCalls } from './search.ts';
import type { WritingCalls } from './versions.ts';

type Nothing = Record<string, never>;

export interface AppStatus {
  readonly vault: 'none' | 'locked' | 'open';
  readonly accounts: readonly AccountName[];
  readonly session: Session | null;
  readonly policyVersion: string;
  /** Machine preference, kept outside the vault; null until someone chose. */
  readonly language: Language | null;
  readonly version: string;
}

export interface Preview {
  /** Re-serialised for display; absent when the letter cannot be typeset. */
  readonly pdf: Uint8Array | null;
  readonly pages: number;
  /** Why it cannot be signed as it is: missing glyphs, missing fields. */
  readonly problems: readonly ErrorShape[];
}

export interface SignedLetter {
  readonly number: string;
  readonly date: string;
  readonly sha256: string;
  /** How many people in this vault received it. */
  readonly delivered: number;
  readonly level: SignatureLevel;
  /** Why that is less than what the office wants; null where it is not. */
  readonly lowering: Lowering | null;
  /** Who signs after this one; null: it is signed by everybody, and sent. */
  readonly next: string | null;
}

/**
 * One entry per use case: the channel's name, what goes in, what comes out. ipc/, the engine, the preload and
 * the page are all typed from this one map, so a channel cannot exist on one side only.
 */
export interface CoreCalls
  extends
    AddressCalls,
    ArchiveCalls,
    AttachmentCalls,
    BatchCalls,
    DispositionCalls,
    IncomingCalls,
    MergeCalls,
    ReviewCalls,
    AuthorityScreenCalls,
    NumberCalls,
    DispatchCalls,
    RegisterCalls,
    SearchCalls,
    ReminderCalls,
    ServiceCalls,
    TemplateCalls,
    WritingCalls {
  'app.status': { input: Nothing; output: AppStatus };
  'app.setLanguage': { input: { language: Language }; output: null };
  'policy.read': { input: { language: Language }; output: PolicyDocument };
  'policy.acknowledge': { input: { version: string; language: Language }; output: Session };

  'vault.create': {
    input: {
      language: Language;
      policyVersion: string;
      person: NewPerson;
      letterhead: Letterhead;
      accountPassphrase: string;
      signingPassphrase: string;
    };
    output: { recoveryKey: string; session: Session };
  };
  'vault.unlock': { input: { accountId: string; passphrase: string }; output: Session };
  /** Screen lock: the person's keys are dropped, the vault stays open for work in the background. */
  'vault.lock': { input: Nothing; output: null };
  /** Full lock: the database is closed and every key is gone. */
  'vault.seal': { input: Nothing; output: null };
  /** A new data key and the whole database encrypted anew. */
  'vault.rekey': { input: { accountPassphrase: string }; output: null };
  /** After VAULT_DAMAGED: keeps the damaged database aside and puts what can still be read in its place. */
  'vault.salvage': {
    input: { accountId: string; passphrase: string };
    output: {
      /** Rows saved, and whether any were lost. */
      readonly tables: readonly { readonly name: string; readonly saved: number; readonly whole: boolean }[];
    };
  };
  'security.read': { input: Nothing; output: SecuritySettings };
  'security.save': { input: SecuritySettings; output: SecuritySettings };

  /** Opens with the printed recovery key and gives an administrator a new account passphrase. */
  'vault.recover': {
    input: { recoveryKey: string; accountId: string; accountPassphrase: string };
    output: Session;
  };
  /** A new recovery key in place of the old one. */
  'vault.newRecoveryKey': { input: { accountPassphrase: string }; output: { recoveryKey: string } };
  'account.changePassphrase': { input: { current: string; next: string }; output: null };
  'account.changeSigningPassphrase': { input: { current: string; next: string }; output: null };

  /** After a reset passphrase: brings the old account key back, under a passphrase that nobody else knows. */
  'account.restoreKey': {
    input: { accountPassphrase: string; nextPassphrase: string; signingPassphrase: string };
    output: Session;
  };

  'people.list': { input: Nothing; output: readonly Person[] };
  'people.add': {
    input: { person: NewPerson; roles: readonly Role[]; initialPassphrase: string };
    output: Person;
  };
  'people.setRoles': { input: { accountId: string; roles: readonly Role[] }; output: Person };
  'people.addPost': { input: { accountId: string; post: NewPost }; output: Person };
  /** The last day of a post. */
  'people.endPost': { input: { accountId: string; postId: string; until: string }; output: Person };
  /** A passphrase for the next unlock of somebody who forgot theirs. */
  'people.resetPassphrase': { input: { accountId: string; initialPassphrase: string }; output: null };
  /** What would be lost with an account: sealed letters that nobody else can open. */
  'people.beforeRevoking': {
    input: { accountId: string };
    output: {
      readonly onlyReaderOf: number;
      /** Letters on their way that wait for a paraf or a signature of this person. */
      readonly awaited: number;
      /** Dispositions on which this person has still to report. */
      readonly tasks: number;
      /** Letters to this person that nobody has followed up. */
      readonly unsettled: number;
    };
  };
  /** Takes the account's slot away and re-keys the vault. */
  'people.revoke': { input: { accountId: string; accountPassphrase: string }; output: Person };
  'units.list': { input: Nothing; output: readonly Unit[] };
  'units.save': { input: Unit; output: readonly Unit[] };
  'deputies.list': { input: Nothing; output: readonly Deputy[] };
  'deputies.add': { input: NewDeputy; output: readonly Deputy[] };
  'deputies.end': { input: { id: string }; output: readonly Deputy[] };
  /** Corrects how somebody is printed: one's own data, or anybody's by an administrator. The user name stays. */
  'people.save': { input: { accountId: string; official: Official }; output: Person };
  'people.activate': {
    input: {
      policyVersion: string;
      language: Language;
      accountPassphrase: string;
      signingPassphrase: string;
    };
    output: Session;
  };
  'office.read': { input: Nothing; output: Letterhead };
  'office.save': { input: Letterhead; output: Letterhead };

  'identity.list': { input: Nothing; output: readonly Identity[] };
  'identity.importP12': {
    input: { bytes: Uint8Array; p12Passphrase: string; signingPassphrase: string };
    output: Identity;
  };
  'identity.createTest': { input: { signingPassphrase: string }; output: Identity };

  /** The kinds that the regulation profile in force knows, in its order. */
  'kinds.list': { input: Nothing; output: readonly Kind[] };
  /** Newest first, at most `listLimit`. `only` narrows the folders that know such a part. */
  'letters.list': { input: { folder: Folder; only?: ListPart | undefined }; output: readonly LetterRow[] };
  'letters.get': { input: { id: string }; output: LetterDetail };
  'letters.create': { input: { kind: LetterKind }; output: LetterDetail };
  'letters.saveDraft': {
    input: { id: string; revision: number; content: LetterContent };
    output: { revision: number; savedAt: string };
  };
  'letters.discard': { input: { id: string }; output: null };
  'letters.restore': { input: { id: string }; output: null };
  'letters.preview': { input: { id: string }; output: Preview };
  /** Signs at one's turn, a draft that asks nobody else, or resumes one whose signing was interrupted (same number, same date). */
  'letters.sign': {
    input: {
      id: string;
      revision: number;
      /** What opens the identity's key: the signing passphrase, a token's PIN, the gateway's passphrase. */
      signingPassphrase: string;
      /** Which identity that secret is for; the current one when none is named. */
      identityId?: string | undefined;
      /** Which number it takes; absent: the next one, dated today. */
      numbering?: NumberChoice | undefined;
    };
    output: SignedLetter;
  };
  /** Ends an interrupted signing: its number is batal, or held again where it was held before. */
  'letters.cancelReservation': {
    input: { id: string; reason: string };
    output: { number: string; fate: 'returned' | 'batal' };
  };
  'letters.document': { input: { id: string }; output: { pdf: Uint8Array; fileName: string } };
  'letters.verify': { input: { id: string }; output: VerificationReport };
  'letters.markRead': { input: { id: string }; output: null };
  'letters.readers': { input: { id: string }; output: readonly LetterReader[] };
  /** Lets one more person of this vault read the letter: a sealed one is sealed to their key too. */
  'letters.grant': { input: { id: string; accountId: string }; output: readonly LetterReader[] };
  /** Takes it back; a sealed letter gets a new key. */
  'letters.withdraw': { input: { id: string; accountId: string }; output: readonly LetterReader[] };

  'home.counters': { input: Nothing; output: Counters };
  'notices.list': { input: Nothing; output: readonly Notice[] };
  'notices.markRead': { input: { id: string }; output: null };

  /**
   * The password of an encrypted file is used for this one answer and kept nowhere. `online`: a person asked for it,
   * so the issuers are asked about revocation; else no connection is opened.
   */
  'verify.file': { input: GivenFile & { online?: boolean | undefined }; output: VerificationReport };
  /** Judged anew from the file, so that no report says what nobody found; PDF/A-2a to print and file. */
  'verify.report': { input: GivenFile; output: { pdf: Uint8Array; fileName: string } };
  /** The pages of a file as it is now, and of the version that a signature closed, to look at side by side. */
  'verify.show': { input: GivenFile & { readonly revision: number | null }; output: ShownFile };
  'trust.list': { input: Nothing; output: readonly TrustAnchor[] };
  /** PEM (one or many certificates) or DER. */
  'trust.add': { input: { bytes: Uint8Array; psre: boolean }; output: readonly TrustAnchor[] };
  /** Adds the issuing root of one of this vault's own identities. */
  'trust.addOwn': { input: { identityId: string }; output: readonly TrustAnchor[] };
  'trust.remove': { input: { fingerprint: string }; output: readonly TrustAnchor[] };

  /** Judges the text of a letter's QR code, as a scanner reads it, against the known offices. */
  'statement.check': { input: { text: string }; output: StatementCheck };
  /** The codes of a picture or a PDF scan, each judged. */
  'statement.scan': { input: { name: string; bytes: Uint8Array }; output: PaperReading };
  /** The letter of this vault that a genuine statement names, for who may read it. */
  'statement.findLetter': {
    input: { number: string; date: string; digest: string };
    output: {
      /** `sameContent`: its words are those that the statement was made for. */
      readonly letter: {
        readonly id: string;
        readonly mine: boolean;
        readonly sameContent: boolean;
        /** Whether it is still in force. */
        readonly state: LetterState;
      } | null;
    };
  };
  'statement.offices': { input: Nothing; output: readonly KnownOffice[] };
  /** This office's card for others; the statement key is made when there is none yet. */
  'statement.card': {
    input: Nothing;
    output: { card: Uint8Array; fingerprint: string; fileName: string };
  };
  /** A certificate vouches for this office's card: the one that the administrator signs with. */
  'statement.certify': { input: { signingPassphrase: string }; output: readonly KnownOffice[] };
  /** A new statement key; old statements stay checkable, and the card has to be handed out anew. */
  'statement.newKey': { input: Nothing; output: readonly KnownOffice[] };
  'statement.readCard': { input: { card: Uint8Array }; output: CardReading };
  /**
   * Another office's card, with the fingerprint that somebody there read out; null where a trusted certificate
   * vouches for it.
   */
  'statement.addOffice': {
    input: { card: Uint8Array; fingerprint: string | null };
    output: readonly KnownOffice[];
  };
  'statement.removeOffice': { input: { fingerprint: string }; output: readonly KnownOffice[] };

  'backup.status': { input: Nothing; output: BackupStatus };
  /** Writes and verifies a backup set now. */
  'backup.run': { input: Nothing; output: BackupStatus };

  'audit.list': { input: { before: number | null }; output: AuditPage };
  'audit.check': { input: Nothing; output: AuditCheck };

  'mydata.read': { input: Nothing; output: MyData };
  'mydata.requestDeletion': { input: { reason: string }; output: MyData };
  'mydata.withdrawRequest': { input: { id: string }; output: MyData };
  'requests.list': { input: Nothing; output: readonly DeletionRequest[] };
  'requests.answer': {
    input: { id: string; decision: 'granted' | 'refused'; answer: string; legalBasis: string };
    output: readonly DeletionRequest[];
  };

  'changes.since': { input: { seq: number }; output: { seq: number; entities: readonly string[] } };
}

export type Calls = CoreCalls & DesktopCalls;
export type CallName = keyof Calls;
export type CoreCallName = keyof CoreCalls;
export type Input<N extends CallName> = Calls[N]['input'];
export type Output<N extends CallName> = Calls[N]['output'];

/** What the page is told without asking. */
export interface Events {
  /** Something happened in the vault; re-read from the last seen sequence. */
  changed: { readonly seq: number };
  /** The window is about to close: save what is typed, then call desktop.quit. */
  closing: Nothing;
  /** Nobody is at the desk: save what is typed, then lock. */
  lockNow: Nothing;
  /** The vault was locked, by a person or by the system. */
  locked: Nothing;
  /** After an unclean exit the database turned out to be damaged: a backup can take its place. */
  damaged: Nothing;
  /** A desktop notification was clicked; `folder` is the list that the letter stands in, where one is meant. */
  openLetter: { readonly id: string; readonly folder: Folder | null };
  /** One was clicked that is about several things. */
  openPlace: { readonly place: 'home' | 'notices' };
  /** The system handed files over; desktop.givenFiles names them. */
  filesGiven: Nothing;
}
export type EventName = keyof Events;

type NamesOf<G extends string> = Extract<CallName, `${G}.${string}`> extends `${G}.${infer M}` ? M : never;
export type Group = CallName extends infer N ? (N extends `${infer G}.${string}` ? G : never) : never;

/** `window.eletter`: one frozen object, a function per use case. */
export type Bridge = {
  readonly [G in Group]: {
    readonly [M in NamesOf<G>]: `${G}.${M}` extends infer N extends CallName
      ? (input: Input<N>) => Promise<Result<Output<N>>>
      : never;
  };
} & {
  readonly on: <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => () => void;
};

/** What a full reading of the vault found. */
export interface VaultCheck {
  readonly whole: boolean;
  readonly database: boolean;
  readonly objects: number;
  /** SHA-256 of objects that are missing or altered. */
  readonly damaged: readonly string[];
  /** Sequence number of the first audit entry that does not fit, or null. */
  readonly brokenLink: number | null;
}

/**
 * What the page may not ask: a path is in it, which the person chose in the system's own dialog or typed on the
 * command line.
 */
export interface PathCalls
  extends ArchiveFileCalls, AuthorityFileCalls, RegisterFileCalls, TemplateFileCalls {
  'backup.setFolder': { input: { path: string }; output: BackupStatus };
  'backup.writeTo': { input: { path: string }; output: { path: string; madeAt: string; objects: number } };
  'vault.check': { input: Nothing; output: VaultCheck };
  /** The log as JSON lines, and its detached CMS signature by the person at work. */
  'audit.export': {
    input: { signingPassphrase: string };
    output: { log: Uint8Array; signature: Uint8Array; fileName: string };
  };
  /** Looked at before it is kept: a driver is code that runs with the tokens. */
  'services.addDriver': { input: { path: string }; output: SigningServices };
  /** One of the books as CSV that no spreadsheet takes for formulas. */
  'addresses.export': { input: { book: AddressBook }; output: { csv: Uint8Array; fileName: string } };
  'mydata.export': { input: Nothing; output: { zip: Uint8Array; fileName: string } };
  /** Puts a backup set in the vault's place; an existing vault is kept aside. The vault is locked afterwards. */
  'vault.restore': { input: { path: string }; output: { keptAside: boolean } };
}

/** Everything that the engine can be asked. */
export type EngineCalls = CoreCalls & PathCalls & ToolCalls;
