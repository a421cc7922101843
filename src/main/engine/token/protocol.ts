import type { Result } from '../../core/contract/errors.ts';
import type { TokenMechanism } from '../../core/contract/tokens.ts';

/** Messages between the engine and a token's process. */
export type TokenRequest =
  | { readonly id: number; readonly kind: 'list'; readonly driver: string }
  | {
      readonly id: number;
      readonly kind: 'open';
      readonly driver: string;
      readonly serial: string;
      readonly certificate: Uint8Array;
      readonly pin: string;
    }
  | {
      readonly id: number;
      readonly kind: 'sign';
      readonly mechanism: TokenMechanism;
      readonly data: Uint8Array;
    };

export interface TokenAnswer {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** The same as the core process asks it of the main process, which alone can start a token's process on Electron. */
export type TokenErrand =
  | { readonly kind: 'list'; readonly driver: string }
  | {
      readonly kind: 'open';
      readonly driver: string;
      readonly serial: string;
      readonly certificate: Uint8Array;
      readonly pin: string;
    }
  | {
      readonly kind: 'sign';
      /** What `open` answered. */
      readonly key: number;
      readonly mechanism: TokenMechanism;
      readonly data: Uint8Array;
    }
  | { readonly kind: 'close'; readonly key: number };
