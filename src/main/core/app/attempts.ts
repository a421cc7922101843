import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listPeople } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import { AppError } from '../contract/errors.ts';
import { latestChange } from '../letters/index.ts';
import { readHeader, writeWhole, type Vault, type WriteDb } from '../vault/index.ts';
import { plainDate, type Context } from './context.ts';
import { noteSuspicion } from './suspicion.ts';

/**
 * Wrong passphrases slow down. Three tries are free; then 1, 2, 4 … up to 300 seconds pass before the next one is
 * taken. Before unlock there is no database to write to, so the count lies in `attempts.json` and goes into the
 * audit with the next session. Whoever can delete that file can copy the vault as well: against them stands the cost
 * of Argon2id, against somebody at the keyboard stands this.
 */
export type Attempt = 'account' | 'signing' | 'recovery' | 'authority';
const kinds: readonly Attempt[] = ['account', 'signing', 'recovery', 'authority'];
/** Tried by somebody at work: the audit learns of each at once, so they need no file. */
const inSession: ReadonlySet<Attempt> = new Set<Attempt>(['signing', 'authority']);

interface Tries {
  /** In a row, since the last success. */
  readonly failures: number;
  /** Epoch milliseconds of the last one. */
  readonly at: number;
  /** How many of them the audit has already. */
  readonly reported: number;
  /** How many of them were tried at which key that is not kept here; none of the others' business. */
  readonly elsewhere?: Readonly<Record<string, number>>;
}

type Key = `${Attempt}|${string}`;
type Book = Map<Key, Tries>;

const freeTries = 3;
const longest = 300;
/** Failures in a row that an administrator is told of. */
const suspicious = 5;
const mostFailures = 1_000_000;
const largestFile = 256 * 1024;

/** What could not be written, or belongs to the time while this process runs: signing. */
const inMemory = new WeakMap<Context, Book>();

function memoryOf(context: Context): Book {
  const kept = inMemory.get(context);
  if (kept) return kept;
  const made: Book = new Map();
  inMemory.set(context, made);
  return made;
}

const pathOf = (context: Context): string => join(context.ports.dataDir, 'attempts.json');

const isCount = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;

function toTries(value: unknown): Tries | null {
  if (typeof value !== 'object' || value === null) return null;
  const { failures, at, reported } = value as Record<string, unknown>;
  if (!isCount(failures, mostFailures) || !isCount(at, 8.64e15) || !isCount(reported, failures)) return null;
  return failures === 0 ? null : { failures, at, reported };
}

/** Only accounts of this vault count: whatever else the file says is no guess at anybody's passphrase. */
function known(context: Context): ReadonlySet<string> {
  try {
    return new Set(readHeader(context.vaultOptions.folder)?.accounts.map((slot) => slot.accountId));
  } catch {
    return new Set();
  }
}

/** A file that is missing, too large or nonsense holds no tries. */
function readBook(context: Context): Book {
  const book: Book = new Map();
  try {
    const path = pathOf(context);
    const { size } = statSync(path);
    if (size <= largestFile) {
      const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
      if (typeof parsed === 'object' && parsed !== null) {
        const accounts = known(context);
        for (const [key, value] of Object.entries(parsed)) {
          const [kind, ...rest] = key.split('|');
          const tries = toTries(value);
          const attempt = kinds.find((one) => one === kind);
          if (attempt && tries && accounts.has(rest.join('|')))
            book.set(`${attempt}|${rest.join('|')}`, tries);
        }
      }
    }
  } catch {
    // As above.
  }
  for (const [key, tries] of memoryOf(context)) {
    if (tries.failures >= (book.get(key)?.failures ?? 0)) book.set(key, tries);
  }
  return book;
}

function writeBook(context: Context, book: Book): void {
  const memory = memoryOf(context);
  memory.clear();
  const kept: Record<string, Tries> = {};
  for (const [key, tries] of book) {
    if (kinds.some((kind) => inSession.has(kind) && key.startsWith(`${kind}|`))) memory.set(key, tries);
    else kept[key] = tries;
  }
  try {
    mkdirSync(context.ports.dataDir, { recursive: true });
    writeWhole(pathOf(context), Buffer.from(JSON.stringify(kept)));
  } catch (error) {
    // A full disk must not make guessing free.
    for (const [key, tries] of book) memory.set(key, tries);
    context.ports.logger.error('attempts not written', {}, error);
  }
}

/** Seconds between the n-th failure in a row and the next try. */
const delayAfter = (failures: number): number =>
  failures < freeTries ? 0 : Math.min(2 ** (failures - freeTries), longest);

/** Of somebody at work the signing passphrase counts too; of anybody else what opens the vault. */
function asked(context: Context, accountId: string, what: Attempt | undefined): readonly Attempt[] {
  if (what !== undefined) return [what];
  return context.openSession?.accountId === accountId ? ['account', 'signing'] : ['account', 'recovery'];
}

/**
 * May this account's passphrase be tried now?
 * @param what one passphrase; left out, every one that the account could be asked for.
 * @throws AppError TOO_MANY_ATTEMPTS {seconds}.
 */
