import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { type CallName, type CoreCallName, type Input, type Output } from '../core/contract/api.ts';
import { callNames, channelOf } from '../core/contract/channels.ts';
import { type DesktopCalls } from '../core/contract/desktop.ts';
import { AppError, type Result } from '../core/contract/errors.ts';
import type { Engine } from '../engine/remote.ts';
import { schemas } from './schemas.ts';

/**
 * The only ipcMain. Every call passes the same three checks, in this order: is the sender our own top frame, does
 * the payload fit its schema, and only then the use case. The page always gets a Result, never an exception.
 */
export type DesktopHandlers = {
  readonly [N in keyof DesktopCalls]: (input: DesktopCalls[N]['input']) => Promise<DesktopCalls[N]['output']>;
};

export interface IpcOptions {
  readonly engine: Engine;
  readonly desktop: DesktopHandlers;
  /** Is this the address of one of our own pages? */
  readonly ownPage: (url: string) => boolean;
}

function trustedSender(event: IpcMainInvokeEvent, ownPage: (url: string) => boolean): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && ownPage(frame.url);
}

const isDesktop = (name: CallName): name is keyof DesktopCalls => name.startsWith('desktop.');

/** Checks a payload. @throws AppError BAD_REQUEST with the first field at fault; never with its value. */
export function readInput<N extends CallName>(name: N, payload: unknown): Input<N> {
  const parsed = schemas[name].safeParse(payload);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('BAD_REQUEST', { field: field === '' ? name : field });
  }
  return parsed.data as Input<N>;
}

export function registerIpc(options: IpcOptions): void {
  const { engine, desktop, ownPage } = options;

  async function perform<N extends CallName>(
    name: N,
    event: IpcMainInvokeEvent,
    payload: unknown,
  ): Promise<Result<Output<N>>> {
    try {
      if (!trustedSender(event, ownPage)) throw new AppError('NOT_ALLOWED');
      const input = readInput(name, payload);
      if (isDesktop(name)) return { ok: true, value: (await desktop[name](input as never)) as Output<N> };
      return (await engine.call(name as CoreCallName, input as never)) as Result<Output<N>>;
    } catch (error) {
      return { ok: false, error: error instanceof AppError ? error.toShape() : { code: 'INTERNAL' } };
    }
  }

  for (const name of callNames) {
    ipcMain.handle(channelOf(name), (event, payload: unknown) => perform(name, event, payload));
  }
}
