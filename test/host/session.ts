/** `session`: permissions (enforced in Chromium), web requests, downloads. One session; partitions share it. */
import { EventEmitter } from 'node:events';
import { browser } from './browser.ts';
import { fetchAny } from './net.ts';
import { protocol } from './protocol.ts';
import { hostEvent, record } from './records.ts';
import { webRequest } from './web-request.ts';
import { toAppUrl } from './addresses.ts';

type CheckHandler = (contents: object | null, permission: string, origin: string, details: object) => boolean;
type RequestHandler = (
  contents: object,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;

/** Electron's names for permissions beside Chromium's. */
const PERMISSIONS: readonly (readonly [electron: string, chromium: string])[] = [
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['geolocation', 'geolocation'],
  ['idle-detection', 'idle-detection'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['notifications', 'notifications'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
  ['local-fonts', 'local-fonts'],
];

class Session extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest = webRequest;
  readonly storagePath: string | null = null;
  #check: CheckHandler | null = null;
  #request: RequestHandler | null = null;

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setDevicePermissionHandler(): void {
    record('device-permission-handler');
  }

  setDisplayMediaRequestHandler(): void {
    record('display-media-handler');
  }

  async #allows(contents: object, permission: string, url: string): Promise<boolean> {
    if (
      this.#check &&
      !this.#check(contents, permission, new URL(url).origin, { requestingUrl: url, isMainFrame: true })
    ) {
      return false;
    }
    const request = this.#request;
    if (!request) return true;
    return new Promise((resolve) => {
      request(contents, permission, resolve, { requestingUrl: url, isMainFrame: true });
    });
  }

  /**
   * Asks the app's handlers about every known permission and tells Chromium. CDP does not announce a request, so the
   * answer is taken when a page is opened, not when it asks.
   */
  async applyPermissions(contents: object, servedUrl: string): Promise<void> {
    if (!this.#check && !this.#request) return;
    const url = toAppUrl(servedUrl);
    const { origin } = new URL(servedUrl);
    if (origin === 'null') return;
    for (const [electron, chromium] of PERMISSIONS) {
      const setting = (await this.#allows(contents, electron, url)) ? 'granted' : 'denied';
      browser().tell('Browser.setPermission', { permission: { name: chromium }, setting, origin });
    }
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    record('spell-checker', { enabled });
  }

  isSpellCheckerEnabled(): boolean {
    return false;
  }

  setSpellCheckerLanguages(languages: readonly string[]): void {
    record('spell-checker-languages', { languages });
  }

  setUserAgent(userAgent: string): void {
    record('user-agent', { userAgent });
  }

  setProxy(): Promise<void> {
    record('proxy');
    return Promise.resolve();
  }

  setCertificateVerifyProc(): void {
    record('certificate-verify-proc');
  }

  setPreloads(): void {
    throw new Error('The host does not run session preloads: give the preload to the BrowserWindow.');
  }

  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    return fetchAny(input, init);
  }

  async clearStorageData(): Promise<void> {
    record('clear-storage');
  }

  async clearCache(): Promise<void> {
    record('clear-cache');
  }

  async clearHostResolverCache(): Promise<void> {
    record('clear-host-cache');
  }

  flushStorageData(): void {
    record('flush-storage');
  }

  setDownloadPath(path: string): void {
    record('download-path', { path });
  }
}

const defaultSession = new Session();

/** Called by run.ts at `ready`: every download asks the app; a refused one is cancelled in Chromium. */
export async function watchDownloads(): Promise<void> {
  const chromium = browser();
  await chromium.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  chromium.on(
    'Browser.downloadWillBegin',
    (begin: { guid: string; url: string; suggestedFilename: string }) => {
      const item = Object.assign(new EventEmitter(), {
        getURL: () => toAppUrl(begin.url),
        getFilename: () => begin.suggestedFilename,
        setSavePath: (path: string) => record('download-save-path', { path }),
        cancel: () => chromium.tell('Browser.cancelDownload', { guid: begin.guid }),
      });
      const event = hostEvent({});
      defaultSession.emit('will-download', event, item, null);
      record('download', { url: item.getURL(), refused: event.defaultPrevented });
      if (event.defaultPrevented) item.cancel();
    },
  );
}

export const session = {
  defaultSession,
  fromPartition: (partition: string): Session => {
    record('partition', { partition });
    return defaultSession;
  },
};