export function requireTurn(context: Context, accountId: string, what?: Attempt): void {
  const book = readBook(context);
  const now = context.ports.clock.now().getTime();
  let wait = 0;
  for (const kind of asked(context, accountId, what)) {
    const tries = book.get(`${kind}|${accountId}`);
    if (!tries) continue;
    const delay = delayAfter(tries.failures) * 1000;
    // A clock that was put back would lock out until it has caught up. The wait begins anew instead, once.
    if (tries.at > now) {
      book.set(`${kind}|${accountId}`, { ...tries, at: now });
      writeBook(context, book);
    }
    wait = Math.max(wait, Math.min(tries.at, now) + delay - now);
  }
  if (wait > 0) throw new AppError('TOO_MANY_ATTEMPTS', { seconds: Math.ceil(wait / 1000) });
}

const actionOf: Readonly<Record<Attempt, string>> = {
  account: 'account.unlock-failed',
  recovery: 'vault.recovery-failed',
  signing: 'account.signing-failed',
  authority: 'authority.passphrase-failed',
};

/** A wrong passphrase. Where the vault is open, also behind a locked screen, the audit learns of it at once. */
export function failed(
  context: Context,
  accountId: string,
  what: Attempt,
  wasAsked = true,
  /** The token or the gateway's signer that it was tried at, by any name that tells it from others. */
  elsewhere: string | null = null,
): void {
  const key: Key = `${what}|${accountId}`;
  if (!known(context).has(accountId)) return;
  const book = readBook(context);
  const before = book.get(key);
  const failures = Math.min((before?.failures ?? 0) + 1, mostFailures);
  const now = context.ports.clock.now();
  const reported = wasAsked ? (before?.reported ?? 0) : failures;
  const others = before?.elsewhere ?? {};
  const counted = elsewhere === null ? others : { ...others, [elsewhere]: (others[elsewhere] ?? 0) + 1 };
  book.set(key, { failures, at: now.getTime(), reported, elsewhere: counted });
  writeBook(context, book);
  if (!context.vault) return;
  try {
    tell(context, context.vault, book);
  } catch (error) {
    // It counts all the same, and is told with the next one or the next session.
    context.ports.logger.error('attempts not audited', {}, error);
  }
}

/** What the audit does not have yet, of every account, and who is told of it. */
function report(db: WriteDb, book: Book, actorId: string | null, now: Date): boolean {
  const people = new Set(listPeople(db, plainDate(now)).map((person) => person.accountId));
  let written = false;
  for (const [key, { failures, reported, at }] of book) {
    const [kind, ...rest] = key.split('|');
    const accountId = rest.join('|');
    const what = kinds.find((one) => one === kind);
    if (!what || failures === reported || !people.has(accountId)) continue;
    const facts = { times: failures - reported, inARow: failures, last: new Date(at).toISOString() };
    // Somebody at work is known to have been at the keyboard; before an unlock nobody is.
    const actor = accountId === actorId ? actorId : null;
    appendAudit(db, {
      at: now,
      actorId: actor,
      action: actionOf[what],
      entity: 'account',
      entityId: accountId,
      facts,
    });
    if (failures >= suspicious && (reported < suspicious || failures - reported >= suspicious))
      noteSuspicion(db, accountId, 'failed-unlocks', failures, now);
    written = true;
  }
  return written;
}

function tell(context: Context, vault: Vault, book: Book): void {
  const now = context.ports.clock.now();
  const actorId = context.openSession?.accountId ?? null;
  const written = vault.write((db) => report(db, book, actorId, now));
  for (const [key, tries] of book) book.set(key, { ...tries, reported: tries.failures });
  writeBook(context, book);
  if (written) context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
}

/**
 * The right passphrase.
 * @param what of a session's own passphrases: forgets the wrong ones; anything else is to be called once the session has
 *   begun: it writes what was counted meanwhile, of every account, and forgets this account's.
 */
export function succeeded(context: Context, accountId: string, what: Attempt = 'account'): void {
  const book = readBook(context);
  if (book.size === 0) return;
  if (inSession.has(what)) {
    if (book.delete(`${what}|${accountId}`)) writeBook(context, book);
    return;
  }
  tell(context, context.session().vault, book);
  // Not the signing ones: locking and unlocking must not make those free again.
  for (const kind of ['account', 'recovery'] as const) book.delete(`${kind}|${accountId}`);
  writeBook(context, book);
}

/**
 * The right PIN or passphrase of a key that is not kept here. It takes back what was tried wrongly at that key and
 * nothing else: whoever has a key of their own must not make guesses at another secret free again.
 */
export function succeededElsewhere(context: Context, accountId: string, elsewhere: string): void {
  const key: Key = `signing|${accountId}`;
  const book = readBook(context);
  const tries = book.get(key);
  const own = tries?.elsewhere?.[elsewhere];
  if (!tries || own === undefined) return;
  const failures = tries.failures - own;
  const others = Object.entries(tries.elsewhere ?? {}).filter(([name]) => name !== elsewhere);
  if (failures <= 0) book.delete(key);
  else
    book.set(key, {
      ...tries,
      failures,
      reported: Math.max(0, tries.reported - own),
      elsewhere: Object.fromEntries(others),
    });
  writeBook(context, book);
}
