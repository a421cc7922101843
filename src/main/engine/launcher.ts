import { fork } from 'node:child_process';

/**
 * How the engine starts a process of its own. On Electron this is `utilityProcess` (desktop/ provides it), on
 * plain Node `child_process`; messages are structured clones either way.
 */
export interface LaunchedProcess {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** `memoryMiB` bounds the heap: a process that meets a bomb dies of it alone. */
export type Launcher = (
  entry: string,
  args: readonly string[],
  name: string,
  memoryMiB?: number,
) => LaunchedProcess;

export const heapLimit = (memoryMiB: number | undefined): string[] =>
  memoryMiB === undefined ? [] : [`--max-old-space-size=${memoryMiB}`];

/** The launcher for plain Node: the command line, the demo and the tests. */
export const nodeLauncher: Launcher = (entry, args, _name, memoryMiB) => {
  const child = fork(entry, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: heapLimit(memoryMiB),
  });
  child.on('error', () => undefined);
  // An idle helper must not keep a finished command alive.
  child.unref();
  child.channel?.unref();
  return {
    post: (message) => {
      child.channel?.ref();
      child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  };
};

/** The other end, inside the started process: Electron's parentPort where there is one, else Node's own channel. */
export interface ParentChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export function parentChannel(): ParentChannel {
  const { parentPort } = process as unknown as { readonly parentPort?: ElectronParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    };
  }
  // A helper outlives nobody: when the channel closes, so do we.
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}
