/** The in-house certificate authority: as the command line asks for it (bytes in, bytes out), and as screens do. */

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
  /** The leaflet anew, from the anchor (PEM or DER). */
  'tool.caLeaflet': {
    input: { readonly root: Uint8Array };
    output: { readonly leaflet: Uint8Array; readonly fingerprint: string };
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

export const certificateRequestStates = ['open', 'issued', 'refused', 'withdrawn'] as const;
export type CertificateRequestState = (typeof certificateRequestStates)[number];

/** What a person asked of the office's own authority. */
export interface OwnRequest {
  readonly id: string;
  readonly state: CertificateRequestState;
  /** Why it was refused; else empty. */
  readonly answer: string;
  readonly madeAt: string;
  readonly answeredAt: string | null;
}

/** The office's own authority as those see it who may ask it for a certificate. */
export interface OwnCertificates {
  /** Whose authority it is; null while this office has none. */
  readonly organisation: string | null;
  /** Newest first. */
  readonly requests: readonly OwnRequest[];
}

/** A request of somebody of this vault, waiting for an answer. */
export interface WaitingRequest {
  readonly id: string;
  readonly accountId: string;
  /** As the certificate will name the person: by the vault's data, not by the request's. */
  readonly name: string;
  readonly unit: string;
  readonly post: string;
  readonly algorithm: string;
  readonly madeAt: string;
}

export interface IssuedCertificate extends IssuedRow {
  /** Somebody of this vault, or null where a request came in a file. */
  readonly holder: { readonly accountId: string; readonly name: string; readonly revoked: boolean } | null;
}

export interface AuthorityStatus {
  readonly organisation: string;
  /** Of the anchor (root). */
  readonly subject: string;
  /** SHA-256, lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly notAfter: string;
  readonly issuing: {
    readonly serial: string;
    readonly notAfter: string;
    readonly revokedAt: string | null;
  };
  readonly crlUrl: string | null;
  readonly ocspUrl: string | null;
  /** Instants until which the last lists of this vault count; null where none was published. */
  readonly listUntil: { readonly issuing: string | null; readonly root: string | null };
  /** Revocations that the last issuing list does not tell of yet. */
  readonly unlisted: number;
  /** Is the anchor among those that this computer trusts? */
  readonly trusted: boolean;
  /** Newest first. */
  readonly issued: readonly IssuedCertificate[];
  /** Oldest first. */
  readonly waiting: readonly WaitingRequest[];
}

/** What a request in a file (PKCS #10) asks for. */
export interface RequestSummary {
  readonly commonName: string;
  readonly unit: string;
  readonly algorithm: string;
}

export interface AuthorityScreenCalls {
  /** Null while this office has no authority. */
  'authority.status': { input: Record<string, never>; output: AuthorityStatus | null };
  'authority.create': {
    input: {
      readonly organisation: string;
      readonly passphrase: string;
      readonly crlUrl: string | null;
      readonly ocspUrl: string | null;
    };
    output: AuthorityStatus;
  };
  /** Takes in what `eletter ca` made, or a copy of a vault that is gone; from then on it lives here. */
  'authority.adopt': { input: Opened; output: AuthorityStatus };
  'authority.mine': { input: Record<string, never>; output: OwnCertificates };
  /** Makes a key for the person at work, seals it, and asks for a certificate. */
  'authority.request': { input: { readonly signingPassphrase: string }; output: OwnCertificates };
  'authority.withdraw': { input: { readonly id: string }; output: OwnCertificates };
  /** The certificate becomes that person's identity. `days` null: two years. */
  'authority.approve': {
    input: { readonly id: string; readonly passphrase: string; readonly days: number | null };
    output: AuthorityStatus;
  };
  'authority.refuse': { input: { readonly id: string; readonly reason: string }; output: AuthorityStatus };
  'authority.readRequest': { input: { readonly request: Uint8Array }; output: RequestSummary };
  'authority.issue': {
    input: {
      readonly request: Uint8Array;
      readonly kind: 'person' | 'office';
      readonly name: string | null;
      readonly days: number | null;
      readonly passphrase: string;
    };
    output: IssuedRow;
  };
  /** Another certificate for the same name and key; not for people of the vault, who ask with a new key. */
  'authority.renew': {
    input: { readonly serial: string; readonly days: number | null; readonly passphrase: string };
    output: IssuedRow;
  };
  'authority.revoke': {
    input: { readonly serial: string; readonly reason: RevocationReason; readonly passphrase: string };
    output: AuthorityStatus;
  };
}

interface AuthorityFile {
  readonly bytes: Uint8Array;
  /** Proposed to whoever is asked where to. */
  readonly fileName: string;
}

/** What leaves the vault as a file: asked by the desktop alone, once it knows where to. */
export interface AuthorityFileCalls {
  'authority.leaflet': { input: Record<string, never>; output: AuthorityFile };
  /** The anchor, PEM. */
  'authority.anchor': { input: Record<string, never>; output: AuthorityFile };
  /** The certificate and its issuers, PEM. */
  'authority.certificate': { input: { readonly serial: string }; output: AuthorityFile };
  /** A new revocation list, DER. */
  'authority.publish': {
    input: { readonly of: 'issuing' | 'root'; readonly passphrase: string };
    output: AuthorityFile & { readonly nextUpdate: string; readonly revoked: number };
  };
  /** For the command line, which answers OCSP requests with it: it may list and answer, and change nothing. */
  'authority.copy': { input: { readonly passphrase: string }; output: AuthorityFile };
}
