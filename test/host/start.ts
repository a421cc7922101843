/**
 * `npm start`: builds when needed, then opens the app on Electron, else on the host in a window, else says that there
 * is no display and runs the demo. Whatever fails ends in one sentence with the line to type, never in a stack trace.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuilt } from './build.ts';
import { CHROMIUM_MISSING, findChromium } from './chromium.ts';
import { electronBinary } from './electron-binary.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

let current: ChildProcess | null = null;
let interrupted = false;

/** Exit code of a child that shares this terminal; null when it could not be started. */
function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn(command, [...args], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    current = child;
    child.once('error', () => done(null));
    child.once('exit', (code, signal) => done(code ?? (signal === null ? 1 : 128)));
  });
}

/** Ctrl-C reaches the children from the terminal; here it must only not end this process before them. */
function passSignals(): void {
  process.on('SIGINT', () => {
    interrupted = true;
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interrupted = true;
      current?.kill(signal);
    });
  }
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some(
    (name) => name !== undefined && name !== '',
  );
}

async function reachable(host: string): Promise<boolean> {
  const answer = await Promise.race([lookup(host).catch(() => null), delay(2000, null, { ref: false })]);
  return answer !== null;
}

/** Tries Electron's own download, once per node_modules: offline this is over in a moment. */
async function fetchElectron(): Promise<string | null> {
  const folder = join(ROOT, 'node_modules/.cache/eletter');
  const marker = join(folder, 'electron-not-available');
  const installer = join(ROOT, 'node_modules/electron/install.js');
  if (existsSync(marker) || !existsSync(installer)) return null;
  const mirror =
    process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/';
  if (URL.canParse(mirror) && (await reachable(new URL(mirror).hostname))) {
    say('Fetching Electron (once; at most two minutes) …');
    const child = spawn(process.execPath, [installer], { cwd: ROOT, stdio: 'ignore' });
    current = child;
    const ended = new Promise((done) => {
      child.once('exit', done).once('error', done);
    });
    await Promise.race([ended, delay(120_000, null, { ref: false })]);
    child.kill();
  }
  const binary = electronBinary();
  if (binary === null) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      marker,
      'npm start tried to fetch Electron and could not. Delete this file to let it try again.\n',
    );
  }
  return binary;
}

async function onElectron(binary: string): Promise<number> {
  const root = process.getuid?.() === 0;
  if (root) say('Running as root: Chromium’s own sandbox is off for this start.');
  const code = await run(binary, root ? ['--no-sandbox', ROOT] : [ROOT]);
  if (code === null) say('Electron does not start. Type "npm ci" to install it again.');
  return code ?? 1;
}

async function onHost(): Promise<number> {
  say(
    'Electron’s binary is not available here: the app opens on the stand-in host (test/host), in Chromium.',
  );
  const args = ['--import', join(ROOT, 'test/host/register.ts'), join(ROOT, 'test/host/run.ts'), ROOT];
  const code = await run(process.execPath, args, { EHOST_HEADED: '1' });
  if (code !== 0 && !interrupted)
    say('The app did not end well. To see the same path without a window, type "npm run demo".');
  return code ?? 1;
}

async function demo(reason: string): Promise<number> {
  say(`${reason} Running "npm run demo" instead.`);
  const file = join(ROOT, 'test/tools/demo.ts');
  if (!existsSync(file)) {
    say('The demo is missing from this checkout. Type "git checkout test/tools/demo.ts".');
    return 1;
  }
  return (await run(process.execPath, [file])) ?? 1;
}

async function start(): Promise<number> {
  passSignals();
  const problem = await ensureBuilt(ROOT);
  if (problem !== null) {
    say(problem);
    return 1;
  }
  if (!hasDisplay()) return demo('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).');
  const binary = electronBinary() ?? (await fetchElectron());
  if (interrupted) return 0;
  if (binary !== null) return onElectron(binary);
  if (findChromium() === null) return demo(`Electron’s binary is not available. ${CHROMIUM_MISSING}`);
  return onHost();
}

try {
  const code = await start();
  process.exitCode = interrupted ? 0 : code;
} catch (error) {
  say(
    `The app could not be started: ${error instanceof Error ? error.message : String(error)} Type "npm ci", then "npm start".`,
  );
  process.exitCode = 1;
}
