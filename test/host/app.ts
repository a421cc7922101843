/** `app`: life cycle, paths, the single-instance lock. */
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { headed, startBrowser, stopBrowser } from './browser.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { RecordedApp } from './recorded-only.ts';
import { hostEvent, record } from './records.ts';

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

/** A window as the life cycle needs it; window.ts registers its own. */
interface Closable {
  close(): void;
  isDestroyed(): boolean;
}

const OTHER_PATHS: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
};

class App extends RecordedApp {
  readonly isPackaged = process.env['EHOST_PACKAGED'] === '1';
  readonly windows = new Set<Closable>();
  #appPath = process.cwd();
  #manifest: Manifest = {};
  #name: string | null = null;
  #ready = false;
  #quitting = false;
  #exiting = false;
  #badge = 0;
  readonly #paths = new Map<string, string>();
  readonly #whenReady: Promise<void>;
  #resolveReady: () => void = () => undefined;
  #lock: (() => void) | null = null;

  readonly commandLine = {
    appendSwitch: (name: string, value = '') => {
      if (name === 'no-sandbox') throw new Error('The app must never switch the sandbox off (SECURITY 2).');
      record('command-line-switch', { name, value });
    },
    appendArgument: (value: string) => record('command-line-argument', { value }),
    hasSwitch: () => false,
    getSwitchValue: () => '',
    removeSwitch: () => undefined,
  };

  constructor() {
    super();
    this.#whenReady = new Promise((resolve) => {
      this.#resolveReady = resolve;
    });
  }

  /** Called by run.ts: reads the manifest of the app that shall run. */
  adopt(appPath: string): string {
    this.#appPath = appPath;
    this.#manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as Manifest;
    return (this.#manifest as { main?: string }).main ?? 'index.js';
  }

  /** Called by run.ts once the main module is loaded. Answers with Playwright's address, when one was wanted. */
  async start(port: boolean): Promise<string | null> {
    let started = false;
    const endpoint = await startBrowser(port, () => {
      // A Chromium that does not even start rejects startBrowser, with the reason.
      if (this.#exiting || !started) return;
      // In a headed window the person closed the last Chromium window: that is a quit, not a fault.
      if (!headed) process.stderr.write('Chromium ended unexpectedly; the host ends too.\n');
      this.exit(headed ? 0 : 70);
    });
    started = true;
    if (this.#exiting) stopBrowser();
    return endpoint;
  }

  announceReady(): void {
    if (this.#exiting) return;
    this.#ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.#resolveReady();
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  /** before-quit → every window's close → will-quit → quit; each but the last can prevent it, as in Electron. */
  quit(): void {
    if (this.#exiting || this.#quitting) return;
    const before = hostEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.windows) window.close();
    if (this.windows.size === 0) this.#finish();
  }

  /** Called by window.ts when a window refused to close. */
  quitRefused(): void {
    this.#quitting = false;
  }

  /** Called by window.ts when a window is gone. */
  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#exiting) return;
    if (this.#quitting) this.#finish();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  #finish(): void {
    const will = hostEvent({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.exit(typeof process.exitCode === 'number' ? process.exitCode : 0);
  }

  exit(code = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    this.emit('quit', {}, code);
    this.#lock?.();
    stopBrowser();
    process.exit(code);
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    record('enable-sandbox');
  }

  disableHardwareAcceleration(): void {
    if (this.#ready)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    record('disable-hardware-acceleration');
  }

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    if (this.#lock) return true;
    this.#lock = takeInstanceLock(
      this.getPath('userData'),
      { argv: process.argv, cwd: process.cwd(), additionalData },
      (second) => {
        void this.#whenReady.then(() =>
          this.emit('second-instance', {}, second.argv, second.cwd, second.additionalData),
        );
      },
    );
    return this.#lock !== null;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== null;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.();
    this.#lock = null;
  }

  getName(): string {
    return this.#name ?? this.#manifest.productName ?? this.#manifest.name ?? 'Electron';
  }

  get name(): string {
    return this.getName();
  }

  set name(name: string) {
    this.setName(name);
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#manifest.version ?? '0.0.0';
  }

  getAppPath(): string {
    return this.#appPath;
  }

  getLocale(): string {
    const [language = ''] = (process.env['LANG'] ?? '').split(/[._@]/);
    return language === '' || language === 'C' ? 'en' : language;
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  /** @throws Error for a name that Electron does not know. */
  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const home = homedir();
    const appData = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
    const userData =
      this.#paths.get('userData') ?? process.env['EHOST_USER_DATA'] ?? join(appData, this.getName());
    const known: Readonly<Record<string, string>> = {
      home,
      appData,
      userData,
      sessionData: userData,
      temp: tmpdir(),
      logs: join(userData, 'logs'),
      crashDumps: join(userData, 'Crashpad'),
      exe: process.execPath,
      module: process.execPath,
    };
    const other = OTHER_PATHS[name];
    const path = known[name] ?? (other === undefined ? undefined : join(home, other));
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.setPath('logs', path);
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    record('badge', { count });
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  get badgeCount(): number {
    return this.#badge;
  }

  set badgeCount(count: number) {
    this.setBadgeCount(count);
  }
}

export const app = new App();
