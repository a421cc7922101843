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

/** A known office, by the card it handed out. */
export interface OfficeCard {
  readonly name: string;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
}

/** An office whose statements this vault can check; `own` is this one. */
export interface KnownOffice {
  readonly name: string;
  /** SHA-256 of the public key (SPKI), 64 hexadecimal digits: read out and compared by people. */
  readonly fingerprint: string;
  readonly own: boolean;
  /** Instant, ISO 8601 UTC; null for the own office. */
  readonly addedAt: string | null;
}

/** What an offline check found. Only a genuine statement shows its data. */
export type StatementCheck =
  | { readonly outcome: 'genuine'; readonly office: string; readonly facts: StatementFacts }
  /** Well formed, and none of the known offices has this key. */
  | { readonly outcome: 'unknown-office'; readonly keyId: string }
  /** It names a known office's key, which did not sign it. */
  | { readonly outcome: 'forged'; readonly office: string };
