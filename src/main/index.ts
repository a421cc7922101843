import { join } from 'node:path';
import { app } from 'electron';
import { runCommand } from './cli/run.ts';
import { startDesktop, utilityLauncher } from './desktop/index.ts';

/**
 * Composition root on Electron. The installed `eletter` command is this same binary with `--cli` in front of its
 * arguments: no window, no renderer, the same core.
 */
// A vault belongs to this machine: roaming profiles copy folders while they are in use, and may lie on a network drive.
const localData = process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined;
if (localData) app.setPath('userData', join(localData, app.getName()));

const here = import.meta.dirname;
const resourcesDir = app.isPackaged
  ? join(process.resourcesPath, 'resources')
  : join(app.getAppPath(), 'resources');
const entries = { core: join(here, 'core-process.js'), pool: join(here, 'pool-process.js') };
const commandAt = process.argv.indexOf('--cli');

if (commandAt > 0) {
  void app
    .whenReady()
    .then(() =>
      runCommand(process.argv.slice(commandAt + 1), {
        resourcesDir,
        dataDir: app.getPath('userData'),
        version: app.getVersion(),
        poolEntry: entries.pool,
        launcher: utilityLauncher,
      }),
    )
    .then((code) => app.exit(code));
} else {
  startDesktop({
    dataDir: app.getPath('userData'),
    resourcesDir,
    pages: join(here, '../renderer'),
    preload: join(here, '../preload/index.cjs'),
    icons: join(resourcesDir, 'icons'),
    entries,
  });
}
