import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Small helpers that the project's own scripts share. Scripts run on Node 24, started through npm. */
export const root = join(import.meta.dirname, '../..');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and keeps what it said. */
export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Outcome {
  const done = spawnSync(program, [...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 256 * 1_048_576,
  });
  return {
    code: done.status ?? 1,
    stdout: done.stdout ?? '',
    stderr: done.stderr ?? String(done.error ?? ''),
  };
}

/** Runs a program in the open: its output is ours. @returns the exit code. */
export function show(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  return spawnSync(program, [...args], { cwd: root, env, stdio: 'inherit' }).status ?? 1;
}

/** The path of a program of this project's node_modules. */
export const bin = (name: string): string =>
  join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

export function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));
}

function newest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds when `out/` is missing or older than what it is made of. Silent, unless it fails. */
export function ensureBuilt(): void {
  const sources = ['src', 'electron.vite.config.ts', 'package.json'].map((name) => newest(join(root, name)));
  const built = [
    'out/main/index.js',
    'out/main/cli.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
  ].map((name) => newest(join(root, name)));
  if (Math.min(...built) > Math.max(...sources)) return;
  const done = run(bin('electron-vite'), ['build', '--logLevel', 'error']);
  if (done.code === 0) return;
  console.error(done.stdout + done.stderr);
  console.error('The build failed; the reason stands above. Repeat it with: npx electron-vite build');
  process.exit(1);
}
