/** The signed statement in the QR of a letter, as it is shown; docs/statement.md has its bytes. */

export interface StatementFacts {
  readonly number: string;
  /** Plain date, YYYY-MM-DD. */
  readonly date: string;
  /** The office as its letterhead names it; may be cut, then it ends in "…". */
  readonly sender: string;
  /** Name as printed; may be cut. */
  readonly signer: string;
  /** May be cut; null where the letter is of a sealed class. */
  readonly subject: string | null;
  /** First 20 bytes of the SHA-256 of the letter's canonical content, hexadecimal. */
  readonly digest: string;
}

/** A key that an office has given up; statements of letters until that day still count. */
export interface RetiredKey {
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  /** Plain date, the last on which the office used it. */
  readonly until: string;
}

/** A known office, by the card it handed out. */
export interface OfficeCard {
  readonly name: string;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  /** Newest first. */
  readonly previous: readonly RetiredKey[];
  /** By `publicKey`, over all the card says; null on cards of version 1, which had no previous keys. */
  readonly signature: Uint8Array | null;
  /** Detached CMS over the same, by a certificate of the office; null where there is none. */
  readonly certification: Uint8Array | null;
}

/** An office whose statements this vault can check; `own` is this one. */
export interface KnownOffice {
  readonly name: string;
  /** SHA-256 of the public key (SPKI), 64 hexadecimal digits: read out and compared by people. */
  readonly fingerprint: string;
  readonly own: boolean;
  /** Instant, ISO 8601 UTC; null for the own office. */
  readonly addedAt: string | null;
  /** Whose certificate vouches for the card, where that ends in a trusted anchor. */
  readonly certifiedBy: string | null;
  /** The card carries a certification, trusted here or not. */
  readonly certified: boolean;
  /** False where it was let in by its certificate alone and that no longer ends in a trusted anchor. */
  readonly trusted: boolean;
  /** Last days of the keys that it used before, newest first. */
  readonly retired: readonly string[];
  /** Its name has letters that only look Latin. */
  readonly lookalike: boolean;
}

/** What a card file says, before somebody adds it. */
export interface CardReading {
  readonly name: string;
  readonly fingerprint: string;
  readonly certifiedBy: string | null;
  readonly retired: readonly string[];
  readonly lookalike: boolean;
  /** The known office whose earlier card this one takes the place of. */
  readonly replaces: string | null;
}

export type StatementWarning =
  /** Letters or digits that only look like those of our alphabet. */
  | 'LOOKALIKE'
  /** By a key that the office has replaced since; the letter is of the time before. */
  | 'OLD_KEY';

/** What an offline check found. Only a genuine statement shows its data. */
export type StatementCheck =
  | {
      readonly outcome: 'genuine';
      readonly office: string;
      readonly facts: StatementFacts;
      readonly warnings: readonly StatementWarning[];
    }
  /** Well formed, and none of the known offices has this key. */
  | { readonly outcome: 'unknown-office'; readonly keyId: string }
  /** It names a known office's key, which did not sign it. */
  | { readonly outcome: 'forged'; readonly office: string }
  /** Signed by a key that its office had given up before the date of the letter. */
  | { readonly outcome: 'withdrawn-key'; readonly office: string; readonly until: string };

/** Does a code's text say that it is a statement of ours? */
export const claimsStatement = (text: string): boolean => text.startsWith('ELT1:');

/** A code with what was found about it; null where it is no statement, or one that cannot be read. */
export interface PaperCode extends ScannedCode {
  readonly check: StatementCheck | null;
}

export interface PaperPage extends Omit<ScannedPage, 'codes'> {
  readonly codes: readonly PaperCode[];
}

export interface PaperReading {
  readonly pages: readonly PaperPage[];
  /** Those that the file has; more than `pages` where it is long. */
  readonly pageCount: number;
}

/** A QR code that was found in a picture. */
export interface ScannedCode {
  /** As read, at most 1 000 characters. */
  readonly text: string;
  /** Clockwise from the code's own upper left: shares (0 to 1) of the picture's width and height. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}

export interface ScannedPage {
  /** From 1. */
  readonly page: number;
  /** Pixels that were searched. */
  readonly width: number;
  readonly height: number;
  readonly codes: readonly ScannedCode[];
  /** JPEG to compare with, or null where there are others to show. */
  readonly picture: Uint8Array | null;
}

export interface ScanReading {
  /** Those that were read. */
  readonly pages: readonly ScannedPage[];
  /** Those that the file has. */
  readonly pageCount: number;
}
