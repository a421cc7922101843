import { dirname, extname, join } from 'node:path';
import { AppError } from '../core/contract/errors.ts';
import type { TokenSummary } from '../core/contract/tokens.ts';
import type { Tokens } from '../core/ports.ts';
import type { Launcher } from './launcher.ts';
import type { TokenAnswer, TokenRequest } from './token/protocol.ts';

/**
 * A process for each use of a token, gone with it: a driver that hangs or crashes takes no letter and no vault with it,
 * and the PIN's only copy dies with the process.
 */
export interface TokenOptions {
  readonly launcher: Launcher;
  readonly entry: string;
  /** For one answer; a card may take seconds, a keypad as long as somebody types. */
  readonly timeoutMs?: number;
}

type Question = TokenRequest extends infer R
  ? R extends { readonly id: number }
    ? Omit<R, 'id'>
    : never
  : never;

interface TokenProcess {
  ask(question: Question): Promise<unknown>;
  end(): void;
}

const defaultTimeout = 60_000;

/** The token process lies beside the pool's, built or from source. */
export const tokenEntryBeside = (poolEntry: string): string =>
  join(dirname(poolEntry), `token-process${extname(poolEntry)}`);

export function createTokens(options: TokenOptions): Tokens {
  const timeoutMs = options.timeoutMs ?? defaultTimeout;

  function start(): TokenProcess {
    const child = options.launcher(options.entry, [], 'eletter-token', 256);
    const waiting = new Map<number, (answer: TokenAnswer['result'] | 'ended' | 'late') => void>();
    let nextId = 1;
    let ended = false;
    child.onMessage((message) => {
      const { id, result } = message as TokenAnswer;
      waiting.get(id)?.(result);
    });
    const end = (how: 'ended' | 'late'): void => {
      ended = true;
      for (const settle of waiting.values()) settle(how);
    };
    child.onExit(() => end('ended'));
    return {
      ask: (question) =>
        new Promise((resolve, reject) => {
          const id = nextId++;
          const timer = setTimeout(() => {
            end('late');
            child.kill();
          }, timeoutMs);
          waiting.set(id, (answer) => {
            clearTimeout(timer);
            waiting.delete(id);
            if (answer === 'late') reject(new AppError('TIMED_OUT'));
            // the driver crashed: many do when the device goes away under them
            else if (answer === 'ended') reject(new AppError('TOKEN_REMOVED'));
            else if (answer.ok) resolve(answer.value);
            else reject(new AppError(answer.error.code, answer.error.params));
          });
          if (ended) end('ended');
          else child.post({ id, ...question });
        }),
      end: () => child.kill(),
    };
  }

  return {
    async list(driver) {
      const token = start();
      try {
        return (await token.ask({ kind: 'list', driver })) as readonly TokenSummary[];
      } finally {
        token.end();
      }
    },
    async open(request) {
      const token = start();
      try {
        await token.ask({ kind: 'open', ...request });
      } catch (error) {
        token.end();
        throw error;
      }
      return {
        sign: async (mechanism, data) => (await token.ask({ kind: 'sign', mechanism, data })) as Uint8Array,
        close: () => token.end(),
      };
    },
  };
}
