import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { type EventName, type Events } from '../core/contract/api.ts';
import { channelOf } from '../core/contract/channels.ts';
import { startPage } from './pages.ts';

/** The one window. */
export function openWindow(paths: { readonly preload: string; readonly icons: string }): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'E-Letter Lampung Timur',
    icon: join(paths.icons, 'icon.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16191a' : '#f4f3ef',
    autoHideMenuBar: true,
    webPreferences: {
      preload: paths.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(startPage);
  return window;
}

export function tell<E extends EventName>(window: BrowserWindow, event: E, payload: Events[E]): void {
  if (!window.isDestroyed()) window.webContents.send(channelOf(event), payload);
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
