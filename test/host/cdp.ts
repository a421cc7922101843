/**
 * The Chrome DevTools Protocol over the pipe pair that `--remote-debugging-pipe` opens (fd 3 in, fd 4 out of Chromium).
 * A pipe rather than a port, because a port can be driven by every other process of the machine, and because
 * Chromium ends by itself when the pipe closes.
 */
import type { Readable, Writable } from 'node:stream';

type Listener = (params: never) => void;

interface Waiting {
  readonly method: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** One attached target, or the browser itself (no session id). Closed sessions reject. */
export interface CdpSession {
  /** @throws Error with the method's name and Chromium's own words. */
  send<T = unknown>(method: string, params?: object): Promise<T>;
  /** Sends and does not care: for work on a page that may be gone by now. */
  tell(method: string, params?: object): void;
  on<T>(method: string, listener: (params: T) => void): void;
}

export class CdpConnection {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Listener[]>();
  #next = 1;
  #closed = false;
  /** Bytes of a message whose closing NUL has not arrived yet. */
  #partial: Buffer[] = [];

  constructor(out: Writable, input: Readable, onClose: () => void) {
    this.#out = out;
    out.on('error', () => this.#close());
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    input.on('error', () => this.#close());
    input.on('close', () => {
      this.#close();
      onClose();
    });
  }

  session(sessionId: string | null): CdpSession {
    const key = sessionId ?? '';
    const send = (method: string, params: object = {}): Promise<unknown> =>
      this.#send(sessionId, method, params);
    return {
      send: <T>(method: string, params?: object) => send(method, params) as Promise<T>,
      tell: (method, params) => void send(method, params).catch(() => undefined),
      on: (method, listener) => {
        const name = `${key}/${method}`;
        this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener as Listener]);
      },
    };
  }

  #send(sessionId: string | null, method: string, params: object): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone`));
    const id = this.#next++;
    const message = JSON.stringify(
      sessionId === null ? { id, method, params } : { id, method, params, sessionId },
    );
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#out.write(`${message}\0`);
    });
  }

  #receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0, start); end !== -1; end = chunk.indexOf(0, start)) {
      this.#partial.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.#partial).toString('utf8');
      this.#partial = [];
      start = end + 1;
      this.#dispatch(JSON.parse(text) as Incoming);
    }
    if (start < chunk.length) this.#partial.push(chunk.subarray(start));
  }

  #dispatch(message: Incoming): void {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (!waiting) return;
      if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting.resolve(message.result);
      return;
    }
    for (const listener of this.#listeners.get(`${message.sessionId ?? ''}/${message.method ?? ''}`) ?? []) {
      listener((message.params ?? {}) as never);
    }
  }

  #close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values())
      waiting.reject(new Error(`${waiting.method}: Chromium is gone`));
    this.#waiting.clear();
  }
}
