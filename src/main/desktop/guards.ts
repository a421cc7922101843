import { app, session, type WebContents } from 'electron';
import { isOwnPage } from './pages.ts';

/** What no page may do, whatever it asks for: SECURITY lines 2, 3, 5 and 11. */
const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

function guardContents(contents: WebContents): void {
  const refuseForeign = (event: { preventDefault(): void }, url: string): void => {
    if (!isOwnPage(url)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => refuseForeign(event, event.url));
  contents.on('will-redirect', (event) => refuseForeign(event, event.url));
  contents.on('will-frame-navigate', (event) => refuseForeign(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Must run before the first window is made. */
export function installGuards(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

/** Must run when the app is ready. */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(grantedPermissions.has(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => grantedPermissions.has(permission));
  defaultSession.on('will-download', (event) => event.preventDefault());
  // Dictionaries would be fetched from the network.
  defaultSession.setSpellCheckerEnabled(false);
}
