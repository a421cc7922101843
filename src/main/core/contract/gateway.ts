/** A signing gateway in the office: the BSrE Esign Client Service, version 1 or 2. */
export interface GatewaySettings {
  /** https address without a path, such as `https://esign.kantor.go.id`. */
  readonly url: string;
  readonly version: 1 | 2;
  /** The application's own account (HTTP Basic). */
  readonly user: string;
  readonly password: string;
  /** PEM of whoever certified the gateway's server; null for the system's list. */
  readonly authorities: string | null;
}

export interface GatewayOrder {
  readonly pdf: Uint8Array;
  /** National identity number, or (version 2 only) the e-mail address of the signer's account. */
  readonly signer: string;
  /** The certificate's passphrase; handed over and forgotten. */
  readonly passphrase: string;
  readonly reason: string | null;
  readonly location: string | null;
  /** PDF points from the lower left of a 1-based page; null signs without a mark. */
  readonly visible: {
    readonly page: number;
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
    /** PNG. */
    readonly image: Uint8Array;
  } | null;
}
