import { availableParallelism } from 'node:os';
import { createApp, standardCost, type App, type AppEvent, type KdfCost } from '../core/app/index.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { nodeLauncher, type Launcher } from './launcher.ts';
import { silentLogger } from './logger.ts';
import { createNet } from './net.ts';
import { createPool, type OwnedPool } from './pool.ts';
import { proxySettings, type ProxySettings } from './proxy.ts';
import { assertRuntime } from './runtime.ts';
import { createTokens, tokenEntryBeside } from './tokens.ts';

/** Core in this process, the pool beside it: for the command line, the demo and the tests. */
export interface LocalEngine {
  readonly app: App;
  readonly pool: OwnedPool;
  close(): Promise<void>;
}

export interface LocalOptions {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly version: string;
  readonly poolEntry: string;
  /** How the pool's process is started; plain Node unless told otherwise. */
  readonly launcher?: Launcher;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly kdfCost?: KdfCost;
  /** The usual variables of the environment unless told otherwise. */
  readonly proxies?: ProxySettings;
  readonly onEvent?: (event: AppEvent) => void;
}

export function startLocalEngine(options: LocalOptions): LocalEngine {
  assertRuntime();
  const pool = createPool({
    launcher: options.launcher ?? nodeLauncher,
    entry: options.poolEntry,
    resourcesDir: options.resourcesDir,
    size: Math.min(2, availableParallelism()),
  });
  const app = createApp({
    dataDir: options.dataDir,
    resourcesDir: options.resourcesDir,
    version: options.version,
    clock: options.clock ?? { now: () => new Date() },
    logger: options.logger ?? silentLogger,
    pool,
    tokens: createTokens({
      launcher: options.launcher ?? nodeLauncher,
      entry: tokenEntryBeside(options.poolEntry),
    }),
    net: createNet(options.proxies ?? proxySettings(process.env)),
    kdfCost: options.kdfCost ?? standardCost,
    emit: options.onEvent ?? (() => undefined),
  });
  return {
    app,
    pool,
    async close() {
      await app.close();
      pool.close();
    },
  };
}
