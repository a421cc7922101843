import type { AttachmentReading, PagePicture } from './contract/attachments.ts';
import type { Result } from './contract/errors.ts';
import type { IncomingReading, IncomingType } from './contract/incoming.ts';
import type { DispositionSheet } from './contract/disposition-sheet.ts';
import type { Letterhead, LetterContent, TypesetLetter } from './contract/letters.ts';
import type { Language } from './contract/people.ts';
import type { PreparedRevision, SigningPlan } from './contract/prepared.ts';
import type { PrintedTable } from './contract/printed-table.ts';
import type { ScanReading } from './contract/statement.ts';
import type { KopForm } from './contract/templates.ts';
import type { TokenKey, TokenSummary } from './contract/tokens.ts';
import type { PrintedReport, ShownFile, VerificationReport } from './contract/verification.ts';

/** What core asks of the outside. Adapters: desktop/ on Electron, cli/ and tests on Node. */

export interface Clock {
  now(): Date;
}

/** The letter keys that the person at work can open; what is sealed to others stays closed. */
export interface Keyring {
  readonly accountId: string;
  /** 32 bytes, or null when this person is not entitled. Not to be wiped by the caller. */
  letterKey(letterId: string): Uint8Array | null;
  /** What lists show of a sealed letter; null when it is sealed to others. */
  summary(letterId: string, sealed: Uint8Array): LetterSummary | null;
  /** @throws AppError LETTER_SEALED, OBJECT_DAMAGED. */
  content(letterId: string, sealed: Uint8Array): LetterContent;
  /** Words beside the letter, such as the text layer of a scan. @throws AppError LETTER_SEALED, OBJECT_DAMAGED. */
  words(letterId: string, sealed: Uint8Array): string;
  /** @throws AppError LETTER_SEALED, OBJECT_DAMAGED. */
  frozen(letterId: string, sealed: Uint8Array): TypesetLetter;
}

export interface LetterSummary {
  readonly subject: string;
  readonly recipientNames: readonly string[];
}

/** Names and codes only: never personal data, never a secret, never a letter's content. */
export interface Logger {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  error(event: string, facts: Readonly<Record<string, string | number | boolean>>, cause?: unknown): void;
}

/** Work that chews hostile or heavy bytes, done in a process that holds no key and can be killed. */
export interface Pool {
  run<N extends keyof PoolTasks>(
    task: N,
    input: PoolTasks[N]['input'],
    timeoutMs?: number,
  ): Promise<PoolTasks[N]['output']>;
}

export interface PoolTasks {
  typeset: {
    input: {
      letter: TypesetLetter;
      profile: string | null;
      createdAt: string;
      /** Of all pages of its attachments, in order. */
      pictures?: readonly PagePicture[];
      /** Re-serialised for display, as by `display`: to look at, not to sign. */
      shown?: boolean;
      /** The office's pictures for the kop, as PNG. */
      arms?: { readonly [F in KopForm]?: Uint8Array | undefined };
    };
    output: { pdf: Uint8Array; pages: number };
  };
  verify: {
    input: {
      file: string;
      bytes: Uint8Array;
      trust: readonly TrustedCertificate[];
      at: string;
      language: Language;
      password: string | null;
      /** What was kept from before, beside what the file brings. */
      evidence?: EvidenceBytes;
    };
    output: VerificationReport;
  };
  /** What could answer the questions that a verification of the same input would leave open. */
  wanted: { input: PoolTasks['verify']['input']; output: readonly EvidenceWish[] };
  /** One page for those who receive an in-house CA's signatures. Instants are ISO 8601. */
  leaflet: {
    input: {
      organisation: string;
      subject: string;
      fingerprint: string;
      notBefore: string;
      notAfter: string;
    };
    output: { pdf: Uint8Array };
  };
  /** A verification report to print and file; texts of the file that no font holds are written as code points. */
  report: { input: PrintedReport; output: { pdf: Uint8Array } };
  /** A book of the office to print; see core/typesetting/sheets.ts. */
  book: { input: SheetFrame & { table: PrintedTable }; output: { pdf: Uint8Array } };
  /** The disposition sheet of a letter. */
  disposition: { input: SheetFrame & { sheet: DispositionSheet }; output: { pdf: Uint8Array } };
  /** A berita acara of the archive; see core/typesetting/minutes.ts. Dates are plain, `…At` and `at` instants. */
  minutes: {
    input: {
      kind: 'destruction' | 'transfer';
      government: string;
      office: string;
      place: string;
      number: string;
      date: string;
      receiver: string;
      receiverName: string;
      anri: { number: string; date: string } | null;
      proposer: { name: string; post: string };
      approver: { name: string; post: string };
      approvedAt: string;
      panel: readonly { name: string; post: string; at: string }[];
      files: readonly {
        code: string;
        codeName: string;
        title: string;
        unit: string;
        year: number;
        closedOn: string;
        retention: { active: number; inactive: number; fate: string } | null;
        letters: readonly {
          number: string;
          date: string;
          sender: string;
          subject: string | null;
          stays: boolean;
        }[];
      }[];
      at: string;
    };
    output: { pdf: Uint8Array };
  };
  /** The revisions that signatures need, each with its own refusal; see core/signing/apart.ts. */
  prepare: {
    input: { files: readonly Uint8Array[]; plan: SigningPlan };
    output: { prepared: readonly Result<PreparedRevision>[] };
  };
  /** A file that somebody attaches to a letter, as pictures of its pages; see core/attachments. */
  attach: { input: { bytes: Uint8Array; signedAnyway: boolean }; output: AttachmentReading };
  /** A letter from outside as it came, looked into and not drawn; see core/attachments/incoming.ts. */
  incoming: { input: { files: readonly Uint8Array[] }; output: IncomingReading };
  /** The same letter's pages as a PDF to look at and to print. */
  incomingPages: { input: { bytes: Uint8Array; type: IncomingType }; output: { pdf: Uint8Array } };
  /** A picture for the kop (PNG, JPEG, SVG), drawn anew; see core/scan/arms.ts. */
  arms: { input: { bytes: Uint8Array }; output: { png: Uint8Array; width: number; height: number } };
  /** QR codes in a PNG, JPEG or PDF. */
  scan: { input: { bytes: Uint8Array }; output: ScanReading };
  /** Bytes that a viewer may draw: what our parser judged, re-serialised, without actions. */
  display: { input: { bytes: Uint8Array }; output: { pdf: Uint8Array } };
  /** The same of a stranger's file, beside a version of it that was signed, with what looks different. */
  show: {
    input: {
      bytes: Uint8Array;
      password: string | null;
      revision: number | null;
      /** Also compare the pictures, as far as there is time. */
      pictures: boolean;
    };
    output: ShownFile;
  };
}

