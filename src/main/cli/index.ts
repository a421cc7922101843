import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run.ts';

/** `eletter` from a checkout, on plain Node: `npm run -s eletter -- …` starts the built form of this file. */
const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** Where the application keeps its data on this system, as Electron's `userData` would. */
function userData(): string {
  const name = 'E-Letter Lampung Timur';
  if (process.platform === 'win32')
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), name);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), name);
}

process.exitCode = await runCommand(process.argv.slice(2), {
  resourcesDir: join(root, 'resources'),
  dataDir: userData(),
  version,
  poolEntry: join(import.meta.dirname, 'pool-process.js'),
});
