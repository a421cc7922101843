import type { AttachedDocument } from './attachments.ts';
import type { Conclusion } from './conclusion.ts';
import type { Lowering, SignatureLevel } from './levels.ts';
import type { TaskState } from './disposition-life.ts';
import type { LetterAction, LetterState } from './lifecycle.ts';
import type { LetterLink, LetterRemark, LetterStep } from './review.ts';

/** Shapes of a letter, from the draft's form to the row in a list. Plain data: structured-clone safe. */

/** Id of a kind in the regulation profile (contract/kinds.ts), such as `surat-dinas`. */
export type LetterKind = string;

export const urgencies = ['biasa', 'segera', 'amat-segera'] as const;
export type Urgency = (typeof urgencies)[number];

/** Security classes (DOMAIN §3): B, T, R, SR. All but `biasa` are sealed to the keys of those entitled. */
export const securityClasses = ['biasa', 'terbatas', 'rahasia', 'sangat-rahasia'] as const;
export type SecurityClass = (typeof securityClasses)[number];

export type Mark = 'bold' | 'italic';
export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly marks?: readonly Mark[] }
  | { readonly type: 'break' };

export interface Cell {
  readonly header?: boolean;
  readonly content: readonly Inline[];
}

/** The rich body. Deliberately smaller than any editor's schema: what is not here cannot be on the paper. */
export type Block =
  | { readonly type: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly type: 'heading'; readonly content: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'table'; readonly rows: readonly (readonly Cell[])[] };

/** An addressee or a copy (tembusan). `accountId` is set when the person is in this vault. */
export interface Addressee {
  readonly accountId: string | null;
  /** As printed after "Yth.", usually a post. */
  readonly name: string;
  /** As printed after "di", may be empty. */
  readonly place: string;
}

/** Kinds that ask for an event, such as Surat Undangan. Date is a plain date (YYYY-MM-DD), time is local text such as "09.00 WIB – selesai". */
export interface InvitationEvent {
  readonly date: string;
  readonly time: string;
  readonly place: string;
  readonly agenda: string;
}

/** On whose behalf somebody signs (DOMAIN §2): `a.n.` one level down, `u.b.` one level further. */
export interface Behalf {
  /** The post that the authority comes from, printed after "a.n.". */
  readonly principal: string;
  /** The post in between, printed over "u.b."; empty where there is none. */
  readonly through: string;
}

/** Somebody who is to sign, as one of their posts; `postId` null is the main one of the day. */
export interface SignerChoice {
  readonly accountId: string;
  readonly postId: string | null;
  readonly behalf: Behalf | null;
}

/** Accounts that vouch for the content before it is signed (paraf). */
export interface ReviewPlan {
  /** In line, one after the other, at most three. */
  readonly hierarchy: readonly string[];
  /** Of other units that the matter touches, all at once. */
  readonly coordination: readonly string[];
}

export const maximumHierarchy = 3;
export const maximumCoordination = 10;
export const maximumSigners = 6;

export interface LetterContent {
  readonly kind: LetterKind;
  /** Classification code of Permendagri 83/2022, such as "000.8.3". */
  readonly classification: string;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  /** Which of the author's posts signs; null is the main one of the day. */
  readonly postId: string | null;
  /** As printed after "Lampiran"; empty prints "-". */
  readonly attachments: string;
  /** "Hal". */
  readonly subject: string;
  readonly recipients: readonly Addressee[];
  readonly copies: readonly Addressee[];
  readonly body: readonly Block[];
  readonly event: InvitationEvent | null;
  /** What the kind's own fields hold, by their names; absent in letters of kinds without any. */
  readonly details?: Readonly<Record<string, string>>;
  /** Who signs, in this order; absent or empty: the author alone, as the post of `postId`. */
  readonly signers?: readonly SignerChoice[];
  /** Absent: nobody is asked before it is signed. */
  readonly review?: ReviewPlan;
}

/** The kop of an office. Lines are printed as they are. */
export interface Letterhead {
  readonly government: string;
  readonly office: string;
  readonly address: string;
  readonly contact: string;
  /** Where letters are dated, such as "Sukadana". */
  readonly place: string;
}

/** How a signer is printed (Permendagri 1/2023 Ps. 44). */
export interface Official {
  readonly name: string;
  readonly frontTitle: string;
  readonly backTitle: string;
  readonly nip: string;
  readonly rank: string;
  readonly post: string;
  /** Unit code as used in letter numbers, such as "ORG". */
  readonly unit: string;
}

/** One signer as the page names them. */
export interface PrintedSigner {
  readonly official: Official;
  readonly behalf: Behalf | null;
}

/** All that the page shows: the input of the typesetter and of `eletter typeset LETTER.json`. */
export interface TypesetLetter {
  readonly content: LetterContent;
  readonly letterhead: Letterhead;
  readonly signer: Official;
  /** Empty in a preview: the page then says that the number follows on signing. */
  readonly number: string;
  /** Plain date, YYYY-MM-DD. */
  readonly date: string;
  /** Common name of the certificate's true issuer; empty when no certificate is chosen yet (preview). */
  readonly issuer: string;
  /** `certified` only for an Indonesian PSrE (PP 71/2019); decides which legal footer may be printed. */
  readonly certified: boolean;
  /** Text of the QR code: the office's signed statement (docs/statement.md). None: its place stays empty. */
  readonly statement?: string | null;
  /** Where there are several, or one signs on behalf: all of them in order. Absent: `signer` alone, in their own name. */
  readonly signers?: readonly PrintedSigner[];
  /** The attachments that are set behind it, frozen with it; their pictures are kept in the vault. Absent: none. */
  readonly attached?: readonly AttachedDocument[];
}

