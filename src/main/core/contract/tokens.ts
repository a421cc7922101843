/** Cards, USB tokens and other devices that keep the private key to themselves (PKCS #11). */

export interface TokenSummary {
  /** Serial number as the device gives it; with the driver it names the token. */
  readonly serial: string;
  readonly label: string;
  readonly model: string;
  readonly pinLocked: boolean;
  /** Certificates whose private key is on the token, DER. */
  readonly certificates: readonly Uint8Array[];
  /** Other certificates on it, such as the issuers', DER. */
  readonly others: readonly Uint8Array[];
}

/** What a token is asked to put under data. */
export interface TokenMechanism {
  readonly kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'eddsa';
  readonly digest: 'sha256' | 'sha384' | 'sha512';
}

/** A key on a token that somebody has logged in to. */
export interface TokenKey {
  /**
   * The value over whole `data`, as the device gives it: ECDSA as r and s side by side.
   * @throws AppError TOKEN_REMOVED, TOKEN_FAILED {reason}, TIMED_OUT
   */
  sign(mechanism: TokenMechanism, data: Uint8Array): Promise<Uint8Array>;
  /** Logs out and forgets the PIN. */
  close(): void;
}
