import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { revocationReasons } from '../core/contract/authority.ts';
import { AppError, commandLine, fill, valueOf } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { readSecret } from './secrets.ts';

/**
 * `eletter ca init|issue|revoke|crl|ocsp|list|leaflet FOLDER`: the office's own certificate authority. The folder holds one
 * sealed file (keys and register) and what everybody may have: the anchor, the chain, the leaflet.
 */
const sealedFile = 'ca.eletter';
const actions = ['init', 'issue', 'revoke', 'crl', 'ocsp', 'list', 'leaflet'] as const;

export async function ca(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files, language } = command;
  const texts = commandLine[language];
  const [action, folder, ...more] = files;
  if (!actions.some((one) => one === action))
    throw new UsageError(fill(texts.unknown, { command: `ca ${action ?? ''}` }));
  if (folder === undefined || more.length > 0)
    throw new UsageError(fill(texts.missing, { argument: 'FOLDER' }));
  const path = join(folder, sealedFile);
  const required = (
    name: 'organisation' | 'csr' | 'out' | 'serial' | 'request' | 'passphrase-file',
  ): string => {
    const value = values[name];
    if (value === undefined || value === '')
      throw new UsageError(fill(texts.missing, { argument: `--${name}` }));
    return value;
  };
  function oneOf<T extends string>(name: 'kind' | 'reason', choices: readonly T[], otherwise: T): T {
    const choice = choices.find((one) => one === (values[name] ?? otherwise));
    if (choice === undefined) throw new UsageError(fill(texts.badValue, { argument: `--${name}` }));
    return choice;
  }
  const days = values.days === undefined ? null : Number(values.days);
  if (days !== null && !Number.isInteger(days))
    throw new UsageError(fill(texts.badValue, { argument: '--days' }));
  const say = (facts: object, text: string): void => console.log(values.json ? JSON.stringify(facts) : text);
  if (action === 'leaflet') {
    // of the anchor alone, which everybody may have: in this folder, or the file itself
    const out = required('out');
    const anchor = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
      ? join(folder, 'root.pem')
      : folder;
    const made = valueOf(await app.call('tool.caLeaflet', { root: readInputFile(anchor) }));
    writeOutput(out, made.leaflet);
    const { fingerprint } = made;
    say({ file: out, fingerprint }, fill(texts.caLeaflet, { file: out, fingerprint }));
    return exits.ok;
  }
  const passphrase = readSecret(required('passphrase-file'));

  if (action === 'init') {
    const organisation = required('organisation');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return exclusively(folder, async () => {
      if (existsSync(path)) throw new AppError('CA_EXISTS');
      const urls = { crlUrl: values['crl-url'] ?? null, ocspUrl: values['ocsp-url'] ?? null };
      const made = valueOf(await app.call('tool.caInit', { organisation, passphrase, ...urls }));
      writeOutput(path, made.authority);
      writeOutput(join(folder, 'root.pem'), pem(made.root));
      writeOutput(join(folder, 'chain.pem'), Buffer.concat([pem(made.issuing), pem(made.root)]));
      writeOutput(join(folder, 'leaflet.pdf'), made.leaflet);
      const { fingerprint } = made;
      say({ folder, fingerprint }, fill(texts.caMade, { folder, fingerprint }));
      return exits.ok;
    });
  }
  if (action === 'issue') {
    const [csr, out] = [required('csr'), required('out')];
    const kind = oneOf('kind', ['person', 'office'] as const, 'person');
    const request = readInputFile(csr);
    return exclusively(folder, async () => {
      const opened = { authority: readInputFile(path), passphrase };
      const name = values.name ?? null;
      const made = valueOf(await app.call('tool.caIssue', { ...opened, request, kind, name, days }));
      // the register first: a certificate that nobody can revoke must not exist
      writeOutput(path, made.authority);
      writeOutput(out, Buffer.concat(made.chain.map(pem)));
      say(made.row, fill(texts.caIssued, { serial: made.row.serial, subject: made.row.subject, file: out }));
      return exits.ok;
    });
  }
  if (action === 'revoke') {
    const serial = required('serial');
    const reason = oneOf('reason', revocationReasons, 'unspecified');
    return exclusively(folder, async () => {
      const opened = { authority: readInputFile(path), passphrase };
      const done = valueOf(await app.call('tool.caRevoke', { ...opened, serial, reason }));
      writeOutput(path, done.authority);
      say({ serial, revokedAt: done.revokedAt }, fill(texts.caRevoked, { serial, at: done.revokedAt }));
      return exits.ok;
    });
  }
  if (action === 'crl') {
    const out = required('out');
    return exclusively(folder, async () => {
      const opened = { authority: readInputFile(path), passphrase };
      const of = values.root ? 'root' : 'issuing';
      const made = valueOf(await app.call('tool.caCrl', { ...opened, of, days }));
      writeOutput(path, made.authority);
      writeOutput(out, made.crl);
      const { nextUpdate, revoked } = made;
      say({ file: out, nextUpdate, revoked }, fill(texts.caListed, { file: out, revoked, nextUpdate }));
      return exits.ok;
    });
  }
  const opened = { authority: readInputFile(path), passphrase };
  if (action === 'ocsp') {
    const [question, out] = [required('request'), required('out')];
    const request = readInputFile(question);
    const { response } = valueOf(await app.call('tool.caOcsp', { ...opened, request }));
    writeOutput(out, response);
    say({ file: out }, fill(texts.caAnswered, { file: out }));
    return exits.ok;
  }
  const { issued } = valueOf(await app.call('tool.caList', opened));
  for (const row of issued) {
    const state = row.revokedAt === null ? texts.caGood : fill(texts.caRevokedAt, { at: row.revokedAt });
    say(row, `${row.serial}  ${row.notAfter.slice(0, 10)}  ${state}  ${row.subject}`);
  }
  return exits.ok;
}

function pem(der: Uint8Array): Buffer {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`);
}

/**
 * One change at a time: two that read the same register would lose one of both entries.
 * @throws AppError CA_IN_USE
 */
async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'ca.lock');
  if (!taken(lock) && !(abandoned(lock) && taken(lock))) throw new AppError('CA_IN_USE');
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new AppError('FILE_NOT_WRITTEN', { file: 'ca.lock' }, error);
  }
}

/** A lock whose process was killed is taken away. */
function abandoned(lock: string): boolean {
  const holder = Number(readFileSync(lock, { encoding: 'utf8', flag: 'r' }));
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) return false;
    rmSync(lock, { force: true });
    return true;
  }
}
