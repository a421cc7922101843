/** `BrowserWindow`: state of a desktop window over one Chromium page. */
import { app } from './app.ts';
import { browser, headed } from './browser.ts';
import { RecordedWindow } from './recorded-only.ts';
import { hostEvent, record } from './records.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface WebPreferences {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
  readonly nodeIntegration?: boolean;
  readonly nodeIntegrationInWorker?: boolean;
  readonly nodeIntegrationInSubFrames?: boolean;
  readonly webSecurity?: boolean;
  readonly webviewTag?: boolean;
  readonly experimentalFeatures?: boolean;
  readonly allowRunningInsecureContent?: boolean;
}

interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean;
  readonly title?: string;
  readonly parent?: BrowserWindow;
  readonly modal?: boolean;
  readonly webPreferences?: WebPreferences;
}

/** The host runs the sandboxed, isolated kind of page only; the other kinds would be a hole it cannot imitate. */
function refuseUnsafe(preferences: WebPreferences): void {
  const bad = [
    preferences.sandbox === false && 'sandbox: false',
    preferences.contextIsolation === false && 'contextIsolation: false',
    preferences.nodeIntegration === true && 'nodeIntegration: true',
    preferences.nodeIntegrationInWorker === true && 'nodeIntegrationInWorker: true',
    preferences.nodeIntegrationInSubFrames === true && 'nodeIntegrationInSubFrames: true',
    preferences.webSecurity === false && 'webSecurity: false',
    preferences.webviewTag === true && 'webviewTag: true',
    preferences.experimentalFeatures === true && 'experimentalFeatures: true',
    preferences.allowRunningInsecureContent === true && 'allowRunningInsecureContent: true',
  ].filter((text) => text !== false);
  if (bad.length > 0) throw new Error(`The host refuses webPreferences ${bad.join(', ')} (SECURITY 2).`);
}

const open = new Map<number, BrowserWindow>();
let focused: BrowserWindow | null = null;

function takeFocus(window: BrowserWindow): void {
  focused?.blur();
  focused = window;
}

export class BrowserWindow extends RecordedWindow {
  static #next = 1;
  readonly id = BrowserWindow.#next++;
  readonly webContents: WebContents;
  #bounds: Bounds;
  #title: string;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen = false;
  #destroyed = false;
  #announced = false;
  #menuBar = true;

  constructor(options: WindowOptions = {}) {
    super();
    browser();
    const preferences = options.webPreferences ?? {};
    refuseUnsafe(preferences);
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? app.getName();
    this.#visible = options.show ?? true;
    this.webContents = new WebContents(
      { width, height, preload: preferences.preload ?? null },
      { titleChanged: (title) => this.#titleChanged(title), pageGone: () => this.#gone() },
    );
    open.set(this.id, this);
    app.windows.add(this);
    this.webContents.on('did-finish-load', () => this.#readyToShow());
    void this.webContents.ready.then(
      () => this.#place(),
      () => undefined,
    );
    queueMicrotask(() => {
      app.emit('browser-window-created', {}, this);
      if (this.#visible) this.focus();
    });
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...open.values()].find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return open.get(id) ?? null;
  }

  /** Gives the page the size that was asked for: Chromium's own bars come on top of it. */
  async #place(): Promise<void> {
    const { targetId } = this.webContents;
    try {
      const measured = await this.webContents.executeJavaScript(
        '[outerWidth - innerWidth, outerHeight - innerHeight, screen.availWidth, screen.availHeight]',
      );
      const [wide = 0, high = 0, screenWide = 0, screenHigh = 0] = measured as readonly number[];
      const { windowId } = await browser().send<{ windowId: number }>('Browser.getWindowForTarget', {
        targetId,
      });
      const width = this.#bounds.width + Math.max(0, wide);
      const height = this.#bounds.height + Math.max(0, high);
      // A desktop keeps a window on its screen; headless there is none to keep it on.
      const bounds = headed
        ? { left: 0, top: 0, width: Math.min(width, screenWide), height: Math.min(height, screenHigh) }
        : { width, height };
      await browser().send('Browser.setWindowBounds', { windowId, bounds });
    } catch {
      // The window went while it was being placed.
    }
  }

  async #windowState(windowState: 'normal' | 'minimized' | 'maximized' | 'fullscreen'): Promise<void> {
    // Headless windows keep rendering whatever their state; a real one follows.
    if (!headed) return;
    try {
      const { targetId } = this.webContents;
      const { windowId } = await browser().send<{ windowId: number }>('Browser.getWindowForTarget', {
        targetId,
      });
      await browser().send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    } catch {
      // The window is gone.
    }
  }

  #readyToShow(): void {
    if (this.#announced) return;
    this.#announced = true;
    this.emit('ready-to-show');
  }

  #titleChanged(title: string): void {
    if (title !== '') this.#title = title;
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    open.delete(this.id);
    if (focused === this) focused = null;
    this.emit('closed');
    app.windowClosed(this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(path: string): Promise<void> {
    return this.webContents.loadFile(path);
  }

  reload(): void {
    this.webContents.reload();
  }

  close(): void {
    if (this.#destroyed) return;
    const event = hostEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) app.quitRefused();
    else this.webContents.requestClose();
  }

  destroy(): void {
    if (this.#destroyed) return;
    const { targetId } = this.webContents;
    void this.webContents.ready.then(() =>
      browser().tell('Target.closeTarget', { targetId: this.webContents.targetId || targetId }),
    );
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.#visible && !this.#minimized) return;
    this.#visible = true;
    this.#minimized = false;
    void this.#windowState('normal');
    this.emit('show');
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.blur();
    void this.#windowState('minimized');
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    if (focused === this || this.#destroyed) return;
    takeFocus(this);
    this.webContents.bringToFront();
    this.emit('focus', {});
    app.emit('browser-window-focus', {}, this);
  }

  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur', {});
    app.emit('browser-window-blur', {}, this);
  }

  isFocused(): boolean {
    return focused === this;
  }

  minimize(): void {
    this.#minimized = true;
    this.blur();
    void this.#windowState('minimized');
    this.emit('minimize');
  }

  restore(): void {
    this.#minimized = false;
    void this.#windowState('normal');
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  maximize(): void {
    this.#maximized = true;
    void this.#windowState('maximized');
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    void this.#windowState('normal');
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setFullScreen(on: boolean): void {
    this.#fullScreen = on;
    void this.#windowState(on ? 'fullscreen' : 'normal');
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
    record('window-title', { title });
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.setTitle(title);
  }

  getBounds(): Bounds {
    return this.#bounds;
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  getContentBounds(): Bounds {
    return this.#bounds;
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    void this.webContents.ready.then(() => this.#place());
    this.emit('resize');
  }

  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#menuBar = visible;
    record('menu-bar', { visible });
  }

  isMenuBarVisible(): boolean {
    return this.#menuBar;
  }

  moveTop(): void {
    this.webContents.bringToFront();
  }
}
