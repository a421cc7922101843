import type { ErrorCode } from './errors.ts';
import type { Official, SecurityClass } from './letters.ts';
import type { WaitingEvent } from './waiting-event.ts';

export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

export const roles = ['administrator', 'registrar', 'drafter', 'reviewer', 'signer', 'archivist'] as const;
export type Role = (typeof roles)[number];

/** How a post is held (DOMAIN §2); all but `definitif` are printed before it. */
export const postStatuses = ['definitif', 'plt', 'plh', 'pj', 'pjs'] as const;
export type PostStatus = (typeof postStatuses)[number];

/** A post that a person holds for a time. Dates are plain dates, both included; `until` null is open-ended. */
export interface NewPost {
  readonly status: PostStatus;
  readonly title: string;
  readonly unit: string;
  readonly from: string;
  readonly until: string | null;
}

export interface Post extends NewPost {
  readonly id: string;
  /** As printed: "Plt. Kepala Dinas …". */
  readonly printed: string;
  readonly valid: boolean;
}

/** A unit of the office, by the code that letter numbers carry. */
export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
}

/** Somebody who stands in for somebody else from one plain date to another, both included. */
export interface NewDeputy {
  readonly principalId: string;
  readonly deputyId: string;
  readonly from: string;
  readonly until: string;
}

export interface Deputy extends NewDeputy {
  readonly id: string;
  readonly principalName: string;
  readonly deputyName: string;
  readonly valid: boolean;
}

/** What a person is asked for when an account is made. Titles, NIP and rank may be empty. */
export interface NewPerson extends Official {
  readonly username: string;
}

export interface Person extends NewPerson {
  readonly accountId: string;
  readonly roles: readonly Role[];
  /** `post` and `unit` of the person are those of the main post of the day. */
  readonly posts: readonly Post[];
  /** May not sign in any more; what the person did stays. */
  readonly revoked: boolean;
  /** False until the person has acknowledged the policy and chosen own passphrases. */
  readonly activated: boolean;
}

/** What the sign-in screen may know before unlock: it is written beside the vault, unencrypted. */
export interface AccountName {
  readonly accountId: string;
  readonly username: string;
}

export interface Session {
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  readonly roles: readonly Role[];
  /** Whom the person stands in for today. */
  readonly deputyFor: readonly { readonly accountId: string; readonly name: string }[];
  /** After a reset passphrase: sealed letters open again once the signing passphrase was given. */
  readonly mustRestoreKey: boolean;
  /** First unlock of an account that an administrator made: policy, then own passphrases. */
  readonly mustActivate: boolean;
  /** A newer policy than the one acknowledged. */
  readonly mustAcknowledge: boolean;
  readonly hasIdentity: boolean;
}

export interface PolicySection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly items: readonly string[];
}

export interface PolicyDocument {
  readonly version: string;
  /** Plain date. */
  readonly effective: string;
  readonly language: Language;
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly PolicySection[];
}

/**
 * Where the certificate came from and the key is: sealed in the vault (the first three, `office` from the in-house
 * authority), on a token, behind the office's gateway.
 */
export const identityOrigins = ['p12', 'test', 'office', 'token', 'gateway'] as const;
export type IdentityOrigin = (typeof identityOrigins)[number];

export interface Identity {
  readonly id: string;
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hexadecimal SHA-256 of the certificate. */
  readonly fingerprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly algorithm: string;
  readonly origin: IdentityOrigin;
  /** The token's label, the gateway's host; empty for keys kept here. */
  readonly place: string;
  /** Issued under an Indonesian PSrE that is trusted here: *tersertifikasi* (PP 71/2019). */
  readonly certified: boolean;
  /** The newest valid one, used for signing. */
  readonly current: boolean;
  readonly expired: boolean;
  /** Since when the office's own authority has called it back, or null. */
  readonly revokedAt: string | null;
}

