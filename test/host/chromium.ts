/** Finds a Chromium, starts it on a throw-away profile, and makes sure that neither outlives the host. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CdpConnection } from './cdp.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => runnable(file)) ?? null;
}

function fromPlaywright(): string | null {
  try {
    const { chromium } = createRequire(import.meta.url)(
      'playwright-core',
    ) as typeof import('playwright-core');
    const file = chromium.executablePath();
    return runnable(file) ? file : null;
  } catch {
    return null;
  }
}

/** Absolute path of a Chromium: CHROMIUM_PATH, then the system's, then Playwright's own; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return runnable(named) ? named : null;
  for (const name of NAMES) {
    const file = onPath(name);
    if (file !== null) return file;
  }
  return fromPlaywright();
}

/** What to tell a person whose machine has no Chromium. */
export const CHROMIUM_MISSING =
  'No Chromium found. Type "apt-get install -y chromium" (as root, on Debian) or "npx playwright install chromium", or set CHROMIUM_PATH.';

interface LaunchOptions {
  readonly headed: boolean;
  /** Opens a port beside the pipe, for Playwright on the test side. Never for `npm start`. */
  readonly port: boolean;
  readonly onClose: () => void;
}

interface RunningChromium {
  readonly cdp: CdpConnection;
  /** ws:// address for Playwright; null without `port`. */
  readonly endpoint: string | null;
  readonly kill: () => void;
}

/** What a browser offers and an app window must not: translating the page, keeping its passphrases. */
const PREFERENCES = {
  translate: { enabled: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
};

const PROFILE_PREFIX = 'ehost-profile-';

/** A host that was killed could not remove its profile: the next one does. */
function sweepProfiles(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PROFILE_PREFIX))) {
    const folder = join(tmpdir(), name);
    try {
      const owner = Number(readFileSync(join(folder, 'owner'), 'utf8'));
      if (!Number.isInteger(owner) || owner <= 0) continue;
      process.kill(owner, 0);
    } catch (error) {
      // Only a process that is surely gone: one that just makes its folder has no owner file yet.
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(folder, { recursive: true, force: true });
    }
  }
}

function flags(profile: string, options: LaunchOptions): string[] {
  const list = [
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-component-extensions-with-background-pages',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-search-engine-choice-screen',
    '--disable-features=Translate,MediaRouter,OptimizationHints,HttpsUpgrades,PasswordManagerOnboarding',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-background-timer-throttling',
    '--disable-dev-shm-usage',
    '--metrics-recording-only',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    '--test-type',
    // Nothing but the host's own loopback server can be reached from a page.
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE *.localhost , EXCLUDE localhost , EXCLUDE 127.0.0.1',
  ];
  if (options.port) list.push('--remote-debugging-port=0');
  if (process.getuid?.() === 0) list.push('--no-sandbox');
  // `--app` gives a window without tabs and address bar; the first BrowserWindow adopts it.
  if (options.headed) list.push('--window-size=1200,800', '--app=data:text/html,');
  else list.push('--headless=new', '--hide-scrollbars', '--no-startup-window');
  return list;
}

async function readEndpoint(profile: string, child: ChildProcess): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) break;
    try {
      const [port, path] = readFileSync(file, 'utf8').split('\n');
      if (port !== undefined && path !== undefined && path !== '') return `ws://127.0.0.1:${port}${path}`;
    } catch {
      // Not written yet.
    }
    await delay(25);
  }
  throw new Error('Chromium did not open its debugging port within 10 s.');
}

/** The line that says why, without Chromium's process and file numbers, and without the noise of D-Bus. */
function lastComplaint(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^\[[^\]]*\]\s*/, '').trim());
  const said = lines.filter((line) => line !== '' && !/dbus|gcm|vaapi/i.test(line));
  return (
    said.find((line) => /display|X server|wayland|sandbox|missing|cannot/i.test(line)) ??
    said.at(-1) ??
    'no reason given'
  );
}

/** @throws Error with one readable sentence when Chromium is missing or does not start. */
export async function launchChromium(options: LaunchOptions): Promise<RunningChromium> {
  const file = findChromium();
  if (file === null) throw new Error(CHROMIUM_MISSING);
  sweepProfiles();
  const profile = mkdtempSync(join(tmpdir(), PROFILE_PREFIX));
  writeFileSync(join(profile, 'owner'), String(process.pid));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(PREFERENCES));
  const setpriv = onPath('setpriv');
  const [command, before] = setpriv === null ? [file, []] : [setpriv, ['--pdeathsig', 'KILL', file]];
  const child = spawn(command, [...before, ...flags(profile, options)], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // In a group of its own, so that ending it ends its helpers, and Ctrl-C reaches the host first.
    detached: true,
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-2000);
  });
  let ended = false;
  const kill = (): void => {
    if (ended) return;
    ended = true;
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 });
  };
  process.once('exit', kill);
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`Chromium (${file}) does not start.`, { cause })));
    child.once('exit', (code) => {
      reject(
        new Error(
          `Chromium (${file}) ended at start with code ${code ?? 'none'}: ${lastComplaint(complaint)}`,
        ),
      );
    });
  });
  failed.catch(() => undefined);
  try {
    const cdp = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable, options.onClose);
    await Promise.race([cdp.session(null).send('Browser.getVersion'), failed]);
    const endpoint = options.port ? await Promise.race([readEndpoint(profile, child), failed]) : null;
    return { cdp, endpoint, kill };
  } catch (error) {
    // The pipe breaks before the exit is seen; the exit has the reason.
    const reason: unknown = await Promise.race([failed.catch((cause: unknown) => cause), delay(1000, error)]);
    kill();
    throw reason;
  }
}
