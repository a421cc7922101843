import type { ErrorShape } from './errors.ts';
import type { Lowering, SignatureLevel } from './levels.ts';
import type { Identity } from './people.ts';

type Nothing = Record<string, never>;

/** A driver of tokens (PKCS #11) that an administrator chose; where it lies stays on the other side. */
export interface TokenDriver {
  readonly id: string;
  /** Name of the library's file. */
  readonly file: string;
}

/** The office's Esign Client Service. Its password is kept in the vault and never told. */
export interface GatewayPlace {
  readonly url: string;
  readonly version: 1 | 2;
  readonly user: string;
  readonly passwordKept: boolean;
  /** Its server is certified by the authority that was given, not by one of the system's. */
  readonly ownAuthority: boolean;
}

/** What the office signs its letters with beside the keys. Nothing set: level B-B, and no connection is made. */
export interface SigningServices {
  /** Wanted for every letter. */
  readonly level: SignatureLevel;
  /** Address of the timestamp authority (http or https); empty: none. */
  readonly tsa: string;
  /** May certificates' issuers be asked about revocation? Levels LT and LTA need it. */
  readonly revocation: boolean;
  readonly gateway: GatewayPlace | null;
  readonly drivers: readonly TokenDriver[];
}

export interface NewGateway {
  /** https, without a path. */
  readonly url: string;
  readonly version: 1 | 2;
  readonly user: string;
  /** Null keeps the one that is kept, as long as address and user stay the same. */
  readonly password: string | null;
  /** PEM or DER of whoever certified its server; `system` for the system's list. */
  readonly authority: Uint8Array | 'keep' | 'system';
}

export const testedServices = ['tsa', 'gateway', 'tokens'] as const;
export type TestedService = (typeof testedServices)[number];

/** What came of trying a service. */
export interface ServiceTest {
  readonly what: TestedService;
  /** `lowered`: it answered, and cannot be used now. */
  readonly outcome: 'good' | 'silent' | 'refused';
  /** Who answered: the authority's name, each token's label. */
  readonly names: readonly string[];
  readonly error: ErrorShape | null;
  readonly lowering: Lowering | null;
}

/** A certificate on a token that is plugged in. */
export interface OfferedCertificate {
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notAfter: string;
  /** Why it cannot be signed with. */
  readonly problem: ErrorShape | null;
}

export interface OfferedToken {
  readonly driver: string;
  readonly serial: string;
  readonly label: string;
  readonly pinLocked: boolean;
  readonly certificates: readonly OfferedCertificate[];
}

export interface ServiceCalls {
  'services.read': { input: Nothing; output: SigningServices };
  'services.save': {
    input: Pick<SigningServices, 'level' | 'tsa' | 'revocation'>;
    output: SigningServices;
  };
  /** Null: none any more; its password is forgotten. */
  'services.saveGateway': { input: { gateway: NewGateway | null }; output: SigningServices };
  'services.removeDriver': { input: { id: string }; output: SigningServices };
  /** Asks the service as it is kept. */
  'services.test': { input: { what: TestedService }; output: ServiceTest };

  /** Tokens that are plugged in now, by every driver of the office. */
  'identity.tokens': { input: Nothing; output: readonly OfferedToken[] };
  /** The PIN proves that the token is the person's; it is used once and kept nowhere. */
  'identity.addToken': {
    input: { driver: string; token: string; fingerprint: string; pin: string };
    output: Identity;
  };
  /** The gateway signs a page made for this, which shows the certificate and proves the passphrase. */
  'identity.addGateway': { input: { signer: string; passphrase: string }; output: Identity };

  /** Carries a signed letter on to the wanted level: what is kept only grows. */
  'letters.complete': {
    input: { id: string };
    output: {
      readonly level: SignatureLevel;
      /** Why it is less than what is wanted, still. */
      readonly lowering: Lowering | null;
      /** Is there more in the file than before? */
      readonly grown: boolean;
    };
  };
}
