import type { ErrorCode } from './errors.ts';
import type { Official } from './letters.ts';

export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

export type Role = 'administrator' | 'staff';

/** What a person is asked for when an account is made. Titles, NIP and rank may be empty. */
export interface NewPerson extends Official {
  readonly username: string;
}

export interface Person extends NewPerson {
  readonly accountId: string;
  readonly role: Role;
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
  readonly role: Role;
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

export interface Identity {
  readonly id: string;
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hexadecimal SHA-256 of the certificate. */
  readonly fingerprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly algorithm: string;
  readonly origin: 'p12' | 'test';
  /** The newest valid one, used for signing. */
  readonly current: boolean;
  readonly expired: boolean;
}

export type NoticeKind = 'letter-arrived' | 'signing-interrupted';

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly letterId: string;
  readonly subject: string;
  readonly senderName: string;
  readonly number: string | null;
  readonly urgent: boolean;
  readonly createdAt: string;
  readonly readAt: string | null;
}

/** The eight home counters of DOMAIN §4; those whose work does not exist yet stay away rather than show 0. */
export interface Counters {
  readonly toSign: number;
  readonly interrupted: number;
  readonly incomingUnread: number;
  readonly copiesUnread: number;
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
