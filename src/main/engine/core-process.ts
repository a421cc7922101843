import './unpooled.ts';
import { join } from 'node:path';
import { createApp, standardCost } from '../core/app/index.ts';
import { AppError, type Result } from '../core/contract/index.ts';
import type { Clock, Pool, PoolTasks } from '../core/ports.ts';
import { parentChannel } from './launcher.ts';
import { fileLogger } from './logger.ts';
import { createNet } from './net.ts';
import type { CoreArguments, FromCore, ToCore } from './protocol.ts';
import { proxySettings } from './proxy.ts';
import { assertRuntime } from './runtime.ts';
import { errandTokens } from './token/errands.ts';

/** Entry of the core process: the vault, the keys and every use case live here and nowhere else. */
assertRuntime();

const settings = JSON.parse(process.argv[2] ?? '{}') as CoreArguments;
const parent = parentChannel();
const send = (message: FromCore): void => parent.post(message);
const clock: Clock = { now: () => new Date() };

/** The pool's process belongs to the main process, which alone can start one on Electron: tasks go through it. */
const pooled = new Map<number, (result: Result<unknown>) => void>();
let nextTask = 1;
const pool: Pool = {
  run: (task, input, timeoutMs) =>
    new Promise((resolve, reject) => {
      const id = nextTask;
      nextTask += 1;
      pooled.set(id, (result) => {
        if (result.ok) resolve(result.value as PoolTasks[typeof task]['output']);
        else reject(new AppError(result.error.code, result.error.params));
      });
      send({ kind: 'pool', id, task, input, timeoutMs });
    }),
};

/** Tokens go the same way. */
const errands = new Map<number, (result: Result<unknown>) => void>();
const tokens = errandTokens(
  (request) =>
    new Promise((resolve, reject) => {
      const id = nextTask;
      nextTask += 1;
      errands.set(id, (result) => {
        if (result.ok) resolve(result.value);
        else reject(new AppError(result.error.code, result.error.params));
      });
      send({ kind: 'token', id, request });
    }),
);

const app = createApp({
  ...settings,
  clock,
  logger: fileLogger(join(settings.dataDir, 'logs'), clock),
  pool,
  tokens,
  net: createNet(proxySettings(process.env)),
  kdfCost: standardCost,
  emit: (event) => send({ kind: 'event', event }),
});

parent.onMessage((received) => {
  const message = received as ToCore;
  switch (message.kind) {
    case 'call':
      void app
        .call(message.name, message.input as never)
        .then((result) => send({ kind: 'answer', id: message.id, result }));
      break;
    case 'signedPdf':
      void app
        .signedPdf(message.letterId, message.how)
        .then((result) => send({ kind: 'answer', id: message.id, result }));
      break;
    case 'pooled':
      pooled.get(message.id)?.(message.result);
      pooled.delete(message.id);
      break;
    case 'tokenDone':
      errands.get(message.id)?.(message.result);
      errands.delete(message.id);
      break;
    case 'close':
      void app
        .close()
        .then(() => send({ kind: 'answer', id: message.id, result: { ok: true, value: null } }));
      break;
  }
});
