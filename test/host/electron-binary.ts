/** Where Electron's own binary is, without asking its package, which would try to download it. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Absolute path of an Electron that can be started, or null. ELECTRON_OVERRIDE_DIST_PATH is honoured. */
export function electronBinary(): string | null {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const named = join(folder, 'path.txt');
    const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron';
    const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
    const file = join(dist, name);
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
