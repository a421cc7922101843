import { join } from 'node:path';
import { titledName } from '../accounts/index.ts';
import {
  appendAnchor,
  compareAnchors,
  exportLog as logLines,
  listAudit,
  makeAnchor,
  readAnchors,
  walkChain,
  type Anchor,
} from '../audit/index.ts';
import type { EngineCalls, Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { AuditCheck, AuditPage } from '../contract/people.ts';
import { buildSignedData, digest } from '../pki/index.ts';
import { sql, type ReadDb, type Vault } from '../vault/index.ts';
import { plainDate, type Context } from './context.ts';
import { openSigner } from './desk-keys.ts';
import { requireCurrentIdentity } from './identities.ts';

/** The audit log: reading it, checking it against its anchors, taking it out signed. */
export function list(context: Context, input: Input<'audit.list'>): AuditPage {
  return listAudit(context.session().vault.read, input.before);
}

const placesKey = 'audit-anchor-places';
const mostPlaces = 10;

const ownFolder = (context: Context): string => join(context.ports.dataDir, 'anchors');

/** Folders that anchors were written to beside the vault's own: drives come and go, so the last ten are asked. */
function places(db: ReadDb): string[] {
  const row = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${placesKey}`);
  const value: unknown = row === undefined ? [] : JSON.parse(row.value);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Where backups go unless somebody chose otherwise, and where they went lately. */
function searched(context: Context, db: ReadDb): string[] {
  const chosen = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = 'backup-folder'`);
  const backups = chosen?.value ?? join(context.ports.dataDir, 'backups');
  return [...new Set([ownFolder(context), backups, ...places(db)])];
}

/** Signs the head of the log and writes it to the data folder and to `targets`. */
function anchor(context: Context, vault: Vault, targets: readonly string[]): Anchor {
  const now = context.ports.clock.now();
  const made = vault.write((db) => {
    const value = JSON.stringify([...new Set([...targets, ...places(db)])].slice(0, mostPlaces));
    db.run(
      sql`INSERT INTO meta (key, value) VALUES (${placesKey}, ${value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
    return makeAnchor(db, vault.id, now);
  });
  for (const folder of [ownFolder(context), ...targets]) {
    try {
      appendAnchor(folder, made);
    } catch (error) {
      // A drive pulled out in between: the backup stands, and the next anchor vouches for these entries too.
      context.ports.logger.error('anchor not written', {}, error);
    }
  }
  return made;
}

/** To be called after each backup, also one made while nobody is at work. @param target the folder that holds the sets. */
export function anchorDaily(context: Context, target: string): void {
  const { vault } = context;
  if (!vault) throw new AppError('VAULT_LOCKED');
  anchor(context, vault, [target]);
}

/** Work in steps: others get their turn in between, and a lock ends it. @throws AppError VAULT_LOCKED. */
async function inSteps<T>(context: Context, steps: Generator<void, T>): Promise<T> {
  const session = context.session();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
    if (context.openSession !== session) throw new AppError('VAULT_LOCKED');
  }
}

/** Reads the whole log and compares it with every anchor that can be found. */
export async function check(context: Context): Promise<AuditCheck> {
  const { vault } = context.session();
  const anchors = await inSteps(context, readAnchors(searched(context, vault.read), vault.id));
  return compareAnchors(vault.read, anchors, await inSteps(context, walkChain(vault.read)));
}

/** The log as far as an anchor made for it, and a detached CMS by the person at work (EN 319 122-1, RFC 5652). */
export async function exportLog(
  context: Context,
  input: EngineCalls['audit.export']['input'],
): Promise<EngineCalls['audit.export']['output']> {
  const session = context.session();
  const { vault, accountId } = session;
  const signer = await openSigner(context, requireCurrentIdentity(context, true), input.signingPassphrase);
  // Somebody else may have come meanwhile: nobody signs for them.
  if (context.openSession !== session) throw new AppError('VAULT_LOCKED');
  context.act({ action: 'audit.exported', entity: 'vault', entityId: vault.id }, () => undefined);
  const exportedAt = context.ports.clock.now();
  const log = logLines(vault.read, {
    vaultId: vault.id,
    office: context.letterhead().office,
    exportedAt,
    exportedBy: { accountId, name: titledName(context.me()) },
    anchor: anchor(context, vault, []),
  });
  const signature = await buildSignedData({
    messageDigest: digest(signer.algorithm.digest, [log]),
    signer,
  });
  return { log, signature, fileName: `audit-${plainDate(exportedAt)}.jsonl` };
}
