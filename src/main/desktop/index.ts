import { app, Menu, type BrowserWindow } from 'electron';
import type { AppEvent } from '../core/app/index.ts';
import { startEngine } from '../engine/remote.ts';
import { registerIpc } from '../ipc/index.ts';
import { guardSession, installGuards } from './guards.ts';
import { utilityLauncher } from './launcher.ts';
import { desktopHandlers } from './letters.ts';
import { createNotifier } from './notifier.ts';
import { isOwnPage, registerScheme, servePages } from './pages.ts';
import { bringToFront, openWindow, tell } from './window.ts';

export { utilityLauncher } from './launcher.ts';

export interface DesktopPaths {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly pages: string;
  readonly preload: string;
  readonly icons: string;
  readonly entries: { readonly core: string; readonly pool: string };
}

/** The graphical application: one instance, one window, one engine. */
export function startDesktop(paths: DesktopPaths): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  app.setAppUserModelId('id.go.lampungtimurkab.eletter');
  registerScheme();
  installGuards();

  void app.whenReady().then(() => {
    guardSession();
    servePages(paths.pages);
    Menu.setApplicationMenu(null);
    run(paths);
  });
}

/** Milliseconds in which a second wish to close is taken as meant. */
const secondWish = 10_000;

function run(paths: DesktopPaths): void {
  let window: BrowserWindow;
  const notifier = createNotifier((letterId) => {
    bringToFront(window);
    if (letterId !== null) tell(window, 'openLetter', { id: letterId });
  });

  const engine = startEngine({
    launcher: utilityLauncher,
    entries: paths.entries,
    dataDir: paths.dataDir,
    resourcesDir: paths.resourcesDir,
    version: app.getVersion(),
    onEvent: (event: AppEvent) => {
      switch (event.type) {
        case 'changed':
          tell(window, 'changed', { seq: event.seq });
          break;
        case 'locked':
          tell(window, 'locked', {});
          break;
        case 'announce':
          notifier.announce(event.notices, event.language);
          break;
        case 'waiting':
          notifier.badge(event.count);
          break;
      }
    },
  });

  const desktop = desktopHandlers({ engine, window: () => window, notifier });
  registerIpc({ engine, desktop, ownPage: isOwnPage });
  window = openWindow(paths);

  // The first wish to close goes to the page, which saves what is typed and then quits. Where it cannot save it
  // says so and stays; a second wish closes all the same.
  let leaving = false;
  window.on('close', (event) => {
    if (leaving) return;
    leaving = true;
    event.preventDefault();
    tell(window, 'closing', {});
    setTimeout(() => {
      leaving = false;
    }, secondWish).unref();
  });

  app.on('second-instance', () => bringToFront(window));
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    // The vault closes before the application does.
    leaving = true;
    event.preventDefault();
    void engine.close().finally(() => {
      desktop.dispose();
      closed = true;
      app.quit();
    });
  });
}