/** What stands around a sheet that is no letter: kop, foot, and who signs it by hand. */
export interface SheetFrame {
  readonly letterhead: Letterhead;
  /** JSON text of a regulation profile; null for the shipped one. */
  readonly profile: string | null;
  readonly arms?: { readonly [F in KopForm]?: Uint8Array | undefined } | undefined;
  /** Instant (ISO 8601) written as the PDF's creation date: same sheet, same instant, same bytes. */
  readonly createdAt: string;
  /** At the bottom of every page, such as when it was printed. */
  readonly foot: string;
  /** Without a name there is a line to write on. */
  readonly keeper: {
    readonly dated: string;
    readonly post: string;
    readonly name: string;
    readonly nip: string;
  };
}

/** Certificates and revocation data (DER each); nothing in it is believed yet. */
export interface EvidenceBytes {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/**
 * One thing to look for, in what is kept or on the network. Answers and lists are only wished for certificates whose
 * chain leads to an anchor, so that no stranger's file decides whom this machine calls; an issuer's certificate
 * (`issuer`) is named by a stranger and only ever looked up in what is kept.
 */
export type EvidenceWish =
  | { readonly kind: 'ocsp'; readonly url: string; readonly request: Uint8Array }
  | { readonly kind: 'crl'; readonly url: string }
  | { readonly kind: 'issuer'; readonly url: string };

/** A trust anchor as the verifier takes it. */
export interface TrustedCertificate {
  readonly der: Uint8Array;
  readonly psre: boolean;
}

/**
 * HTTP for what a person configured and for the addresses that certificates name. Whatever comes back is hostile:
 * it is capped in time and size, and judged by whoever asked.
 */
export interface Net {
  /** @throws AppError NETWORK_FAILED {host, reason: NetFault} */
  exchange(request: NetRequest): Promise<NetAnswer>;
}

export interface NetRequest {
  /** http or https, without user and password. */
  readonly url: string;
  /** Null: GET, and redirects are followed a few times. Else POST. */
  readonly body: { readonly type: string; readonly bytes: Uint8Array } | null;
  readonly accept: string;
  readonly maximumBytes: number;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** The Authorization header, for https only; never logged, never sent on to where a redirect points. */
  readonly authorization?: string;
  /** Certificates (PEM) of whoever certified the server, instead of the system's; for a server in the office. */
  readonly authorities?: readonly string[];
  /** Give back any answer with its status: what a refusal says is in its body. */
  readonly anyStatus?: boolean;
}

export interface NetAnswer {
  /** 200 to 299, unless any was asked for. */
  readonly status: number;
  /** Media type in lower case without parameters; empty where none is given. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** STATUS_n: an HTTP status that is no success. */
export type NetFault =
  'ADDRESS' | 'UNREACHABLE' | 'TLS' | 'TIMED_OUT' | 'TOO_LARGE' | 'REDIRECTS' | 'PROXY' | `STATUS_${number}`;

/** PKCS #11 drivers, each run in a process of its own: they are foreign code that may hang or crash. */
export interface Tokens {
  /**
   * What is plugged in; no PIN is needed.
   * @param driver path of the PKCS #11 library.
   * @throws AppError TOKEN_DRIVER_UNUSABLE {file}, TOKEN_FAILED {reason}, TIMED_OUT
   */
  list(driver: string): Promise<readonly TokenSummary[]>;
  /**
   * Logs in to the key of one certificate. The PIN is tried once.
   * @param certificate DER.
   * @throws AppError TOKEN_* or TIMED_OUT
   */
  open(request: {
    readonly driver: string;
    readonly serial: string;
    readonly certificate: Uint8Array;
    readonly pin: string;
  }): Promise<TokenKey>;
}
