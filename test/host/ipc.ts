/** `ipcMain`, and the way of one message from a page's isolated world to its handler and back. */
import { EventEmitter } from 'node:events';
import { createCodec, nodeBase64 } from './codec.ts';
import type { Frame } from './frames.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

interface Incoming {
  readonly t: 'invoke' | 'send' | 'preload-error';
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly message: string;
  readonly stack: string;
}

/** The web contents that a message came from, as far as ipc needs it. */
interface Sender {
  emit(event: string, ...args: unknown[]): boolean;
}

const codec = createCodec(nodeBase64);

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

export const ipcMain = new IpcMain();

export function packEvent(channel: string, args: readonly unknown[]): string {
  return codec.encode({ t: 'event', channel, args });
}

async function answer(sender: Sender, frame: Frame | null, message: Incoming): Promise<string> {
  const { id, channel, args } = message;
  const failed = (error: unknown): string =>
    codec.encode({
      t: 'reply',
      id,
      ok: false,
      value: `Error invoking remote method '${channel}': ${String(error)}`,
    });
  const handler = ipcMain.handlerOf(channel);
  if (!handler) return failed(new Error(`No handler registered for '${channel}'`));
  try {
    const event = {
      sender,
      senderFrame: frame,
      frameId: frame?.routingId ?? -1,
      processId: 1,
      type: 'frame',
    };
    return codec.encode({ t: 'reply', id, ok: true, value: await handler(event, ...args) });
  } catch (error) {
    process.stderr.write(`Error occurred in handler for '${channel}': ${String(error)}\n`);
    return failed(error);
  }
}

/**
 * One payload of the binding. `frame` is null when it is already gone.
 * The answer, packed for the page, or null where none is due.
 */
export async function receive(sender: Sender, frame: Frame | null, payload: string): Promise<string | null> {
  const message = codec.decode(payload) as Incoming;
  if (message.t === 'preload-error') {
    const error = new Error(message.message);
    error.stack = message.stack;
    process.stderr.write(`Unable to load preload script: ${message.stack || message.message}\n`);
    sender.emit('preload-error', {}, '', error);
    return null;
  }
  if (message.t === 'send') {
    const event = { sender, senderFrame: frame, reply: () => undefined, ports: [], type: 'frame' };
    ipcMain.emit(message.channel, event, ...message.args);
    return null;
  }
  return answer(sender, frame, message);
}
