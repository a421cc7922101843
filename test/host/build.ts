/** Builds out/ when it is missing or older than what it is made of. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const RESULTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json'];

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isStale(root: string): boolean {
  const results = RESULTS.map((name) => join(root, name));
  if (!results.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...results.map((file) => statSync(file).mtimeMs));
  return SOURCES.some((name) => newest(join(root, name)) > oldest);
}

/** The first line that says something beyond "error during build". */
function firstReason(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim());
  return (
    lines.find((line) => line !== '' && !/error during build|build failed/i.test(line)) ?? 'no reason given'
  );
}

/** One sentence that says what went wrong and what to type, or null when out/ is up to date. */
export async function ensureBuilt(root: string): Promise<string | null> {
  if (!isStale(root)) return null;
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  if (!existsSync(builder)) return 'The dependencies are not installed. Type "npm ci", then "npm start".';
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((done) => {
    child.once('error', () => done(null));
    child.once('exit', done);
  });
  if (code === 0) return null;
  const reason = firstReason(output);
  return `The build failed (${reason}). Type "npm run build" to see all of it.`;
}
