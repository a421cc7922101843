import { AppError, commandLine, fill, valueOf, type AuditCheck } from '../core/contract/index.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { readSecret } from './secrets.ts';
import { createByCommand } from './vault-create.ts';

/** `eletter vault create|check|backup|restore|rekey|salvage`: for IT staff. The application must not have the vault open meanwhile. */
export async function vault(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  const [action, set, ...more] = files;
  if (more.length > 0) throw new UsageError(fill(texts.badValue, { argument: more[0] ?? '' }));
  const say = (facts: object, text: string): void => console.log(values.json ? JSON.stringify(facts) : text);

  if (action === 'create') return createByCommand(command, app, set);
  if (action === 'rekey' && set === undefined) {
    const passphrase = await signIn();
    valueOf(await app.call('vault.rekey', { accountPassphrase: passphrase }));
    say({ rekeyed: true }, texts.rekeyed);
    return exits.ok;
  }
  if (action === 'salvage' && set === undefined) {
    const login = await account();
    const tried = await app.call('vault.unlock', login);
    if (tried.ok || tried.error.code !== 'VAULT_DAMAGED') {
      if (!tried.ok) valueOf(tried);
      throw new UsageError(texts.notDamaged);
    }
    const { tables } = valueOf(await app.call('vault.salvage', login));
    const lost = tables.filter((table) => !table.whole).map((table) => table.name);
    const saved = tables.reduce((sum, table) => sum + table.saved, 0);
    say({ tables }, fill(texts.salvaged, { saved, lost: lost.join(', ') || '-' }));
    return lost.length === 0 ? exits.ok : exits.failed;
  }
  if (action === 'check' && set !== undefined) {
    const found = valueOf(await app.call('tool.checkBackup', { path: set }));
    say(found, fill(texts.setWhole, found));
    return exits.ok;
  }
  if (action === 'check') {
    await signIn();
    const found = valueOf(await app.call('vault.check', {}));
    const facts = {
      database: String(found.database),
      damaged: found.damaged.length,
      link: found.brokenLink ?? '-',
      objects: found.objects,
    };
    const audit = await checkAudit();
    const agrees = audit === null || audit.contradiction === null;
    const whole = found.whole && agrees;
    const anchors = audit === null ? '' : `\n${anchorText(audit)}`;
    say({ ...found, whole, audit }, fill(found.whole ? texts.whole : texts.notWhole, facts) + anchors);
    return whole ? exits.ok : exits.failed;
  }
  if (action === 'backup' && set === undefined) {
    if (values.to === undefined) throw new UsageError(fill(texts.missing, { argument: '--to' }));
    await signIn();
    const made = valueOf(await app.call('backup.writeTo', { path: values.to }));
    say(made, fill(texts.backedUp, made));
    return exits.ok;
  }
  if (action === 'restore') {
    if (set === undefined) throw new UsageError(fill(texts.missing, { argument: 'SET' }));
    // Into an empty place nobody has to sign in; over a vault an administrator has to.
    if (values.user !== undefined) await signIn().catch(unlessDamaged);
    const done = valueOf(await app.call('vault.restore', { path: set }));
    say(done, done.keptAside ? texts.restoredAside : texts.restored);
    return exits.ok;
  }
  throw new UsageError(fill(texts.unknown, { command: `vault ${action ?? ''}` }));

  /** What the anchors outside the vault say: for administrators, as in the application. */
  async function checkAudit(): Promise<AuditCheck | null> {
    const checked = await app.call('audit.check', {});
    if (!checked.ok && checked.error.code === 'NOT_ALLOWED') return null;
    return valueOf(checked);
  }

  function anchorText({ anchors, lastAnchor, contradiction, at }: AuditCheck): string {
    if (contradiction !== null)
      return fill(texts.anchorsContradict, { what: texts.contradictions[contradiction], at: at ?? '-' });
    return anchors === 0 ? texts.noAnchors : fill(texts.anchorsAgree, { anchors, last: lastAnchor ?? '-' });
  }

  /** Who the arguments name. @throws UsageError. */
  async function account(): Promise<{ readonly accountId: string; readonly passphrase: string }> {
    for (const argument of ['user', 'passphrase-file'] as const) {
      if (values[argument] === undefined)
        throw new UsageError(fill(texts.missing, { argument: `--${argument}` }));
    }
    const { accounts, vault: state } = valueOf(await app.call('app.status', {}));
    if (state === 'none') throw new AppError('VAULT_MISSING');
    const found = accounts.find((one) => one.username === values.user);
    if (!found) throw new UsageError(fill(texts.noUser, { user: values.user ?? '' }));
    return { accountId: found.accountId, passphrase: readSecret(values['passphrase-file'] ?? '') };
  }

  async function signIn(): Promise<string> {
    const login = await account();
    valueOf(await app.call('vault.unlock', login));
    return login.passphrase;
  }
}

/** Whoever has the right passphrase to a vault that cannot be read may put a backup in its place. */
function unlessDamaged(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'VAULT_DAMAGED') throw error;
}
