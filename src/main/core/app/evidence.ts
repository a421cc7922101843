import { existsSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import type { VerificationReport } from '../contract/verification.ts';
import type { EvidenceBytes, EvidenceWish, PoolTasks } from '../ports.ts';
import { openRevocationStore } from './revocation-store.ts';
import type { RevocationStore } from './revocation-store.ts';
import type { Context } from './context.ts';
import { cacheFolder, validationServices } from './validation-services.ts';

/**
 * Verifying with what is kept of earlier answers and, only when a person asks for it, with what issuers say now. The
 * pool says what is wanted, since only there the file is read; core looks it up or fetches it; the pool judges it.
 * Without `online` no connection is opened.
 */
export interface Asked extends Omit<PoolTasks['verify']['input'], 'at' | 'evidence'> {
  /** An instant (ISO 8601); null: now, once everything is at hand. */
  readonly at: string | null;
  readonly online: boolean;
}

/** Each round may find an issuer, and with it what that issuer's certificate asks for. */
const maximumRounds = 4;
/** Milliseconds for all that is fetched for one file; what is not there by then could not be checked. */
const patience = 30_000;
const maximumFetchedBytes = 48 * 1024 * 1024;

export async function verifyWithEvidence(context: Context, asked: Asked): Promise<VerificationReport> {
  const { online, at, ...input } = asked;
  const now = (): string => at ?? context.ports.clock.now().toISOString();
  const { pool } = context.ports;
  if (!online) {
    const report = await pool.run('verify', { ...input, at: now() });
    if (!leavesOpen(report) || !existsSync(cacheFolder(context))) return report;
    const evidence = await gather(context, { ...input, at: now() }, false);
    return evidence ? pool.run('verify', { ...input, at: now(), evidence }) : report;
  }
  const evidence = await gather(context, { ...input, at: now() }, true);
  // Anew, since nothing counts that was said after the moment of the report.
  return pool.run('verify', { ...input, at: now(), ...(evidence ? { evidence } : {}) });
}

/** Problems that something kept may solve. */
const solvable: ReadonlySet<string> = new Set([
  'REVOCATION_NOT_CHECKED',
  'ISSUER_NOT_TRUSTED',
  'TIMESTAMP_UNTRUSTED',
]);
const leavesOpen = ({ signatures }: VerificationReport): boolean =>
  signatures.some(({ problems }) => problems.some(({ code }) => solvable.has(code)));

/** Null where nothing was found. */
async function gather(
  context: Context,
  input: PoolTasks['verify']['input'],
  online: boolean,
): Promise<EvidenceBytes | null> {
  const { clock, logger, pool } = context.ports;
  const store = openRevocationStore(cacheFolder(context), clock, logger);
  const tried = new Set<string>();
  let evidence: EvidenceBytes = { certificates: [], ocsps: [], crls: [] };
  const deadline = performance.now() + patience;
  for (let round = 0; round < maximumRounds; round++) {
    const wishes = await pool.run('wanted', { ...input, evidence });
    const fresh = wishes.filter((wish) => !tried.has(keyOf(wish)));
    if (fresh.length === 0) break;
    for (const wish of fresh) tried.add(keyOf(wish));
    const found = await Promise.all(
      fresh.map((wish) => {
        const kept = lookUp(store, wish, online);
        const left = deadline - performance.now();
        return kept.length > 0 || !online || left <= 0 ? kept : fetchWithin(context, store, wish, left);
      }),
    );
    const before = evidence;
    fresh.forEach((wish, index) => (evidence = added(evidence, wish, found[index] ?? [])));
    if (evidence === before) break;
  }
  return sizeOf(evidence) > 0 ? evidence : null;
}

const keyOf = (wish: EvidenceWish): string =>
  `${wish.kind} ${wish.url} ${wish.kind === 'ocsp' ? Buffer.from(wish.request).toString('base64') : ''}`;

/** Somebody who asks the network is not content with yesterday's answer. */
function lookUp(store: RevocationStore, wish: EvidenceWish, recent: boolean): readonly Uint8Array[] {
  if (wish.kind === 'issuer') return store.findIssuers(wish.url);
  const kept =
    wish.kind === 'crl' ? store.find(wish.url, recent) : store.findAnswer(wish.url, wish.request, recent);
  return kept ? [kept] : [];
}

/** Nobody answering, or not in time, says nothing about anybody: then what is kept serves, however old. */
async function fetchWithin(
  context: Context,
  store: RevocationStore,
  wish: EvidenceWish,
  milliseconds: number,
): Promise<readonly Uint8Array[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    const fetched = await Promise.race([fetchOne(context, store, wish), late]);
    return fetched ? [fetched] : lookUp(store, wish, false);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return lookUp(store, wish, false);
  } finally {
    clearTimeout(timer);
  }
}

async function fetchOne(
  context: Context,
  store: RevocationStore,
  wish: EvidenceWish,
): Promise<Uint8Array | null> {
  if (wish.kind === 'issuer') return null;
  const services = validationServices(context, null, []);
  if (wish.kind === 'crl') return services.crl(wish.url, false);
  const answer = await services.ocsp(wish.url, wish.request);
  store.keepAnswer(wish.url, wish.request, answer);
  return answer;
}

function added(evidence: EvidenceBytes, wish: EvidenceWish, found: readonly Uint8Array[]): EvidenceBytes {
  const size = found.reduce((sum, one) => sum + one.length, 0);
  if (size === 0 || sizeOf(evidence) + size > maximumFetchedBytes) return evidence;
  const list = ({ issuer: 'certificates', ocsp: 'ocsps', crl: 'crls' } as const)[wish.kind];
  return { ...evidence, [list]: [...evidence[list], ...found] };
}

const sizeOf = ({ certificates, ocsps, crls }: EvidenceBytes): number =>
  [...certificates, ...ocsps, ...crls].reduce((sum, one) => sum + one.length, 0);
