import type { LetterDetail, LetterKind, SecurityClass, Urgency } from './letters.ts';
import type { Settlement } from './disposition-life.ts';
import type { LetterState } from './lifecycle.ts';

/** What comes in: letters from outside as a registrar enters them, agenda numbers, and how an addressee follows up. */

/** `paper`: there is no file. */
export const incomingSources = ['pdf', 'picture', 'paper'] as const;
export type IncomingSource = (typeof incomingSources)[number];

/** ZIP: several pictures of one letter, as they were given. */
export type IncomingType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/tiff' | 'application/zip';

const mebibyte = 1024 * 1024;
/** Octets of all files of one letter together. */
export const maximumIncomingFile = 64 * mebibyte;
/** Pictures that make one letter. */
export const maximumIncomingFiles = 40;
export const maximumIncomingPages = 2000;
/** Characters of a file's text layer that are kept for searching. */
export const maximumIncomingWords = 200_000;
export const maximumIncomingReceivers = 30;
/** Characters of a form that is kept. */
export const maximumIncomingForm = 50_000;

/** How much of a file has text that a search can find. */
export type TextLayer = 'all' | 'part' | 'none';

/** What the pool finds in a file that somebody wants to register; nothing is drawn for it. */
export interface IncomingReading {
  readonly type: IncomingType;
  readonly pages: number;
  /** Signatures in the file, not verified yet. */
  readonly signatures: number;
  /** It asks for a password; then nothing else is known of it. */
  readonly locked: boolean;
  readonly text: TextLayer;
  /** Words of the text layer, page after page; cut at `maximumIncomingWords`. */
  readonly words: string;
  /** The sender's number where the first page says it once and plainly, else null. */
  readonly number: string | null;
}

/** A file as it was dropped, chosen or scanned. */
export interface IncomingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the letter's own head says. */
export interface IncomingFacts {
  /** As written on the letter. */
  readonly sender: string;
  readonly senderPlace: string;
  /** The sender's number; empty where there is none. */
  readonly number: string;
  /** Plain dates. */
  readonly date: string;
  readonly receivedOn: string;
  readonly subject: string;
  readonly kind: LetterKind;
  /** May be empty. */
  readonly classification: string;
  readonly urgency: Urgency;
  readonly attachments: string;
  readonly note: string;
}

export interface NewIncoming extends IncomingFacts {
  readonly security: SecurityClass;
  /** Accounts that it goes to, the first of them first. */
  readonly to: readonly string[];
  readonly copies: readonly string[];
}

export interface AgendaNumber {
  readonly unit: string;
  readonly year: number;
  readonly sequence: number;
  readonly receivedOn: string;
  /** `batal`: the number stays in the book, the letter does not. */
  readonly state: 'open' | 'batal';
}

/** A letter that may be the same one. `because`: its sender, number and date, or its file. */
export interface SameLetter {
  readonly id: string;
  readonly because: 'words' | 'file';
  readonly sender: string;
  readonly number: string;
  readonly date: string;
  readonly subject: string;
  readonly agenda: AgendaNumber | null;
}

export interface Registration extends IncomingFacts {
  readonly source: IncomingSource;
  readonly fileNames: readonly string[];
  readonly type: IncomingType | null;
  readonly pages: number;
  readonly signatures: number;
  readonly locked: boolean;
  readonly text: TextLayer;
  readonly unit: string;
  readonly registeredBy: string;
  /** Instant, ISO 8601 UTC. */
  readonly registeredAt: string;
}

/** What one addressee of this vault has made of a letter. */
export interface FollowUp {
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  /** The asker, or somebody for whom the asker stands in. */
  readonly mine: boolean;
  /** The account is revoked, and the asker acts for it. */
  readonly left: boolean;
  readonly read: boolean;
  /** Who takes care of it, since when, and from whom it was taken over; empty and null: nobody said so. */
  readonly claimedBy: string;
  readonly claimedByMe: boolean;
  readonly claimedFrom: string;
  readonly claimedAt: string | null;
  readonly settledHow: Settlement | null;
  readonly settledAt: string | null;
  readonly settledBy: string;
  readonly reason: string;
  /** What the asker may do for this addressee now. */
  readonly may: readonly FollowUpAction[];
}

export type FollowUpAction = 'claim' | 'takeOver' | 'unclaim' | 'settle' | 'reopen';

/** An answer that somebody prepares, or has sent. */
export interface Reply {
  /** Null where the asker may not see it. */
  readonly letterId: string | null;
  readonly name: string;
  readonly mine: boolean;
  readonly state: LetterState;
  readonly number: string | null;
}

export interface IncomingDetail {
  /** Of the units whose book the asker may know of. */
  readonly agenda: readonly AgendaNumber[];
  /** Null for a letter of this vault. */
  readonly registration: Registration | null;
  /** Empty for somebody who is not on the receiving side. */
  readonly followUps: readonly FollowUp[];
  readonly replies: readonly Reply[];
  readonly mayReply: boolean;
  readonly mayCorrect: boolean;
  readonly mayVoid: boolean;
}

export interface IncomingCalls {
  /** A file before it is registered: what is in it, and its pages to look at (null where they cannot be shown). */
  'incoming.look': {
    input: { files: readonly IncomingFile[] };
    output: Omit<IncomingReading, 'words'> & {
      readonly sha256: string;
      readonly pdf: Uint8Array | null;
    };
  };
  /** What is typed and not registered yet, sealed to the person at work; null forgets it. Without its files. */
  'incoming.keepForm': { input: { form: string | null }; output: null };
  'incoming.keptForm': { input: Record<string, never>; output: { form: string | null } };
  /** Which letters may be the same. `hidden`: how many more there are that the asker may not see. */
  'incoming.check': {
    input: { sender: string; number: string; date: string; sha256: string | null };
    output: { readonly same: readonly SameLetter[]; readonly hidden: number };
  };
  /**
   * Kept, numbered and delivered in one step. `keepLocked`: a PDF that asks for a password is kept as it is.
   * `evenThough`: somebody was told that it may be registered already.
   */
  'incoming.register': {
    input: {
      letter: NewIncoming;
      files: readonly IncomingFile[];
      keepLocked: boolean;
      evenThough: boolean;
    };
    output: { readonly id: string; readonly agenda: AgendaNumber };
  };
  /** What was mistyped, while nobody has settled it. Class, addressees and file stay: for those it is voided. */
  'incoming.correct': { input: { id: string; facts: IncomingFacts }; output: IncomingDetail };
  'incoming.void': { input: { id: string; reason: string }; output: null };
  'incoming.read': { input: { id: string }; output: IncomingDetail };
  /** For an addressee: who says so takes care of it from now on. `takeOver`: although somebody else does. */
  'incoming.claim': {
    input: { id: string; accountId: string; takeOver: boolean };
    output: IncomingDetail;
  };
  'incoming.unclaim': { input: { id: string; accountId: string }; output: IncomingDetail };
  'incoming.settle': {
    input: { id: string; accountId: string; how: 'not-needed'; reason: string };
    output: IncomingDetail;
  };
  'incoming.reopen': { input: { id: string; accountId: string }; output: IncomingDetail };
  /** A draft that answers it. `evenThough`: somebody was told that another prepares an answer. */
  'incoming.reply': { input: { id: string; evenThough: boolean }; output: LetterDetail };
}
