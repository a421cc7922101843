import { chmodSync, statSync } from 'node:fs';

/**
 * Who may enter what the vault makes (POSIX permission bits). A vault belongs to one OS user; one that several OS
 * users of an office PC share is open to the group of its folder. On Windows the folder's access list decides, and
 * the installer sets it: Node's modes do nothing there.
 */
export interface Modes {
  readonly folder: number;
  readonly file: number;
}

const own: Modes = { folder: 0o700, file: 0o600 };
const shared: Modes = { folder: 0o770, file: 0o660 };

export const modesOf = (isShared: boolean | undefined): Modes => (isShared ? shared : own);

/**
 * Gives what we have just made its mode, whatever the umask took from it. A folder keeps its set-group-ID bit, by
 * which everything made inside later belongs to the same group.
 */
export function settleMode(path: string, mode: number): void {
  if (process.platform === 'win32') return;
  chmodSync(path, (statSync(path).mode & 0o2000) | mode);
}
