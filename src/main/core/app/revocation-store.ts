import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DerError, readCertificateList } from '../pki/index.ts';
import type { Clock, Logger } from '../ports.ts';
import { writeWhole } from '../vault/index.ts';

/**
 * Certificate revocation lists that were fetched, in files of their own beside the vault: they are public, and what
 * they are worth is judged at every use. Losing the folder costs a download.
 */
export interface RevocationStore {
  /**
   * The list under this address if it is within its time: `recent` ones were fetched within the hour, others serve
   * where nobody answers.
   */
  find(url: string, recent: boolean): Uint8Array | null;
  /** Keeps what is a list with an end; passes over anything else. */
  keep(url: string, list: Uint8Array): void;
}

const recentFor = 3_600_000;
const maximumLists = 64;
const maximumBytes = 16 * 1024 * 1024;

export function openRevocationStore(folder: string, clock: Clock, logger: Logger): RevocationStore {
  const pathOf = (url: string): string =>
    join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 40)}.crl`);
  return {
    find(url, recent) {
      try {
        const path = pathOf(url);
        const { mtimeMs, size } = statSync(path);
        if (size > maximumBytes) return null;
        // the file's date is the system's, not the clock port's
        const age = Date.now() - mtimeMs;
        if (recent && (age < 0 || age > recentFor)) return null;
        const list = new Uint8Array(readFileSync(path));
        return endOf(list) > clock.now() ? list : null;
      } catch {
        // Nothing there, or nothing that can be read: it is fetched.
        return null;
      }
    },
    keep(url, list) {
      try {
        if (endOf(list) <= clock.now()) return;
        mkdirSync(folder, { recursive: true });
        writeWhole(pathOf(url), list);
        prune(folder);
      } catch (error) {
        if (!(error instanceof DerError)) logger.error('revocation list not kept', {}, error);
      }
    },
  };
}

/** @throws DerError where it is no list. */
const endOf = (list: Uint8Array): Date => readCertificateList(list).nextUpdate ?? new Date(0);

/** The ones that were fetched longest ago go first. */
function prune(folder: string): void {
  const lists = readdirSync(folder)
    .filter((name) => name.endsWith('.crl'))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of lists.slice(maximumLists)) rmSync(path, { force: true });
}
