/** The in-house certificate authority as the command line asks for it. Bytes in, bytes out. */

/** As RFC 5280 §5.3.1 names them, as far as an office needs them. */
export const revocationReasons = [
  'unspecified',
  'key-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** What the authority's file and its passphrase open. */
interface Opened {
  /** The sealed file. */
  readonly authority: Uint8Array;
  readonly passphrase: string;
}

/** The sealed file as it has to be kept from now on, before anything else is handed out. */
interface Changed {
  readonly authority: Uint8Array;
}

export interface IssuedRow {
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly kind: 'person' | 'office';
  readonly subject: string;
  /** Instants, ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revokedAt: string | null;
  readonly reason: RevocationReason | null;
}

export interface AuthorityCalls {
  'tool.caInit': {
    input: {
      readonly organisation: string;
      readonly passphrase: string;
      readonly crlUrl: string | null;
      readonly ocspUrl: string | null;
    };
    output: Changed & {
      /** DER. */
      readonly root: Uint8Array;
      readonly issuing: Uint8Array;
      /** SHA-256 of the root, lower-case hexadecimal. */
      readonly fingerprint: string;
      /** One page for recipients: whose anchor this is, its fingerprint, what its signatures are worth. PDF. */
      readonly leaflet: Uint8Array;
    };
  };
  'tool.caIssue': {
    input: Opened & {
      /** PKCS #10, PEM or DER. */
      readonly request: Uint8Array;
      readonly kind: 'person' | 'office';
      readonly name: string | null;
      readonly days: number | null;
    };
    output: Changed & {
      /** DER: the certificate, then its issuers up to the root. */
      readonly chain: readonly Uint8Array[];
      readonly row: IssuedRow;
    };
  };
  'tool.caRevoke': {
    input: Opened & { readonly serial: string; readonly reason: RevocationReason };
    output: Changed & { readonly revokedAt: string };
  };
  'tool.caCrl': {
    input: Opened & {
      /** The issuing CA's list of people and offices, or the root's list of issuing CAs. */
      readonly of: 'issuing' | 'root';
      readonly days: number | null;
    };
    output: Changed & { readonly crl: Uint8Array; readonly nextUpdate: string; readonly revoked: number };
  };
  'tool.caOcsp': {
    input: Opened & { readonly request: Uint8Array };
    output: { readonly response: Uint8Array };
  };
  'tool.caList': { input: Opened; output: { readonly issued: readonly IssuedRow[] } };
}
