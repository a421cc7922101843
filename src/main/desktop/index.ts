import { join, resolve } from 'node:path';
import { app, Menu, nativeImage, type BrowserWindow } from 'electron';
import type { AppEvent } from '../core/app/index.ts';
import { fileLogger } from '../engine/logger.ts';
import { startEngine } from '../engine/remote.ts';
import { registerIpc } from '../ipc/index.ts';
import { createAbsence } from './absence.ts';
import { createGivenFiles, namedFiles, type GivenFiles } from './given-files.ts';
import { guardSession, installGuards } from './guards.ts';
import { utilityLauncher } from './launcher.ts';
import { desktopHandlers, removeOldMail } from './letters.ts';
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
  // Date fields and the like as people here write them.
  app.commandLine.appendSwitch('lang', 'id');
  app.setAppUserModelId('id.go.lampungtimurkab.eletter');
  registerScheme();
  installGuards();

  let arrived = (): void => undefined;
  const given = createGivenFiles(() => arrived());
  const ownFolder = app.isPackaged ? null : resolve(app.getAppPath());
  given.offer(namedFiles(process.argv, process.cwd(), ownFolder));
  // macOS names files so, and does before the application is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    given.offer([path]);
  });
  app.on('second-instance', (_event, argv, cwd) => given.offer(namedFiles(argv, cwd, ownFolder)));

  void app.whenReady().then(() => {
    guardSession();
    servePages(paths.pages);
    Menu.setApplicationMenu(null);
    const window = run(paths, given);
    arrived = () => {
      bringToFront(window);
      tell(window, 'filesGiven', {});
    };
  });
}

/** Milliseconds in which the page may save and lock by itself. */
const patience = 20_000;

/** Milliseconds in which a second wish to close is taken as meant. */
const secondWish = 10_000;

function run(paths: DesktopPaths, given: GivenFiles): BrowserWindow {
  let window: BrowserWindow;
  const absence = createAbsence(async () => {
    const settings = await engine.call('security.read', {});
    return settings.ok ? settings.value.idleMinutes : null;
  });
  const logger = fileLogger(join(paths.dataDir, 'logs'), { now: () => new Date() }, 'desktop');
  const notifier = createNotifier(
    (leadsTo) => {
      bringToFront(window);
      if (leadsTo === null) return;
      if ('id' in leadsTo) tell(window, 'openLetter', leadsTo);
      else tell(window, 'openPlace', leadsTo);
    },
    (description) => {
      const image =
        description === null ? null : nativeImage.createFromPath(join(paths.icons, 'icon-32.png'));
      window.setOverlayIcon(image, description ?? '');
    },
  );

  const engine = startEngine({
    launcher: utilityLauncher,
    entries: paths.entries,
    dataDir: paths.dataDir,
    resourcesDir: paths.resourcesDir,
    version: app.getVersion(),
    logger,
    onEvent: (event: AppEvent) => {
      switch (event.type) {
        case 'changed':
          tell(window, 'changed', { seq: event.seq });
          break;
        case 'locked':
          desktop.forget();
          absence.locked();
          tell(window, 'locked', {});
          break;
        case 'damaged':
          tell(window, 'damaged', {});
          break;
        case 'announce':
          notifier.announce(event.notices, event.summary, event.language);
          break;
        case 'announceLocked':
          notifier.announceLocked(event.language);
          break;
        case 'waiting':
          notifier.badge(event.count);
          break;
      }
    },
  });

  const desktop = desktopHandlers({ engine, window: () => window, notifier, given });
  removeOldMail();
  registerIpc({ engine, desktop, ownPage: isOwnPage });
  window = openWindow(paths);

  // The first wish to close or to quit goes to the page, which saves what is typed and then quits. Where it cannot
  // save it says so and stays; a second wish closes all the same.
  let asked = false;
  let forgetting: NodeJS.Timeout | undefined;
  window.on('close', (event) => {
    if (asked) return;
    asked = true;
    event.preventDefault();
    tell(window, 'closing', {});
    forgetting = setTimeout(() => {
      asked = false;
    }, secondWish);
  });
  // A page that died shows nothing over an open vault: locked, and begun anew.
  window.webContents.on('render-process-gone', (_event, details) => {
    logger.error('page ended', { reason: details.reason });
    void engine.call('vault.lock', {}).then(() => window.webContents.reload());
  });

  absence.watch(() => {
    tell(window, 'lockNow', {});
    // A page that does not answer must not keep the letters open.
    return setTimeout(() => void engine.call('vault.lock', {}), patience);
  });

  app.on('second-instance', () => bringToFront(window));
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (!asked && !window.isDestroyed()) {
      window.close();
      return;
    }
    // The vault closes before the application does.
    clearTimeout(forgetting);
    void engine.close().finally(() => {
      closed = true;
      desktop.forget();
      app.quit();
    });
  });
  return window;
}
