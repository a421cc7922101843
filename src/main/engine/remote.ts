import type { EngineCalls } from '../core/contract/api.ts';
import { AppError, type Result } from '../core/contract/errors.ts';
import type { AppEvent } from '../core/app/index.ts';
import type { Logger } from '../core/ports.ts';
import type { LaunchedProcess, Launcher } from './launcher.ts';
import { createPool } from './pool.ts';
import type { CoreArguments, FromCore, ToCore } from './protocol.ts';
import { tokenDesk } from './token/errands.ts';
import { createTokens, tokenEntryBeside } from './tokens.ts';

/** The desktop's engine: core in a process of its own, the pool beside it. */
export interface Engine {
  call<N extends keyof EngineCalls>(
    name: N,
    input: EngineCalls[N]['input'],
  ): Promise<Result<EngineCalls[N]['output']>>;
  signedPdf(letterId: string, how: string): Promise<Result<{ pdf: Uint8Array; fileName: string }>>;
  /** Locks the vault and ends both processes. */
  close(): Promise<void>;
}

export interface EngineOptions extends CoreArguments {
  readonly launcher: Launcher;
  readonly entries: { readonly core: string; readonly pool: string };
  readonly onEvent: (event: AppEvent) => void;
  readonly logger: Logger;
}

/** How long a quit waits for the vault to close before the processes are ended anyway. */
const closingTime = 5_000;

/** A core that ends so soon after its start, so many times in a row, will not do better the next time. */
const earlyExit = 5_000;
const mostEarlyExits = 3;

export function startEngine(options: EngineOptions): Engine {
  const { launcher, entries, onEvent, logger, ...settings } = options;
  const pool = createPool({ launcher, entry: entries.pool, resourcesDir: settings.resourcesDir, logger });
  const desk = tokenDesk(createTokens({ launcher, entry: tokenEntryBeside(entries.pool) }));
  const pending = new Map<number, (result: Result<unknown>) => void>();
  let nextId = 1;
  let closing = false;
  let ended = false;
  let dead = false;
  let earlyExits = 0;
  let core = start();

  function start(): LaunchedProcess {
    const began = performance.now();
    const started = launcher(entries.core, [JSON.stringify(settings)], 'eletter-core');
    started.onMessage((received) => receive(started, received as FromCore));
    started.onExit(() => {
      // Whatever was acknowledged is on disk; what was under way is refused, and the vault is locked again.
      for (const settle of pending.values()) settle({ ok: false, error: { code: 'INTERNAL' } });
      pending.clear();
      desk.closeAll();
      if (closing) return;
      earlyExits = performance.now() - began < earlyExit ? earlyExits + 1 : 0;
      logger.error('core ended', { earlyExits });
      dead = earlyExits >= mostEarlyExits;
      if (dead) return;
      core = start();
      onEvent({ type: 'locked' });
    });
    return started;
  }

  function receive(from: LaunchedProcess, message: FromCore): void {
    if (from !== core) return;
    if (message.kind === 'answer') {
      pending.get(message.id)?.(message.result);
      pending.delete(message.id);
    } else if (message.kind === 'event') {
      onEvent(message.event);
    } else if (message.kind === 'token') {
      void desk.perform(message.request).then((result) => {
        if (from === core) from.post({ kind: 'tokenDone', id: message.id, result } satisfies ToCore);
      });
    } else {
      // A core that died meanwhile counts its tasks anew: its answers must not reach the next one.
      const answer = (result: Result<unknown>): void => {
        if (from === core) from.post({ kind: 'pooled', id: message.id, result } satisfies ToCore);
      };
      pool.run(message.task, message.input as never, message.timeoutMs).then(
        (value) => answer({ ok: true, value }),
        (error: unknown) =>
          answer({ ok: false, error: error instanceof AppError ? error.toShape() : { code: 'INTERNAL' } }),
      );
    }
  }

  const post = (message: ToCore): void => core.post(message);

  function ask<T>(make: (id: number) => ToCore): Promise<Result<T>> {
    return new Promise((resolve) => {
      if (dead || ended) {
        resolve({ ok: false, error: { code: 'INTERNAL' } });
        return;
      }
      const id = nextId;
      nextId += 1;
      pending.set(id, (result) => resolve(result as Result<T>));
      post(make(id));
    });
  }

  return {
    call: (name, input) => ask((id) => ({ kind: 'call', id, name, input })),
    signedPdf: (letterId, how) => ask((id) => ({ kind: 'signedPdf', id, letterId, how })),
    async close() {
      closing = true;
      const waited = new Promise<void>((resolve) => setTimeout(resolve, closingTime).unref());
      await Promise.race([ask((id) => ({ kind: 'close', id })), waited]);
      ended = true;
      core.kill();
      desk.closeAll();
      pool.close();
    },
  };
}
