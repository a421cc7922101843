import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentIdentityId, keptPublicKey, principalsOf, readPerson, titledName } from '../accounts/index.ts';
import { appendAudit, type AuditEntry } from '../audit/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Letterhead } from '../contract/letters.ts';
import { languages, type Language, type Notice, type Person, type Session } from '../contract/people.ts';
import type { WaitingSummary } from '../contract/reminders.ts';
import { latestChange, openKeyring } from '../letters/index.ts';
import type { Clock, Keyring, Logger, Net, Pool, Tokens } from '../ports.ts';
import { hasAcknowledged, loadPolicies, type Policies } from '../privacy/index.ts';
import { officeProfiles, type OfficeProfile, type OfficeProfiles } from './office-profile.ts';
import { revokedByOffice } from './office-revocations.ts';
import type { Asker } from '../queries/index.ts';
import type { Profile } from '../typesetting/index.ts';
import { openTrustStore, type TrustStore } from '../trust/index.ts';
import {
  sql,
  writeWhole,
  type AccountKey,
  type KdfCost,
  type Vault,
  type VaultOptions,
  type WriteDb,
} from '../vault/index.ts';

/** What the application tells the outside without being asked. */
export type AppEvent =
  | { readonly type: 'changed'; readonly seq: number }
  | { readonly type: 'locked' }
  /** The database turned out to be damaged while it was in use. */
  | { readonly type: 'damaged' }
  | {
      readonly type: 'announce';
      readonly notices: readonly Notice[];
      readonly language: Language;
      /** At unlock, where there is something new to sum up. */
      readonly summary: WaitingSummary | null;
    }
  /** Behind a locked screen something came in, for somebody. */
  | { readonly type: 'announceLocked'; readonly language: Language }
  | { readonly type: 'waiting'; readonly count: number };

export interface AppPorts {
  /** Holds `vault/`, `preferences.json` and `trust.json`. */
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pool: Pool;
  readonly net: Net;
  readonly tokens: Tokens;
  readonly kdfCost: KdfCost;
  readonly emit: (event: AppEvent) => void;
}

/** An unlocked vault, the one account that unlocked it, and what that account can open. */
export interface OpenSession {
  readonly vault: Vault;
  readonly accountId: string;
  readonly accountKey: AccountKey;
  readonly ring: Keyring & { forget(): void };
}

/** The batch that is being signed, as others see it. It holds the signer of the session until it is stopped. */
export interface RunningBatch {
  readonly id: string;
  /** Milliseconds for one letter so far, or null before the first. */
  readonly pace: number | null;
  /** Drops the signer; a letter under way is finished. */
  stop(): void;
}

export function openSessionOn(vault: Vault, accountId: string, accountKey: AccountKey): OpenSession {
  return { vault, accountId, accountKey, ring: openKeyring(vault.read, accountId, accountKey) };
}

/** After waiting: somebody may have locked meanwhile, and the keys of before are wiped. @throws AppError VAULT_LOCKED. */
export function requireSame(context: Context, session: OpenSession): void {
  if (context.openSession !== session) throw new AppError('VAULT_LOCKED');
}

/** Drops the person's keys; the vault stays as it is. */
export function forgetKeys(session: OpenSession): void {
  session.ring.forget();
  session.accountKey.privateKey.fill(0);
}

type Facts = NonNullable<AuditEntry['facts']>;
type ActAudit<T> = Omit<AuditEntry, 'at' | 'actorId' | 'facts'> & {
  readonly facts?: Facts | ((result: T) => Facts);
};

