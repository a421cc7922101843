import type { EngineCalls } from '../core/contract/api.ts';
import type { Result } from '../core/contract/errors.ts';
import type { AppEvent } from '../core/app/index.ts';
import type { PoolTasks } from '../core/ports.ts';
import type { TokenErrand } from './token/protocol.ts';

/** Messages between the desktop's main process and the core process. Structured clones; ids pair answers. */
export type ToCore =
  | { readonly kind: 'call'; readonly id: number; readonly name: keyof EngineCalls; readonly input: unknown }
  | { readonly kind: 'signedPdf'; readonly id: number; readonly letterId: string; readonly how: string }
  | { readonly kind: 'pooled'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'tokenDone'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'close'; readonly id: number };

export type FromCore =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: AppEvent }
  | { readonly kind: 'token'; readonly id: number; readonly request: TokenErrand }
  | {
      readonly kind: 'pool';
      readonly id: number;
      readonly task: keyof PoolTasks;
      readonly input: unknown;
      readonly timeoutMs: number | undefined;
    };

/** What the core process is started with, as one JSON argument. */
export interface CoreArguments {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly version: string;
}
