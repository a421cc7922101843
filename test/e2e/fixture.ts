/**
 * Starts the app for an end-to-end test: on Electron where its binary is there, else on the host (test/host).
 * Both give the same handle, shaped like Playwright's ElectronApplication.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, chromium } from '@playwright/test';
import type { Browser, ElectronApplication, Page } from '@playwright/test';
import { electronBinary } from '../host/electron-binary.ts';
import type { electron as hostModules } from '../host/electron.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const HOST = join(ROOT, 'test/host');
const SCREENS = join(ROOT, 'test-results/screens');
const binary = electronBinary();

/** For the summary line: what the specs really ran on. */
export const runtimeName: 'electron' | 'host' = binary === null ? 'host' : 'electron';

interface LaunchOptions {
  /** The app's data folder; without it a fresh one, removed at close. */
  readonly userData?: string;
  /** Folder with package.json; without it this project. */
  readonly app?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly packaged?: { readonly resources: string };
}

interface DesktopRecord {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

type Modules = typeof hostModules;

export interface AppHandle {
  readonly userData: string;
  /** The first page that left about:blank. @throws Error after 20 s. */
  firstWindow(): Promise<Page>;
  windows(): Page[];
  /** Runs in the main process, as Playwright's own: the function may use its arguments and globals only. */
  evaluate<R, A>(run: (modules: Modules, argument: A) => R | Promise<R>, argument?: A): Promise<R>;
  /** What the app asked of the desktop: notifications, openExternal, print … (test/host/records.ts). */
  recorded(kind: string): Promise<DesktopRecord[]>;
  /** Clicks a notification by its place in the order shown. */
  clickNotification(index: number): Promise<void>;
  /** Quits as a person would. The exit code; null when it had to be killed after 10 s. */
  close(): Promise<number | null>;
  /** Pulls the plug: SIGKILL, as a power cut for the process. The data folder stays. */
  kill(): Promise<void>;
  /** Resolves with the exit code when the app ends by itself. */
  readonly exited: Promise<number | null>;
  /** What the main process wrote to stdout and stderr so far. */
  output(): string;
}

const temporaryFolders = new Set<string>();
process.once('exit', () => {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eletter-e2e-'));
  temporaryFolders.add(folder);
  return folder;
}

function isAppPage(page: Page): boolean {
  return !page.isClosed() && /^(https?|app|file):/.test(page.url());
}

async function waitForWindow(windows: () => Page[], ended: () => string | null): Promise<Page> {
  for (let tries = 0; tries < 400; tries++) {
    const page = windows()[0];
    if (page) {
      await page.waitForLoadState('domcontentloaded');
      return page;
    }
    const reason = ended();
    if (reason !== null) throw new Error(reason);
    await delay(50);
  }
  throw new Error('The app opened no window within 20 s.');
}

class HostApp implements AppHandle {
  readonly userData: string;
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #temporary: boolean;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #browser: Browser | null = null;
  #output = '';
  #next = 1;
  #ended = false;

  constructor(options: LaunchOptions) {
    this.userData = options.userData ?? freshFolder();
    this.#temporary = options.userData === undefined;
    this.#child = fork(join(HOST, 'run.ts'), [options.app ?? ROOT, ...(options.args ?? [])], {
      cwd: options.app ?? ROOT,
      execArgv: ['--import', join(HOST, 'register.ts')],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        EHOST_USER_DATA: this.userData,
        ...(options.packaged && { EHOST_PACKAGED: '1', EHOST_RESOURCES: options.packaged.resources }),
        ...options.env,
      },
    });
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString('utf8');
    };
    this.#child.stdout?.on('data', collect);
    this.#child.stderr?.on('data', collect);
    this.exited = new Promise((done) => {
      this.#child.once('exit', (code) => {
        this.#ended = true;
        for (const { reject } of this.#waiting.values()) reject(new Error('The app ended.'));
        this.#waiting.clear();
        done(code);
      });
    });
  }

  async connect(): Promise<this> {
    const endpoint = await Promise.race([
      new Promise<string>((done) => {
        this.#child.on(
          'message',
          (message: { endpoint?: string; id?: number; ok?: boolean; value?: unknown; error?: string }) => {
            if (message.endpoint !== undefined) done(message.endpoint);
            const asked = message.id === undefined ? undefined : this.#waiting.get(message.id);
            if (message.id === undefined || !asked) return;
            this.#waiting.delete(message.id);
            if (message.ok === true) asked.resolve(message.value);
            else asked.reject(new Error(message.error));
          },
        );
      }),
      this.exited.then((code) => {
        throw new Error(`The app ended at start with code ${code}:\n${this.#output}`);
      }),
    ]);
    try {
      this.#browser = await chromium.connectOverCDP(endpoint);
    } catch (error) {
      // It may have quit on purpose right away (a second instance): the caller looks at `exited`.
      if (!this.#ended) throw error;
    }
    return this;
  }

  windows(): Page[] {
    return (this.#browser?.contexts() ?? []).flatMap((context) => context.pages()).filter(isAppPage);
  }

  firstWindow(): Promise<Page> {
    return waitForWindow(
      () => this.windows(),
      () => (this.#ended ? `The app ended before it had a window:\n${this.#output}` : null),
    );
  }

  evaluate<R, A>(run: (modules: Modules, argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    if (this.#ended) return Promise.reject(new Error('The app ended.'));
    const id = this.#next++;
    return new Promise((done, reject) => {
      this.#waiting.set(id, { resolve: done as (value: unknown) => void, reject });
      this.#child.send({ id, source: run.toString(), argument });
    });
  }

  recorded(kind: string): Promise<DesktopRecord[]> {
    return this.evaluate(readRecords, kind);
  }

  clickNotification(index: number): Promise<void> {
    return this.evaluate(clickRecorded, index);
  }

  async close(): Promise<number | null> {
    if (!this.#ended) {
      await this.evaluate(({ app }) => {
        setTimeout(() => app.quit());
      }).catch(() => undefined);
    }
    const code = await Promise.race([this.exited, delay(10_000, 'late' as const, { ref: false })]);
    if (code === 'late') await this.kill();
    await this.#browser?.close().catch(() => undefined);
    if (this.#temporary) rmSync(this.userData, { recursive: true, force: true });
    return code === 'late' ? null : code;
  }

  async kill(): Promise<void> {
    if (!this.#ended) this.#child.kill('SIGKILL');
    await this.exited;
    await this.#browser?.close().catch(() => undefined);
  }

  output(): string {
    return this.#output;
  }
}

interface Recorded {
  readonly list: { readonly kind: string; readonly facts: Readonly<Record<string, unknown>> }[];
  readonly notifications: { emit(event: string, ...args: unknown[]): boolean }[];
}

/** These two run in the main process. */
function readRecords(_modules: Modules, kind: string): DesktopRecord[] {
  const { __recorded } = globalThis as unknown as { readonly __recorded: Recorded };
  return __recorded.list.filter((entry) => entry.kind === kind);
}

function clickRecorded(_modules: Modules, index: number): void {
  const { __recorded } = globalThis as unknown as { readonly __recorded: Recorded };
  const notification = __recorded.notifications[index];
  if (!notification) throw new Error(`There is no notification number ${index}.`);
  notification.emit('click', {});
}

/** Real Electron: the few desktop calls that specs read are kept instead of carried out. */
function recordOnElectron({ Notification, shell }: Modules): void {
  const kept: Recorded = { list: [], notifications: [] };
  Object.assign(globalThis, { __recorded: kept });
  Notification.prototype.show = function show() {
    kept.list.push({
      kind: 'notification',
      facts: { title: this.title, body: this.body, silent: this.silent },
    });
    kept.notifications.push(this);
  };
  shell.openExternal = async (url) => {
    kept.list.push({ kind: 'open-external', facts: { url } });
  };
  shell.openPath = async (path) => {
    kept.list.push({ kind: 'open-path', facts: { path } });
    return '';
  };
  shell.showItemInFolder = (path) => {
    kept.list.push({ kind: 'show-in-folder', facts: { path } });
  };
}

class RealApp implements AppHandle {
  readonly userData: string;
  readonly exited: Promise<number | null>;
  readonly #app: ElectronApplication;
  readonly #temporary: boolean;
  #output = '';

  constructor(electronApp: ElectronApplication, userData: string, temporary: boolean) {
    this.userData = userData;
    this.#app = electronApp;
    this.#temporary = temporary;
    const child = electronApp.process();
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.exited = new Promise((done) => {
      child.once('exit', (code) => done(code));
    });
  }

  firstWindow(): Promise<Page> {
    return this.#app.firstWindow();
  }

  windows(): Page[] {
    return this.#app.windows();
  }

  evaluate<R, A>(run: (modules: Modules, argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    return this.#app.evaluate(run as never, argument as never) as Promise<R>;
  }

  recorded(kind: string): Promise<DesktopRecord[]> {
    return this.evaluate(readRecords, kind);
  }

  clickNotification(index: number): Promise<void> {
    return this.evaluate(clickRecorded, index);
  }

  async close(): Promise<number | null> {
    await this.#app.close();
    if (this.#temporary) rmSync(this.userData, { recursive: true, force: true });
    return this.exited;
  }

  async kill(): Promise<void> {
    this.#app.process().kill('SIGKILL');
    await this.exited;
  }

  output(): string {
    return this.#output;
  }
}

async function launchElectron(executablePath: string, options: LaunchOptions): Promise<AppHandle> {
  const userData = options.userData ?? freshFolder();
  const electronApp = await _electron.launch({
    executablePath,
    cwd: options.app ?? ROOT,
    args: [options.app ?? ROOT, `--user-data-dir=${userData}`, ...(options.args ?? [])],
    env: { ...process.env, ...options.env } as Record<string, string>,
  });
  const handle = new RealApp(electronApp, userData, options.userData === undefined);
  await handle.evaluate(recordOnElectron);
  return handle;
}

/** Starts the built app (out/). @throws Error with the main process's output when it ends at start. */
export async function launch(options: LaunchOptions = {}): Promise<AppHandle> {
  if (binary !== null && !options.packaged) return launchElectron(binary, options);
  return new HostApp(options).connect();
}

/** A picture of the page as it is: test-results/screens/NAME.png. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`), animations: 'disabled' });
}
