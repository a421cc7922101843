import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Logger } from '../core/ports.ts';

/**
 * A technical log without personal data: event names, codes and stack frames. An error's message is left out,
 * because it can quote what it was given.
 */
const maximumSize = 1_000_000;

export function fileLogger(folder: string, clock: Clock, name = 'eletter'): Logger {
  const path = join(folder, `${name}.log`);

  function write(
    level: string,
    event: string,
    facts: Readonly<Record<string, string | number | boolean>>,
  ): void {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maximumSize) renameSync(path, `${path}.1`);
      appendFileSync(path, `${JSON.stringify({ at: clock.now().toISOString(), level, event, ...facts })}\n`, {
        mode: 0o600,
      });
    } catch {
      // A log that cannot be written must not stop the work that it describes.
    }
  }

  return {
    info: (event, facts = {}) => write('info', event, facts),
    error: (event, facts, cause) => write('error', event, { ...facts, ...describeError(cause) }),
  };
}

/** Name, code and stack frames of an error; never its message, which can quote what it was given. */
export function describeError(cause: unknown): Record<string, string> {
  if (!(cause instanceof Error)) return {};
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in cause && typeof cause.code === 'string' ? { errorCode: cause.code } : {};
  return {
    error: cause.name,
    ...code,
    stack: frames
      .slice(0, 12)
      .map((line) => line.trim())
      .join(' | '),
  };
}

/** For the command line and tests: nothing is kept. */
export const silentLogger: Logger = { info: () => undefined, error: () => undefined };