/** What every group of use cases works with. One per application. */
export class Context {
  readonly ports: AppPorts;
  readonly policies: Policies;
  readonly trust: TrustStore;
  #open: OpenSession | null = null;
  #language: Language | null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ports: AppPorts) {
    this.ports = {
      ...ports,
      emit: (event) => {
        ports.emit(event);
        if (event.type === 'changed') this.onChanged?.();
      },
    };
    this.profiles = officeProfiles(ports.resourcesDir);
    this.policies = loadPolicies(ports.resourcesDir, ports.clock);
    this.trust = openTrustStore(join(ports.dataDir, 'trust.json'));
    this.#language = readLanguage(this.#preferencesPath);
  }

  get vaultOptions(): VaultOptions {
    return {
      folder: join(this.ports.dataDir, 'vault'),
      cost: this.ports.kdfCost,
      now: this.ports.clock.now(),
    };
  }

  get #preferencesPath(): string {
    return join(this.ports.dataDir, 'preferences.json');
  }

  get chosenLanguage(): Language | null {
    return this.#language;
  }

  get language(): Language {
    return this.#language ?? 'id';
  }

  /** Remembered on disk only once a vault exists: who declines the policy leaves nothing behind. */
  chooseLanguage(language: Language, keep: boolean): void {
    this.#language = language;
    if (!keep) return;
    try {
      writeWhole(this.#preferencesPath, Buffer.from(JSON.stringify({ language })));
    } catch (error) {
      // Losing the choice of language must not cost what it is chosen along with, such as a new vault.
      this.ports.logger.error('preferences not written', {}, error);
    }
  }

  /** One at a time, in order: unlocking, locking and signing never overlap. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = (): Promise<T> => {
      this.#waiting--;
      return work();
    };
    const next = this.#queue.then(turn, turn);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  #waiting = 0;

  /** Does anything wait for what is under way? Then a long turn should come to its end. */
  get othersWait(): boolean {
    return this.#waiting > 0;
  }

  readonly #behind = new Set<Promise<unknown>>();

  /** Work that nobody waits for, such as a daily backup. It must not reject. */
  behind(work: Promise<unknown>): void {
    this.#behind.add(work);
    void work.finally(() => this.#behind.delete(work));
  }

  /** Resolves when all that was queued or begun behind is done. */
  async settled(): Promise<void> {
    await this.exclusive(async () => undefined);
    while (this.#behind.size > 0) await Promise.all(this.#behind);
  }

  /** Somebody with the right passphrase met a database that cannot be read: then a backup may take its place. */
  metDamage = false;

  get openSession(): OpenSession | null {
    return this.#open;
  }

  set openSession(open: OpenSession | null) {
    // The signer of a batch goes with the session that it belongs to.
    if (open !== this.#open) this.batch?.stop();
    this.#open = open;
  }

  batch: RunningBatch | null = null;

  /** After the page was told that something changed. */
  onChanged: (() => void) | null = null;
  ticker: NodeJS.Timeout | null = null;
  /** The number on the icon as it was told last; null: none. */
  badge: number | null = null;
  /** Who locked the screen, and how many notices nobody had been shown by then. */
  away: { readonly accountId: string; readonly unannounced: number; readonly told: boolean } | null = null;

  /** Screen locked: nobody is at work, the vault is open for work in the background. */
  parked: Vault | null = null;

  /** Which vault has been read through after an unclean exit. */
  checked: Vault | null = null;

  /** What ends with the vault's being closed, such as the timer of the full lock. */
  readonly background: { timers: NodeJS.Timeout[] } = { timers: [] };

  /** The open vault, with somebody at work or without. */
  get vault(): Vault | null {
    return this.#open?.vault ?? this.parked;
  }

  /** @throws AppError VAULT_LOCKED. */
  session(): OpenSession {
    if (!this.#open) throw new AppError('VAULT_LOCKED');
    return this.#open;
  }

  /**
   * From the moment somebody asked to lock: nothing is answered any more, though work under way may still need the
   * vault until it is done.
   */
  locking = false;

  get today(): string {
    return plainDate(this.ports.clock.now());
  }

  /** The person at work. */
  me(): Person {
    const { vault, accountId } = this.session();
    return readPerson(vault.read, accountId, this.today);
  }

  /** The person at work as the lists know them: own letters, roles, and whom they stand in for. */
  asker(): Asker {
    const { vault, accountId, ring } = this.session();
    const { roles, unit } = this.me();
    return { accountId, roles, unit, ring, principals: principalsOf(vault.read, accountId, this.today) };
  }

  describeSession(): Session {
    const { vault, accountId, accountKey } = this.session();
    const person = this.me();
    const kept = keptPublicKey(vault.read, accountId);
    return {
      accountId,
      name: titledName(person),
      post: person.post,
      roles: person.roles,
      deputyFor: principalsOf(vault.read, accountId, this.today).map(({ id, name }) => ({
        accountId: id,
        name,
      })),
      mustRestoreKey: kept !== null && !kept.equals(accountKey.publicKey),
      mustActivate: !person.activated,
      mustAcknowledge: person.activated && !hasAcknowledged(vault.read, accountId, this.policies.current),
      hasIdentity:
        currentIdentityId(vault.read, accountId, this.ports.clock.now(), revokedByOffice(vault.read)) !==
        null,
    };
  }

  /**
   * Act and audit in one transaction, then tell the page how far the change sequence has come. Facts of the audit
   * may depend on what the act gave.
   */
  act<T>(audit: ActAudit<T>, work: (db: WriteDb, now: Date) => T): T {
    const { vault, accountId } = this.session();
    const now = this.ports.clock.now();
    const value = vault.write((db) => {
      const result = work(db, now);
      const facts = typeof audit.facts === 'function' ? audit.facts(result) : audit.facts;
      appendAudit(db, { ...audit, facts: facts ?? {}, at: now, actorId: accountId });
      return result;
    });
    this.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
    return value;
  }

  readonly profiles: OfficeProfiles;

  /** The regulation profile in force. */
  get profile(): Profile {
    return this.inForce.profile;
  }

  get inForce(): OfficeProfile {
    return this.profiles.inForce(this.vault?.read ?? null);
  }

  letterhead(): Letterhead {
    const row = this.session().vault.read.get<{ value: string }>(
      sql`SELECT value FROM meta WHERE key = 'letterhead'`,
    );
    if (!row) throw new AppError('NOT_FOUND');
    return JSON.parse(row.value) as Letterhead;
  }
}

function readLanguage(path: string): Language | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const language =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['language'] : null;
    return languages.find((one) => one === language) ?? null;
  } catch {
    // Missing or unreadable preferences only cost the choice of language.
    return null;
  }
}

/** Made once: loading a zone takes longer than signing a letter. */
const inTheRegency = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' });

/** Plain date (YYYY-MM-DD) of an instant in the regency's zone, WIB. */
export function plainDate(instant: Date): string {
  return inTheRegency.format(instant);
}
