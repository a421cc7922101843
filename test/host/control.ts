/** The test side's door into the main process: it exists only when a test spawned the host with an IPC channel. */
import { runInThisContext } from 'node:vm';
import { electron } from './electron.ts';

interface Ask {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

type Evaluated = (modules: typeof electron, argument: unknown) => unknown;

async function evaluate({ id, source, argument }: Ask): Promise<void> {
  try {
    // In this realm, so that what it makes and compares are the app's own classes; it sees globals, not this module.
    const run = runInThisContext(`(${source})`) as Evaluated;
    process.send?.({ id, ok: true, value: await run(electron, argument) });
  } catch (error) {
    process.send?.({
      id,
      ok: false,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

/** True when a test is at the other end. */
export function listenForTests(): boolean {
  if (!process.send) return false;
  process.on('message', (message) => void evaluate(message as Ask));
  // The test's end decides: without it the host must not linger.
  process.on('disconnect', () => electron.app.exit(0));
  return true;
}

export function announce(endpoint: string): void {
  process.send?.({ endpoint });
}
