import { AppError, type Result } from '../../core/contract/errors.ts';
import type { TokenKey, TokenSummary } from '../../core/contract/tokens.ts';
import type { Tokens } from '../../core/ports.ts';
import type { TokenErrand } from './protocol.ts';

/** The Tokens port across a process: the core process asks, the main process starts what has to be started. */

/** The core's end. `send` carries one errand and brings back what came of it. */
export const errandTokens = (send: (errand: TokenErrand) => Promise<unknown>): Tokens => ({
  list: async (driver) => (await send({ kind: 'list', driver })) as readonly TokenSummary[],
  async open(request) {
    const key = (await send({ kind: 'open', ...request })) as number;
    return {
      sign: async (mechanism, data) => (await send({ kind: 'sign', key, mechanism, data })) as Uint8Array,
      close: () => void send({ kind: 'close', key }).catch(() => undefined),
    };
  },
});

export interface TokenDesk {
  perform(errand: TokenErrand): Promise<Result<unknown>>;
  /** Ends every token's process: the core that asked for them is gone. */
  closeAll(): void;
}

/** The main process's end. */
export function tokenDesk(tokens: Tokens): TokenDesk {
  const keys = new Map<number, TokenKey>();
  let nextKey = 1;

  async function run(errand: TokenErrand): Promise<unknown> {
    if (errand.kind === 'list') return tokens.list(errand.driver);
    if (errand.kind === 'open') {
      const key = await tokens.open(errand);
      keys.set(nextKey, key);
      return nextKey++;
    }
    const key = keys.get(errand.key);
    if (errand.kind === 'sign') {
      if (!key) throw new AppError('TOKEN_REMOVED');
      return key.sign(errand.mechanism, errand.data);
    }
    keys.delete(errand.key);
    key?.close();
    return null;
  }

  return {
    async perform(errand) {
      try {
        return { ok: true, value: await run(errand) };
      } catch (error) {
        return { ok: false, error: error instanceof AppError ? error.toShape() : { code: 'INTERNAL' } };
      }
    },
    closeAll() {
      for (const key of keys.values()) key.close();
      keys.clear();
    },
  };
}
