/** `webContents`: one page, its preload world, its navigation guards. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { toAppUrl, toServedUrl } from './addresses.ts';
import { app } from './app.ts';
import { openPage } from './browser.ts';
import type { CdpSession } from './cdp.ts';
import { FrameTree } from './frames.ts';
import type { Frame } from './frames.ts';
import { packEvent, receive } from './ipc.ts';
import { nativeImage } from './native-image.ts';
import type { HostImage } from './native-image.ts';
import { followTheme } from './native-theme.ts';
import { expect, guardNavigation } from './navigation.ts';
import type { Guarded } from './navigation.ts';
import { BINDING_NAME, DELIVER_NAME, WORLD_NAME, worldScripts } from './page-worlds.ts';
import { RecordedContents } from './recorded-only.ts';
import { hostEvent, record } from './records.ts';
import { session } from './session.ts';

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly preload: string | null;
}

/** What the window that owns the page does with news from it. */
export interface Owner {
  titleChanged(title: string): void;
  pageGone(): void;
}

type WindowOpenHandler = (details: object) => { readonly action: 'allow' | 'deny' };

interface Context {
  readonly id: number;
  readonly name: string;
  readonly auxData?: { readonly frameId?: string };
}

const all = new Map<number, WebContents>();

/** process as a sandboxed preload sees it. */
function preloadProcess(): object {
  const { platform, arch, versions } = process;
  const env = {};
  return {
    platform,
    arch,
    versions: { ...versions },
    env,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  };
}

export class WebContents extends RecordedContents {
  static #next = 1;
  readonly id = WebContents.#next++;
  readonly session = session.defaultSession;
  readonly frames = new FrameTree();
  readonly ready: Promise<void>;
  readonly #worlds = new Map<number, string>();
  readonly #guard: Guarded;
  #page: CdpSession | null = null;
  #targetId = '';
  #destroyed = false;
  #crashed = false;
  #loading = false;
  #openHandler: WindowOpenHandler | null = null;
  #owner: Owner;

  constructor(options: PageOptions, owner: Owner) {
    super();
    this.#owner = owner;
    this.#guard = {
      emit: (name, ...args) => this.emit(name, ...args),
      frames: this.frames,
      expected: new Set(),
    };
    all.set(this.id, this);
    this.ready = this.#open(options);
    this.ready.catch((error: unknown) => {
      if (!this.#destroyed) process.stderr.write(`The host could not open a page: ${String(error)}\n`);
    });
    queueMicrotask(() => app.emit('web-contents-created', {}, this));
  }

