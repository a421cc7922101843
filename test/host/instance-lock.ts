/**
 * `app.requestSingleInstanceLock`: one owner per data folder, across processes. The answer must be there at once, so
 * the lock is a file with the owner's pid, and a second instance leaves its message as a file that the owner watches.
 * It lies in the temporary folder: the data folder belongs to the app alone.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

interface SecondInstance {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly additionalData: unknown;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('host');
  } catch (error) {
    // No /proc on this system: a process that can be signalled counts as the owner.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux';
  }
}

function readMessages(inbox: string, onSecond: (second: SecondInstance) => void): void {
  for (const name of readdirSync(inbox).filter((file) => file.endsWith('.json'))) {
    const file = join(inbox, name);
    try {
      onSecond(JSON.parse(readFileSync(file, 'utf8')) as SecondInstance);
    } finally {
      rmSync(file, { force: true });
    }
  }
}

/** A function that gives the lock back, or null when another living process has it (it is then told). */
export function takeInstanceLock(
  userData: string,
  self: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): (() => void) | null {
  const name = createHash('sha256').update(resolve(userData)).digest('hex').slice(0, 24);
  const folder = join(tmpdir(), `ehost-lock-${userInfo().uid}`, name);
  const inbox = join(folder, 'inbox');
  const owner = join(folder, 'pid');
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(owner, String(process.pid), { flag: 'wx' });
      const watcher = watch(inbox, () => readMessages(inbox, onSecond));
      watcher.unref();
      return () => {
        watcher.close();
        rmSync(folder, { recursive: true, force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (alive(Number(readFileSync(owner, 'utf8')))) {
        const message = join(inbox, randomUUID());
        writeFileSync(message, JSON.stringify(self));
        renameSync(message, `${message}.json`);
        return null;
      }
      rmSync(owner, { force: true });
    }
  }
  return null;
}
