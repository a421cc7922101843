/**
 * Runs the app of one folder under the host: `node --import ./test/host/register.ts ./test/host/run.ts FOLDER [args]`.
 * EHOST_USER_DATA sets userData, EHOST_PACKAGED=1 app.isPackaged, EHOST_RESOURCES process.resourcesPath.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { headed } from './browser.ts';
import { announce, listenForTests } from './control.ts';
import { startServer } from './protocol.ts';
import { watchDownloads } from './session.ts';

function pretendToBeElectron(folder: string): void {
  const manifest = createRequire(import.meta.url).resolve('electron/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  const resources =
    process.env['EHOST_RESOURCES'] ??
    (app.isPackaged ? dirname(folder) : join(dirname(manifest), 'dist/resources'));
  Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
  Object.defineProperty(process, 'type', { value: 'browser' });
  Object.defineProperty(process, 'resourcesPath', { value: resources, writable: true });
  if (!app.isPackaged) Object.defineProperty(process, 'defaultApp', { value: true });
  // Electron's argv: the program, the app's folder (not when packaged), what follows.
  const rest = process.argv.slice(3);
  process.argv = app.isPackaged
    ? [process.execPath, ...rest]
    : [process.execPath, process.argv[2] ?? '.', ...rest];
}

function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      app.quit();
      setTimeout(() => app.exit(signal === 'SIGINT' ? 130 : 143), 3000).unref();
    });
  }
}

async function run(): Promise<void> {
  const folder = resolve(process.argv[2] ?? '.');
  const main = app.adopt(folder);
  pretendToBeElectron(folder);
  endOnSignals();
  const forTests = listenForTests();
  await startServer();
  const browser = app.start(forTests);
  browser.catch(() => undefined);
  // Electron emits `ready` after the main module has run, so one that waits for it at its top level never ends there.
  const stuck = setTimeout(() => {
    process.stderr.write(
      'The main module still waits after 15 s. A top-level "await app.whenReady()" never ends, as in Electron.\n',
    );
    app.exit(70);
  }, 15_000);
  await import(pathToFileURL(join(folder, main)).href);
  clearTimeout(stuck);
  const endpoint = await browser;
  await watchDownloads();
  if (endpoint !== null) announce(endpoint);
  app.announceReady();
}

/** A person at `npm start` gets a sentence; tests get the stack. */
function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const traced = !headed || process.env['EHOST_TRACE'] === '1';
  process.stderr.write(
    traced ? `${stack ?? message}\n` : `${message} (EHOST_TRACE=1 npm start shows where.)\n`,
  );
  app.exit(70);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
run().catch(fail);