  async #open({ preload, width, height }: PageOptions): Promise<void> {
    const { targetId, session: page } = await openPage(
      { width, height },
      (title) => {
        this.emit('page-title-updated', hostEvent({}), title, true);
        this.#owner.titleChanged(title);
      },
      () => this.#gone(),
    );
    this.#page = page;
    this.#targetId = targetId;
    this.#listen(page);
    const scripts = worldScripts(
      `host-${randomBytes(16).toString('hex')}-`,
      preload === null ? null : readFileSync(preload, 'utf8'),
      preloadProcess(),
    );
    await page.send('Page.enable');
    await page.send('Runtime.addBinding', { name: BINDING_NAME, executionContextName: WORLD_NAME });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.isolated,
      worldName: WORLD_NAME,
    });
    const { frameTree } = await page.send<{ frameTree: { frame: { id: string; url: string } } }>(
      'Page.getFrameTree',
    );
    this.frames.navigated(frameTree.frame);
    await page.send('Runtime.enable');
    await page.send('Inspector.enable');
    await page.send('Page.setInterceptFileChooserDialog', { enabled: false });
    await guardNavigation(page, this.#guard);
    followTheme(page);
  }

  #listen(page: CdpSession): void {
    page.on('Page.frameAttached', (p: { frameId: string; parentFrameId: string }) => {
      this.frames.attach(p.frameId, p.parentFrameId);
    });
    page.on('Page.frameDetached', (p: { frameId: string; reason: string }) => {
      if (p.reason === 'remove') this.frames.detach(p.frameId);
    });
    page.on('Page.frameNavigated', ({ frame }: { frame: { id: string; parentId?: string; url: string } }) => {
      this.frames.navigated(frame);
      if (frame.parentId === undefined) this.emit('did-navigate', {}, toAppUrl(frame.url), 200, 'OK');
    });
    page.on('Page.navigatedWithinDocument', (p: { frameId: string; url: string }) => {
      const frame = this.frames.get(p.frameId);
      frame?.moveTo(p.url, frame.name);
      this.emit('did-navigate-in-page', {}, toAppUrl(p.url), frame === this.frames.main);
    });
    page.on('Page.frameStartedLoading', (p: { frameId: string }) => {
      if (p.frameId !== this.frames.main?.id) return;
      this.#loading = true;
      this.emit('did-start-loading');
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => this.#loaded());
    page.on('Page.windowOpen', (p: { url: string; windowName: string }) =>
      this.#windowOpen(p.url, p.windowName),
    );
    page.on('Page.javascriptDialogOpening', (p: { type: string; message: string }) => this.#pageDialog(p));
    page.on('Runtime.executionContextCreated', ({ context }: { context: Context }) => {
      if (context.name === WORLD_NAME) this.#worlds.set(context.id, context.auxData?.frameId ?? '');
    });
    page.on('Runtime.executionContextDestroyed', (p: { executionContextId: number }) => {
      this.#worlds.delete(p.executionContextId);
    });
    page.on('Runtime.executionContextsCleared', () => this.#worlds.clear());
    page.on('Runtime.bindingCalled', (p: { name: string; payload: string; executionContextId: number }) => {
      if (p.name === BINDING_NAME) void this.#message(p.payload, p.executionContextId);
    });
    page.on('Inspector.targetCrashed', () => {
      this.#crashed = true;
      this.#worlds.clear();
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
      app.emit('render-process-gone', {}, this, { reason: 'crashed', exitCode: 1 });
    });
  }

  #loaded(): void {
    this.#loading = false;
    this.#crashed = false;
    // The load event of the empty first page is not the app's.
    if (this.getURL() === 'about:blank' || this.getURL().startsWith('data:')) return;
    this.emit('did-finish-load', {});
    this.emit('did-stop-loading');
  }

  #windowOpen(url: string, frameName: string): void {
    const details = {
      url: toAppUrl(url),
      frameName,
      features: '',
      disposition: 'new-window',
      referrer: { url: this.getURL() },
    };
    const answer = this.#openHandler?.(details) ?? { action: 'allow' };
    // browser.ts closes every page that a page opened, so both answers end in no window.
    record('window-open', { url: details.url, action: answer.action });
    if (answer.action === 'allow')
      process.stderr.write(`The host opens no windows for pages: ${details.url}\n`);
  }

  #pageDialog({ type, message }: { readonly type: string; readonly message: string }): void {
    if (type !== 'beforeunload') {
      record('page-dialog', { type, message });
      this.#page?.tell('Page.handleJavaScriptDialog', { accept: false });
      return;
    }
    // Electron shows no dialog here: the page stays unless the app prevents that.
    const event = hostEvent({});
    this.emit('will-prevent-unload', event);
    this.#page?.tell('Page.handleJavaScriptDialog', { accept: event.defaultPrevented });
  }

  async #message(payload: string, contextId: number): Promise<void> {
    const frameId = this.#worlds.get(contextId);
    const frame = frameId === undefined ? null : this.frames.get(frameId);
    const answer = await receive(this, frame, payload);
    if (answer !== null) this.#deliver(contextId, answer);
  }

  #deliver(executionContextId: number, text: string): void {
    this.#page?.tell('Runtime.callFunctionOn', {
      executionContextId,
      functionDeclaration: `function (text) { globalThis.${DELIVER_NAME}?.(text) }`,
      arguments: [{ value: text }],
    });
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#page = null;
    all.delete(this.id);
    this.emit('destroyed');
    this.#owner.pageGone();
  }

  /** The page's CDP session. @throws Error once the page is destroyed. */
  async #live(): Promise<CdpSession> {
    await this.ready;
    if (!this.#page) throw new Error('Object has been destroyed');
    return this.#page;
  }

  get targetId(): string {
    return this.#targetId;
  }

  get mainFrame(): Frame {
    return this.frames.main ?? this.frames.attach('', null);
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  static all(): WebContents[] {
    return [...all.values()];
  }

  send(channel: string, ...args: unknown[]): void {
    const text = packEvent(channel, args);
    for (const [contextId, frameId] of this.#worlds) {
      if (frameId === this.frames.main?.id) this.#deliver(contextId, text);
    }
  }

  /** Resolves at did-finish-load. @throws Error with Chromium's net error and the address. */
  async loadURL(url: string): Promise<void> {
    const served = toServedUrl(url);
    await this.#live();
    await this.session.applyPermissions(this, served);
    const page = await this.#live();
    const finished = new Promise<void>((resolve) => {
      this.once('did-finish-load', () => resolve());
    });
    expect(this.#guard, served);
    const { errorText } = await page.send<{ errorText?: string }>('Page.navigate', { url: served });
    if (errorText !== undefined && errorText !== '') {
      this.emit('did-fail-load', {}, -2, errorText, url, true);
      throw Object.assign(new Error(`${errorText} (-2) loading '${url}'`), { code: errorText, url });
    }
    await finished;
  }

  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(path).href);
  }

  reload(): void {
    void this.#live().then((page) => {
      expect(this.#guard, toServedUrl(this.getURL()));
      page.tell('Page.reload');
    });
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  stop(): void {
    this.#page?.tell('Page.stopLoading');
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#live();
    const { result, exceptionDetails } = await page.send<{
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string }; text: string };
    }>('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async printToPDF(
    options: { readonly landscape?: boolean; readonly printBackground?: boolean } = {},
  ): Promise<Buffer> {
    const page = await this.#live();
    const { data } = await page.send<{ data: string }>('Page.printToPDF', {
      ...options,
      preferCSSPageSize: true,
    });
    return Buffer.from(data, 'base64');
  }

  async capturePage(): Promise<HostImage> {
    const page = await this.#live();
    const { data } = await page.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    return nativeImage.createFromBuffer(Buffer.from(data, 'base64'));
  }

  print(options: object = {}, callback?: (success: boolean, reason: string) => void): void {
    record('print', { options, url: this.getURL() });
    callback?.(true, '');
  }

  /** Runs the page's beforeunload; the window goes when the target is gone. */
  requestClose(): void {
    void this.#live().then(
      (page) => page.tell('Page.close'),
      () => this.#gone(),
    );
  }

  close(): void {
    this.requestClose();
  }

  bringToFront(): void {
    void this.#live()
      .then((page) => page.tell('Page.bringToFront'))
      .catch(() => undefined);
  }

  focus(): void {
    this.bringToFront();
    this.emit('focus');
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  forcefullyCrashRenderer(): void {
    this.#page?.tell('Page.crash');
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isLoadingMainFrame(): boolean {
    return this.#loading;
  }

  getURL(): string {
    return this.frames.main?.url ?? '';
  }

  getType(): string {
    return 'window';
  }
}
