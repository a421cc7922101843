/**
 * What the app may ask and the host only notes down: no desktop is there to do it. Kept apart from the classes that
 * really do something, so that a reader sees at once which of the two a method is.
 */
import { EventEmitter } from 'node:events';
import type { Menu } from './menu.ts';
import type { HostImage } from './native-image.ts';
import { record } from './records.ts';

export class RecordedApp extends EventEmitter {
  relaunch(): void {
    record('relaunch');
  }

  focus(): void {
    record('app-focus');
  }

  setAppUserModelId(id: string): void {
    record('app-user-model-id', { id });
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    record('default-protocol-client', { scheme });
    return true;
  }

  removeAsDefaultProtocolClient(): boolean {
    return true;
  }

  isDefaultProtocolClient(): boolean {
    return false;
  }

  setJumpList(): void {
    record('jump-list');
  }

  setUserTasks(): boolean {
    record('user-tasks');
    return true;
  }

  setLoginItemSettings(settings: object): void {
    record('login-item', { settings });
  }

  getLoginItemSettings(): { openAtLogin: boolean } {
    return { openAtLogin: false };
  }

  setSecureKeyboardEntryEnabled(): void {
    record('secure-keyboard-entry');
  }

  addRecentDocument(path: string): void {
    record('recent-document', { path });
  }

  clearRecentDocuments(): void {
    record('clear-recent-documents');
  }

  isAccessibilitySupportEnabled(): boolean {
    return false;
  }

  getGPUFeatureStatus(): object {
    return {};
  }

  getAppMetrics(): object[] {
    return [];
  }
}

export class RecordedWindow extends EventEmitter {
  center(): void {
    record('window-center');
  }

  setMinimumSize(width: number, height: number): void {
    record('minimum-size', { width, height });
  }

  setAutoHideMenuBar(hide: boolean): void {
    record('auto-hide-menu-bar', { hide });
  }

  setMenu(menu: Menu | null): void {
    record('window-menu', { set: menu !== null });
  }

  removeMenu(): void {
    record('window-menu', { set: false });
  }

  setOverlayIcon(icon: HostImage | null, description: string): void {
    record('overlay-icon', { set: icon !== null, description });
  }

  setIcon(): void {
    record('window-icon');
  }

  flashFrame(on: boolean): void {
    record('flash-frame', { on });
  }

  setProgressBar(progress: number): void {
    record('progress-bar', { progress });
  }

  setContentProtection(on: boolean): void {
    record('content-protection', { on });
  }

  setBackgroundColor(color: string): void {
    record('background-color', { color });
  }

  setAlwaysOnTop(on: boolean): void {
    record('always-on-top', { on });
  }

  setSkipTaskbar(skip: boolean): void {
    record('skip-taskbar', { skip });
  }

  setTitleBarOverlay(): void {
    record('title-bar-overlay');
  }
}

export class RecordedContents extends EventEmitter {
  openDevTools(): void {
    record('open-devtools');
  }

  closeDevTools(): void {
    record('close-devtools');
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  setZoomFactor(factor: number): void {
    record('zoom', { factor });
  }

  getZoomFactor(): number {
    return 1;
  }

  setZoomLevel(level: number): void {
    record('zoom', { level });
  }

  getZoomLevel(): number {
    return 0;
  }

  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    record('visual-zoom-limits', { minimum, maximum });
  }

  setBackgroundThrottling(allowed: boolean): void {
    record('background-throttling', { allowed });
  }

  setUserAgent(userAgent: string): void {
    record('user-agent', { userAgent });
  }

  setIgnoreMenuShortcuts(ignore: boolean): void {
    record('ignore-menu-shortcuts', { ignore });
  }

  getOSProcessId(): number {
    return 0;
  }

  clearHistory(): void {
    record('clear-history');
  }

  async getPrintersAsync(): Promise<object[]> {
    return [];
  }
}
