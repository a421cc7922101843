/** The small modules that only talk to a desktop: shell, clipboard, power, screen, keychain, crash reports. */
import { EventEmitter } from 'node:events';
import { headed } from './browser.ts';
import { record } from './records.ts';

function wouldOpen(what: string): void {
  if (headed) process.stdout.write(`[shell] would open ${what}\n`);
}

export const shell = {
  async openExternal(url: string): Promise<void> {
    record('open-external', { url });
    wouldOpen(url);
  },
  async openPath(path: string): Promise<string> {
    record('open-path', { path });
    wouldOpen(path);
    return '';
  },
  showItemInFolder(path: string): void {
    record('show-in-folder', { path });
    wouldOpen(path);
  },
  async trashItem(path: string): Promise<void> {
    record('trash', { path });
  },
  beep(): void {
    record('beep');
  },
};

let clip = '';

export const clipboard = {
  readText: (): string => clip,
  writeText: (text: string): void => {
    clip = text;
    record('clipboard', { length: text.length });
  },
  clear: (): void => {
    clip = '';
  },
  availableFormats: (): string[] => (clip === '' ? [] : ['text/plain']),
};

class PowerMonitor extends EventEmitter {
  getSystemIdleTime(): number {
    return 0;
  }
  getSystemIdleState(): string {
    return 'active';
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}

/** Tests emit 'suspend', 'resume', 'lock-screen' themselves. */
export const powerMonitor = new PowerMonitor();

const area = { x: 0, y: 0, width: 1366, height: 768 };
const display = {
  id: 1,
  bounds: area,
  workArea: area,
  size: area,
  workAreaSize: area,
  scaleFactor: 1,
  rotation: 0,
};

class Screen extends EventEmitter {
  getPrimaryDisplay(): typeof display {
    return display;
  }
  getAllDisplays(): (typeof display)[] {
    return [display];
  }
  getDisplayMatching(): typeof display {
    return display;
  }
  getDisplayNearestPoint(): typeof display {
    return display;
  }
}

export const screen = new Screen();

/** No keychain: the app has to do without, as SECURITY 10 demands of Linux's basic_text. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => false,
  getSelectedStorageBackend: (): string => 'basic_text',
  encryptString: (): never => {
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  },
  decryptString: (): never => {
    throw new Error(
      'Error while decrypting the ciphertext provided to safeStorage.decryptString. Encryption is not available.',
    );
  },
};

export const crashReporter = {
  start: (options: object): void => record('crash-reporter', { options }),
  getUploadToServer: (): boolean => false,
  addExtraParameter: (): void => undefined,
};
