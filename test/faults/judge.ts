import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src/main/core/contract/errors.ts';
import { openKeyring, pdfOf, readLetter } from '../../src/main/core/letters/index.ts';
import {
  checkSet,
  readHeader,
  restoreSet,
  sql,
  unlockVault,
  unlockVaultByRecovery,
  type AccountKey,
  type Vault,
  type VaultOptions,
} from '../../src/main/core/vault/index.ts';
import { setFolders } from '../../src/main/core/vault/backup.ts';
import { tempFolder } from './place.ts';
import { chainFits, count, lettersRead, numbersFit, rowsFit, type Expect } from './whole.ts';
import type { Ledger } from './ledger.ts';

/** What is wrong with a data folder after a fault, in words; empty when nothing is. */
export interface Verdict {
  readonly problems: readonly string[];
  /** The passphrase that opens it now. */
  readonly passphrase: string;
}

const optionsOf = (dataDir: string): VaultOptions => ({
  folder: join(dataDir, 'vault'),
  cost: { memory: 256, passes: 1 },
  now: new Date(),
});

interface Opened {
  readonly vault: Vault;
  readonly accountKey: AccountKey;
  readonly passphrase: string;
}

async function openWithAny(options: VaultOptions, ledger: Ledger): Promise<Opened> {
  let refused: unknown;
  for (const passphrase of ledger.passphrases) {
    try {
      return { ...(await unlockVault(options, ledger.accountId, passphrase)), passphrase };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'PASSPHRASE_WRONG') throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Opens the vault as its owner would, looks at everything, and closes it again. */
export async function judge(dataDir: string, ledger: Ledger): Promise<Verdict> {
  const options = optionsOf(dataDir);
  const problems: string[] = [];
  let opened: Opened;
  try {
    opened = await openWithAny(options, ledger);
  } catch (error) {
    return { problems: [`does not open: ${String(error)}`], passphrase: ledger.passphrases[0] ?? '' };
  }
  const { vault, accountKey, passphrase } = opened;
  const look = (name: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const expect = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };
  look('database', () => rowsFit(vault, expect));
  look('numbers', () => numbersFit(vault, expect));
  look('letters', () => lettersRead(vault, ledger.accountId, accountKey, expect));
  look('audit', () => chainFits(vault, dataDir, expect));
  look('acts', () => actsAreThere(vault, accountKey, ledger, expect));
  try {
    await grantsOpen(vault, ledger, expect);
    look('write', () => vault.write((db) => db.run(sql`DELETE FROM meta WHERE key = 'no such key'`)));
  } catch (error) {
    problems.push(`grants: ${String(error)}`);
  }
  look('leftovers', () => nothingLeft(options.folder, expect));
  vault.close();
  await backupsAreWhole(dataDir, ledger, problems);
  await opensAgain(options, ledger, passphrase, problems);
  return { problems, passphrase };
}

function actsAreThere(vault: Vault, accountKey: AccountKey, ledger: Ledger, expect: Expect): void {
  const ring = openKeyring(vault.read, ledger.accountId, accountKey);
  const revisions = new Map<string, { revision: number; subject: string }>();
  const access = new Map<string, boolean>();
  for (const act of ledger.acts) {
    if (act.act === 'draft') revisions.set(act.id, act);
    if (act.act === 'grant' || act.act === 'withdraw') access.set(act.id, act.act === 'grant');
    if (act.act === 'sign') {
      const row = vault.read.get<{ state: string; number: string; object_id: string }>(
        sql`SELECT state, number, object_id FROM letter WHERE id = ${act.id}`,
      );
      const fits =
        row?.state === 'signed' && row.number === act.number && row.object_id.startsWith(act.sha256);
      expect(fits, `the signed letter ${act.number} is ${JSON.stringify(row ?? null)}`);
    }
    if (act.act === 'revoke') {
      const gone = vault.header().accounts.every((slot) => slot.accountId !== act.accountId);
      expect(gone, 'a revoked account has its slot again');
      const at = sql`SELECT count(*) AS n FROM account WHERE id = ${act.accountId} AND revoked_at IS NOT NULL`;
      expect(count(vault, at) === 1, 'a revoked account is not revoked');
    }
  }
  for (const [id, { revision, subject }] of revisions) {
    const letter = readLetter(vault.read, ring, id);
    expect(letter.revision >= revision, `draft ${id}: revision ${letter.revision} instead of ${revision}`);
    if (letter.revision === revision)
      expect(
        letter.content.subject === subject,
        `draft ${id}: "${letter.content.subject}", not "${subject}"`,
      );
    else
      expect(
        ledger.open.some(
          (open) => open.act === 'draft' && open.id === id && open.subject === letter.content.subject,
        ),
        `draft ${id}: a revision that nobody wrote`,
      );
  }
  // What an open act was about may be either way.
  for (const open of ledger.open) if (open.act === 'grant' || open.act === 'withdraw') access.delete(open.id);
  for (const [id, may] of access) {
    const rows = count(
      vault,
      sql`SELECT count(*) AS n FROM letter_party WHERE letter_id = ${id} AND role = 'grant'
        AND account_id = ${ledger.reader.accountId}`,
    );
    expect(rows === (may ? 1 : 0), `access to ${id} is ${rows}, acknowledged was ${may}`);
  }
  expect(
    count(
      vault,
      sql`SELECT count(*) AS n FROM account WHERE (revoked_at IS NULL) = (id IN
      (SELECT entity_id FROM audit WHERE action = 'account.revoked'))`,
    ) === 0,
    'revoked accounts and their entries in the log differ',
  );
}

/** Who was let into a letter opens it with a key of their own, and nobody else's does; both kinds of letters. */
async function grantsOpen(vault: Vault, ledger: Ledger, expect: Expect): Promise<void> {
  const { accountId, accountPassphrase } = ledger.reader;
  const key = await vault.openAccount(accountId, accountPassphrase);
  expect(key !== null, "the reader's passphrase no longer opens");
  if (!key) return;
  const ring = openKeyring(vault.read, accountId, key);
  const rows = vault.read.all<{ id: string; may: number; keyed: number }>(
    sql`SELECT id, EXISTS (SELECT 1 FROM letter_party WHERE letter_id = letter.id AND account_id = ${accountId}) AS may,
      EXISTS (SELECT 1 FROM letter_key WHERE letter_id = letter.id AND account_id = ${accountId}) AS keyed
      FROM letter WHERE security <> 'biasa' AND state = 'signed'`,
  );
  for (const { id, may, keyed } of rows) {
    expect(may === keyed, `letter ${id}: let in ${may}, key ${keyed}`);
    if (keyed === 0) continue;
    readLetter(vault.read, ring, id);
    const pdf = pdfOf(vault.read, ring, id);
    vault.getObject(pdf.id, pdf.key);
  }
  key.privateKey.fill(0);
}

function nothingLeft(folder: string, expect: Expect): void {
  const half = readdirSync(folder).filter((name) => /rekeyed|\.new$/.test(name));
  const objects = readdirSync(join(folder, 'objects')).filter((name) => name.endsWith('.new'));
  expect(half.length + objects.length === 0, `left over: ${[...half, ...objects].join(' ')}`);
}

/** What looks like a set is one; the acknowledged one, or a later one, is there and gives its letters back. */
async function backupsAreWhole(dataDir: string, ledger: Ledger, problems: string[]): Promise<void> {
  const target = join(dataDir, 'backups');
  const sets: { path: string; madeAt: string }[] = [];
  for (const path of setFolders(target)) {
    try {
      sets.push({ path, madeAt: checkSet(path).madeAt });
    } catch (error) {
      problems.push(`the backup set ${path} is not whole: ${String(error)}`);
    }
  }
  const at = ledger.acts.findLastIndex((act) => act.act === 'backup');
  const last = ledger.acts[at];
  const newest = sets.at(-1);
  if (last?.act !== 'backup') return;
  if (!newest || newest.madeAt < last.madeAt) {
    problems.push(`the backup of ${last.madeAt} is gone; the newest is ${newest?.madeAt ?? 'none'}`);
    return;
  }
  const place = tempFolder();
  try {
    const options = optionsOf(place);
    restoreSet(newest.path, options.folder, options.now);
    const { vault, accountKey } = await openWithAny(options, withOlder(ledger));
    const signed = ledger.acts.slice(0, at).filter((act) => act.act === 'sign');
    const expect: Expect = (holds, problem) => {
      if (!holds) problems.push(`restored: ${problem}`);
    };
    const ids = new Set(
      vault.read.all<{ id: string }>(sql`SELECT id FROM letter WHERE state = 'signed'`).map((row) => row.id),
    );
    expect(
      signed.every((act) => ids.has(act.id)),
      'a letter signed before is not in it',
    );
    rowsFit(vault, expect);
    lettersRead(vault, ledger.accountId, accountKey, expect);
    vault.close();
  } catch (error) {
    problems.push(`the backup does not come back: ${String(error)}`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A backup opens with the passphrase of when it was made. */
const withOlder = (ledger: Ledger): Ledger => ({
  ...ledger,
  passphrases: [
    ...ledger.passphrases,
    ...ledger.acts.flatMap((act) => (act.act === 'passphrase' ? [act.next] : [])),
    ...ledger.earlier,
  ],
});

/** Once more, now that nothing is left to be mended: with the passphrase, and with the recovery key. */
async function opensAgain(
  options: VaultOptions,
  ledger: Ledger,
  passphrase: string,
  problems: string[],
): Promise<void> {
  try {
    const { vault } = await unlockVault(options, ledger.accountId, passphrase);
    if (vault.uncleanExit) problems.push('a proper close is not remembered');
    vault.close();
    if (ledger.recoveryKey === null) return;
    (await unlockVaultByRecovery(options, ledger.recoveryKey)).close();
    if (readHeader(options.folder) === null || existsSync(join(options.folder, 'vault.open')))
      problems.push('not closed properly');
  } catch (error) {
    problems.push(`does not open again: ${String(error)}`);
  }
}