/**
 * What waits for the person first: to sign, to paraf, what came in and was not settled, dispositions received.
 * `given`: letters that the person has passed on and that others still work at. `notSent`: signed, and not handed over
 * to an addressee outside. `inProcess`: the person's own that are with others. `unit`: what a registrar sees of the own
 * unit, an archivist of all: kept letters of class biasa.
 */
export const folders = [
  'toSign',
  'toReview',
  'notFollowedUp',
  'dispositions',
  'given',
  'notSent',
  'drafts',
  'inProcess',
  'outgoing',
  'incoming',
  'unit',
  'discarded',
] as const;
export type Folder = (typeof folders)[number];

/**
 * Parts of a folder. `unread`: not opened yet by whom the folder is about (of the outgoing ones: by a receiver here).
 * `unreadTo`, `unreadCopies`: of the incoming ones, by how they came. `returned`, `interrupted`: of the drafts.
 */
export const listParts = ['unread', 'unreadTo', 'unreadCopies', 'returned', 'interrupted'] as const;
export type ListPart = (typeof listParts)[number];

/** A list shows the newest ones, no more than this. */
export const listLimit = 1000;

export interface LetterRow {
  readonly id: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly subject: string;
  readonly number: string | null;
  /** Plain date on the letter, or null while a draft. */
  readonly date: string | null;
  readonly senderName: string;
  readonly senderUnit: string;
  readonly recipientNames: readonly string[];
  /** For the asker: an incoming letter not opened yet. */
  readonly unread: boolean;
  /** Whose letter it is when a deputy sees it; null for one's own. */
  readonly onBehalfOf: string | null;
  /** For its author: somebody in this vault has received it and not opened it yet. */
  readonly awaiting: boolean;
  /** Instants, ISO 8601 UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly signedAt: string | null;
  /** In the lists of dispositions: the one of the letter's that is due first. */
  readonly task?: RowTask | null;
}

/** A disposition as a list tells of it: one's own, or one that was given. */
export interface RowTask {
  readonly state: TaskState;
  /** Plain date in the regency's zone. */
  readonly deadline: string | null;
  readonly overdue: boolean;
  readonly lead: boolean;
}

export interface Delivery {
  readonly role: 'to' | 'copy';
  readonly name: string;
  readonly internal: boolean;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
}

/** Somebody in this vault who may open a letter: its author, a receiver, or by a grant of its own. */
export interface LetterReader {
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  readonly how: 'author' | 'receiver' | 'deputy' | 'grant' | 'reviewer' | 'signer' | 'disposition';
  /** Instant, ISO 8601 UTC. */
  readonly since: string;
}

/** What was found when the letter's PDF was last verified, behind what people do. */
export interface StoredVerification {
  readonly conclusion: Conclusion;
  /** Codes of `ReportProblem`. */
  readonly reasons: readonly string[];
  /** ISO 8601 instants. */
  readonly checkedAt: string;
  /** The conclusion before the last change of it, and when that was noticed; null: it never changed. */
  readonly previous: Conclusion | null;
  readonly changedAt: string | null;
}

/** What is left of a letter that was destroyed. */
export interface DestroyedLetter {
  readonly at: string;
  readonly minutesNumber: string;
  readonly minutesDate: string;
  readonly code: string;
  readonly file: string;
  readonly unit: string;
}

export interface LetterDetail extends LetterRow {
  readonly content: LetterContent;
  /** Grows with every save; a save must name the one it started from. */
  readonly revision: number;
  readonly mine: boolean;
  readonly deliveries: readonly Delivery[];
  readonly sha256: string | null;
  readonly signer: Official;
  /** Of a signed letter. */
  readonly signature: LetterSignature | null;
  /** For whoever took its number: the identity that it is signed with. */
  readonly identityId: string | null;
  /** Null: not signed, or not verified yet. */
  readonly verification: StoredVerification | null;
  /** Whom the letter goes through on its way to the signature; empty before it was submitted. */
  readonly steps: readonly LetterStep[];
  /** Newest first; for those who take part in the letter. */
  readonly remarks: readonly LetterRemark[];
  readonly links: readonly LetterLink[];
  /** What the asker may do with it now. */
  readonly may: readonly LetterAction[];
  /** Its content was destroyed: what is here is its record. */
  readonly destroyed?: DestroyedLetter | null;
}

/** What is known of a letter's own signature without verifying it. */
export interface LetterSignature {
  readonly level: SignatureLevel;
  /** Why that is less than what was wanted. */
  readonly lowering: Lowering | null;
  /** Common name of the certificate's issuer. */
  readonly issuer: string;
  readonly certified: boolean;
}
