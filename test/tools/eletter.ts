import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, root } from './run.ts';

/** `npm run -s eletter -- …`: the command line from a checkout. A path means what it meant where it was typed. */
ensureBuilt();
const done = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
});
process.exitCode = done.status ?? 1;
