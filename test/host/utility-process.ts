/** `utilityProcess`: a child process of this Node, with `process.parentPort` as Electron gives it (utility-child.ts). */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { app } from './app.ts';

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
  readonly cwd?: string;
  readonly stdio?: 'pipe' | 'ignore' | 'inherit' | readonly ('pipe' | 'ignore' | 'inherit')[];
  readonly serviceName?: string;
  readonly allowLoadingUnsignedLibraries?: boolean;
}

const CHILD_SETUP = new URL('./utility-child.ts', import.meta.url).href;
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #name: string;
  #queue: unknown[] | null = [];

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.#name = options.serviceName ?? 'Node Utility Process';
    // EHOST_TRACE=1 shows what a child says even where the app sends that nowhere.
    const stdio = process.env['EHOST_TRACE'] === '1' ? 'inherit' : (options.stdio ?? 'inherit');
    const [, out = 'inherit', error = 'inherit'] =
      typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
    this.#child = fork(modulePath, [...args], {
      serialization: 'advanced',
      // Electron's utility processes take no V8 flags from their parent, and never a debugger.
      execArgv: ['--import', CHILD_SETUP, ...(options.execArgv ?? [])],
      env: options.env ?? process.env,
      stdio: ['ignore', out as 'pipe', error as 'pipe', 'ipc'],
      ...(options.cwd !== undefined && { cwd: options.cwd }),
    });
    alive.add(this.#child);
    this.#child.once('spawn', () => {
      const waiting = this.#queue ?? [];
      this.#queue = null;
      for (const message of waiting) this.#send(message);
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('error', (error) => this.emit('error', 'FatalError', this.#name, String(error)));
    this.#child.once('exit', (code, signal) => {
      alive.delete(this.#child);
      // A killed process reports its signal's number, as a POSIX wait status does in Electron.
      const exitCode = code ?? (signal === 'SIGKILL' ? 9 : 15);
      if (exitCode !== 0) {
        const reason = signal === null ? 'abnormal-exit' : 'killed';
        app.emit(
          'child-process-gone',
          {},
          { type: 'Utility', reason, exitCode, name: this.#name, serviceName: this.#name },
        );
      }
      this.emit('exit', exitCode);
    });
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  /** @throws Error for MessagePorts: they do not cross this kind of process border. */
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The host cannot transfer ports to a utility process.');
    if (this.#queue) this.#queue.push(message);
    else this.#send(message);
  }

  #send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as never, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready');
    return new UtilityProcess(modulePath, args, options);
  },
};
