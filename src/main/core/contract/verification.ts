import type { Conclusion } from './conclusion.ts';
import type { Language } from './people.ts';

export type { Conclusion } from './conclusion.ts';

export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED';
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'SIGNED_DATA_NOT_FOUND'
  | 'TRY_LATER';

export interface ReportProblem {
  readonly code: string;
  readonly message: string;
}

/** [left, bottom, right, top] in the page's user space (points), normalised. */
export type PageArea = readonly [number, number, number, number];

export interface ReportChange {
  readonly what: string;
  readonly where: string;
  readonly verdict: 'permitted' | 'forbidden' | 'not-judged';
  /** Name of the rule that judged it, stable; absent in reports of older versions. */
  readonly rule?: string;
  /** Its page, from 1, and the area of it; absent where no page shows it. */
  readonly at?: { readonly page: number; readonly area: PageArea | null };
}

export interface ReportSigner {
  readonly subject: string;
  readonly issuer: string;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface SignatureReport {
  readonly field: string;
  readonly kind: 'signature' | 'document-timestamp';
  readonly subFilter: string;
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | 'CMS' | 'none';
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Do the signed bytes match the signature? null: could not be judged. */
  readonly integrity: boolean | null;
  readonly coversWholeFile: boolean;
  /** 1-based revision that this signature closes. */
  readonly revision: number;
  readonly changesAfter: 'none' | 'permitted' | 'forbidden' | 'not-judged';
  readonly changes: readonly ReportChange[];
  /** So many more are not listed; absent where all are. */
  readonly moreChanges?: number;
  readonly digestAlgorithm: string | null;
  readonly signatureAlgorithm: string | null;
  readonly signer: ReportSigner | null;
  readonly claimedTime: string | null;
  readonly bestTime: string | null;
  /** Whose clock proves it: the subject of the timestamp authority's certificate. */
  readonly bestTimeBy?: string;
  readonly trustAnchor: string | null;
  readonly docMdp: null | 1 | 2 | 3;
  readonly psre: boolean;
  readonly problems: readonly ReportProblem[];
}

export interface VerificationReport {
  readonly file: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly conclusion: Conclusion;
  readonly revisions: number;
  readonly signatures: readonly SignatureReport[];
  /** File-level findings (why UNREADABLE, a stray /ByteRange …). */
  readonly problems: readonly ReportProblem[];
}

/** One version of a file as a viewer may draw it: what our parser read, written anew, without actions. */
export interface ShownVersion {
  /** From 1. */
  readonly revision: number;
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Where signatures are to be seen, or are waited for. */
  readonly fields: readonly ShownField[];
}

export interface ShownField {
  /** Fully qualified, as in the report. */
  readonly name: string;
  readonly signed: boolean;
  readonly page: number;
  readonly area: PageArea;
}

/** A page of the signed version beside the one that stands for it now; null where there is none. */
export interface PagePair {
  readonly signed: number | null;
  readonly current: number | null;
  /** Is it the same page object in both? Else another page took its place. */
  readonly same: boolean;
}

export interface ShownFile {
  /** What the file shows now. */
  readonly current: ShownVersion;
  /** The version that was asked for; null where none was, or where it is the current one. */
  readonly signed: ShownVersion | null;
  readonly pairs: readonly PagePair[];
  /** Where the pictures of a pair differ, whatever the reason; no area: the pages are of another size. */
  readonly differences: readonly { readonly pair: number; readonly area: PageArea | null }[];
  /** Pairs that may look different and that were not compared: too many, or not drawable. */
  readonly notCompared: number;
}

/** What the printed report says beside the report itself. */
export interface PrintedReport {
  readonly report: VerificationReport;
  readonly language: Language;
  /** Instant (ISO 8601). */
  readonly at: string;
  readonly version: string;
  readonly trust: {
    readonly anchors: number;
    readonly psre: number;
    /** SHA-256 over the sorted SHA-256 of its certificates, hexadecimal: which list it was. */
    readonly fingerprint: string;
  };
}

export interface TrustAnchor {
  /** Lower-case hexadecimal SHA-256 of the DER certificate. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly notAfter: string;
  /** An Indonesian PSrE's root: signatures under it are "tersertifikasi". */
  readonly psre: boolean;
  readonly addedAt: string;
}
