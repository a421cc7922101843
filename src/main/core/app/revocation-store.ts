import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DerError, parseCertificate, readCertificateList, readOcspResponse } from '../pki/index.ts';
import type { Clock, Logger } from '../ports.ts';
import { writeWhole } from '../vault/index.ts';

/**
 * Revocation lists, responders' answers and issuers' certificates that were fetched, in files of their own beside the
 * vault: they are public, and what they are worth is judged at every use. Losing the folder costs a download.
 */
export interface RevocationStore {
  /**
   * The list under this address if it is within its time: `recent` ones were fetched within the hour, others serve
   * where nobody answers.
   */
  find(url: string, recent: boolean): Uint8Array | null;
  /** Keeps what is a list with an end; passes over anything else. */
  keep(url: string, list: Uint8Array): void;
  /** What this responder said to this request (one without a nonce), within its time. */
  findAnswer(url: string, request: Uint8Array, recent: boolean): Uint8Array | null;
  /** Keeps an answer with an end; passes over anything else. */
  keepAnswer(url: string, request: Uint8Array, answer: Uint8Array): void;
  /** Certificates that were published under this address. */
  findIssuers(url: string): readonly Uint8Array[];
  keepIssuers(url: string, certificates: readonly Uint8Array[]): void;
}

const recentFor = 3_600_000;
/** Lists can be large; answers and certificates are not. */
const mostOf: Readonly<Record<Kind, number>> = { crl: 64, ocsp: 512, cer: 256 };
const maximumBytes = 16 * 1024 * 1024;

export function openRevocationStore(folder: string, clock: Clock, logger: Logger): RevocationStore {
  const pathOf = (kind: Kind, ...named: readonly (string | Uint8Array)[]): string => {
    const hash = createHash('sha256');
    for (const one of named) hash.update(one).update('\0');
    return join(folder, `${hash.digest('hex').slice(0, 40)}.${kind}`);
  };
  const read = (path: string, recent: boolean, end: (bytes: Uint8Array) => Date): Uint8Array | null => {
    try {
      const { mtimeMs, size } = statSync(path);
      if (size > maximumBytes) return null;
      // the file's date is the system's, not the clock port's
      const age = Date.now() - mtimeMs;
      if (recent && (age < 0 || age > recentFor)) return null;
      const bytes = new Uint8Array(readFileSync(path));
      return end(bytes) > clock.now() ? bytes : null;
    } catch {
      // Nothing there, or nothing that can be read: it is fetched.
      return null;
    }
  };
  const write = (path: string, bytes: Uint8Array, end: (bytes: Uint8Array) => Date): void => {
    try {
      if (bytes.length > maximumBytes || end(bytes) <= clock.now()) return;
      mkdirSync(folder, { recursive: true });
      writeWhole(path, bytes);
      prune(folder);
    } catch (error) {
      if (!(error instanceof DerError)) logger.error('evidence not kept', {}, error);
    }
  };
  return {
    find: (url, recent) => read(pathOf('crl', url), recent, endOfList),
    keep: (url, list) => write(pathOf('crl', url), list, endOfList),
    findAnswer: (url, request, recent) => read(pathOf('ocsp', url, request), recent, endOfAnswer),
    keepAnswer: (url, request, answer) => write(pathOf('ocsp', url, request), answer, endOfAnswer),
    findIssuers: (url) =>
      Array.from({ length: maximumIssuers }, (_, index) =>
        read(pathOf('cer', url, String(index)), false, endOfCertificate),
      ).filter((one) => one !== null),
    keepIssuers(url, certificates) {
      certificates
        .slice(0, maximumIssuers)
        .forEach((one, index) => write(pathOf('cer', url, String(index)), one, endOfCertificate));
    },
  };
}

type Kind = 'crl' | 'ocsp' | 'cer';
/** An issuer publishes one certificate of its own, or some cross-certificates beside it. */
const maximumIssuers = 4;

/** @throws DerError where it is no list. */
const endOfList = (list: Uint8Array): Date => readCertificateList(list).nextUpdate ?? new Date(0);

/** @throws DerError where it is no certificate. */
const endOfCertificate = (der: Uint8Array): Date => parseCertificate(der).notAfter;

/** The earliest end of what it says. @throws DerError where it is no answer. */
function endOfAnswer(bytes: Uint8Array): Date {
  const response = readOcspResponse(bytes);
  if (response.status !== 'successful') return new Date(0);
  const ends = response.basic.answers.map(({ nextUpdate }) => nextUpdate?.getTime() ?? 0);
  return new Date(ends.length === 0 ? 0 : Math.min(...ends));
}

/** The ones that were fetched longest ago go first. */
function prune(folder: string): void {
  const names = readdirSync(folder);
  for (const [kind, most] of Object.entries(mostOf)) {
    const kept = names
      .filter((name) => name.endsWith(`.${kind}`))
      .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((one, other) => other.at - one.at);
    for (const { path } of kept.slice(most)) rmSync(path, { force: true });
  }
}