export const noticeKinds = [
  'letter-arrived',
  'review-asked',
  'signature-asked',
  'letter-returned',
  'letter-rejected',
  'letter-superseded',
  'letter-signed',
  'disposition-given',
  'disposition-reported',
  'disposition-returned',
  'disposition-cancelled',
  'signing-interrupted',
  'suspicious-activity',
  'request-made',
  'request-answered',
  'certificate-requested',
  'certificate-answered',
  'search-hit',
  'reminder',
  'disposition-overdue',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What made an administrator look: many wrong passphrases, work at odd hours, many letters taken out at once. */
export type Suspicion = 'failed-unlocks' | 'odd-hours' | 'mass-export';

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  /** Null for notices that are about no letter. */
  readonly letterId: string | null;
  /** Of the letter. Outside the window only for class biasa. */
  readonly subject: string;
  /** The letter's sender, or the person whom the notice is about. */
  readonly senderName: string;
  readonly number: string | null;
  readonly security: SecurityClass;
  readonly urgent: boolean;
  /** Of a suspicion: what, and how many. */
  readonly suspicion: Suspicion | null;
  readonly count: number;
  /** Of a reminder: what waits; else null. */
  readonly event: WaitingEvent | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}

/** The eight home counters of DOMAIN §4 first, then what a writer wants to know besides. Each counts letters. */
export interface Counters {
  /** At my turn, or at that of somebody for whom I stand in. */
  readonly toSign: number;
  /** Signed, and not handed over to every addressee outside: one's own; a registrar's unit. */
  readonly notSent: number;
  readonly toReview: number;
  readonly incomingUnread: number;
  /** Addressed to me, and neither passed on nor answered nor settled otherwise. */
  readonly notFollowedUp: number;
  readonly dispositionsUnread: number;
  /** All that I have still to report on, the unread ones among them. */
  readonly dispositionsOpen: number;
  readonly copiesUnread: number;
  /** My own: being written (those that came back among them), and those that are with others. */
  readonly drafts: number;
  readonly inProcess: number;
  readonly returned: number;
  readonly interrupted: number;
  /** Dispositions of mine that others still work at. */
  readonly given: number;
  readonly sentUnread: number;
}

/** Where backups go and how the last one went. */
export interface BackupStatus {
  /** For people to read; it never comes back from the page. */
  readonly folder: string;
  /** Instants, newest first. */
  readonly sets: readonly string[];
  /** Why the last automatic backup failed, or null. */
  readonly failure: ErrorCode | null;
}

/** When the two locks come down, and which hours are office hours (for the watch on odd hours). */
export interface SecuritySettings {
  readonly idleMinutes: number;
  /** Hours of screen lock after which the vault is sealed too. */
  readonly sealAfterHours: number;
  /** Whole hours in WIB, from inclusive, until exclusive. */
  readonly workFrom: number;
  readonly workUntil: number;
}

/** One line of the audit log, as it is shown. */
export interface AuditLine {
  readonly seq: number;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
  /** Empty when the application itself acted. */
  readonly actor: string;
  /** Whom a deputy acted for; empty otherwise. */
  readonly onBehalfOf: string;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditPage {
  /** Newest first. */
  readonly lines: readonly AuditLine[];
  /** Ask with this to go on; null at the end. */
  readonly before: number | null;
  readonly total: number;
}

/** What the chain and the anchors outside the vault say about the log. */
export interface AuditCheck {
  readonly entries: number;
  /** First entry that does not fit, or null. */
  readonly brokenLink: number | null;
  readonly anchors: number;
  /** Instant of the newest anchor, or null when there is none yet. */
  readonly lastAnchor: string | null;
  /** What an anchor contradicts: entries rewritten, cut off at the end, or the whole vault put back to an older one. */
  readonly contradiction: 'rewritten' | 'cut-off' | 'rolled-back' | null;
  /** Sequence number of the anchor that contradicts, or null. */
  readonly at: number | null;
}

export const requestStates = ['open', 'withdrawn', 'granted', 'refused'] as const;
export type RequestState = (typeof requestStates)[number];

/** A person's request to have their data deleted (UU 27/2022 Ps. 8), which an administrator answers. */
export interface DeletionRequest {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly reason: string;
  readonly state: RequestState;
  readonly madeAt: string;
  readonly answeredAt: string | null;
  /** Why, and on what legal basis it was refused; empty while open. */
  readonly answer: string;
  readonly legalBasis: string;
}

/** Everything that the vault holds on one person, for that person. */
export interface MyData {
  readonly person: Person;
  readonly deputies: readonly Deputy[];
  readonly identities: readonly Identity[];
  readonly acknowledgements: readonly {
    readonly version: string;
    readonly language: Language;
    readonly at: string;
  }[];
  readonly letters: { readonly written: number; readonly received: number };
  readonly notices: number;
  /** Acts of this person, and acts of others on this person's account. */
  readonly trail: number;
  readonly requests: readonly DeletionRequest[];
}
