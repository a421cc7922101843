import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { EngineCalls, Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { GatewaySettings } from '../contract/gateway.ts';
import type { SignatureLevel } from '../contract/levels.ts';
import type { NewGateway, SigningServices } from '../contract/signing-services.ts';
import { recordChange } from '../letters/index.ts';
import { parseCertificate, readCertificates } from '../pki/index.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/**
 * What the office signs with beside its people's keys. Until an administrator sets something here, signing makes no
 * connection at all.
 */
const servicesRow = 'signing-services';
/**
 * The password of the gateway's application account. Every signer's letters need it while no administrator is there,
 * so no key narrower than the vault's own can seal it: it lies in the encrypted database, in a row that nothing reads
 * but `gatewayOf`, and no answer, log or audit entry carries it.
 */
const passwordRow = 'signing-gateway-password';
const mostDrivers = 8;

interface StoredGateway {
  readonly url: string;
  readonly version: 1 | 2;
  readonly user: string;
  /** PEM, or null for the system's list. */
  readonly authorities: string | null;
}

interface Stored {
  readonly level: SignatureLevel;
  readonly tsa: string;
  readonly revocation: boolean;
  readonly gateway: StoredGateway | null;
  readonly drivers: readonly { readonly id: string; readonly path: string }[];
}

const nothingSet: Stored = { level: 'b', tsa: '', revocation: false, gateway: null, drivers: [] };

const rowOf = (db: ReadDb, key: string): string | null =>
  db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)?.value ?? null;

function stored(db: ReadDb): Stored {
  const text = rowOf(db, servicesRow);
  return text === null ? nothingSet : { ...nothingSet, ...(JSON.parse(text) as Partial<Stored>) };
}

function put(db: WriteDb, key: string, value: string): void {
  db.run(sql`INSERT INTO meta (key, value) VALUES (${key}, ${value})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
}

export function read(context: Context): SigningServices {
  const db = context.session().vault.read;
  const { gateway, drivers, ...rest } = stored(db);
  return {
    ...rest,
    gateway: gateway && {
      url: gateway.url,
      version: gateway.version,
      user: gateway.user,
      passwordKept: rowOf(db, passwordRow) !== null,
      ownAuthority: gateway.authorities !== null,
    },
    drivers: drivers.map(({ id, path }) => ({ id, file: basename(path) })),
  };
}

type Facts = Readonly<Record<string, string | number | boolean>>;

function keep(
  context: Context,
  facts: Facts,
  change: (before: Stored) => Stored,
  more?: (db: WriteDb) => void,
): SigningServices {
  const audit = { action: 'services.changed', entity: 'vault', entityId: servicesRow, facts };
  context.act(audit, (db, now) => {
    put(db, servicesRow, JSON.stringify(change(stored(db))));
    more?.(db);
    recordChange(db, 'security', servicesRow, now);
  });
  return read(context);
}

/** @throws AppError BAD_REQUEST {field} */
export function save(context: Context, input: Input<'services.save'>): SigningServices {
  const { level, revocation } = input;
  const tsa = input.tsa.trim();
  if (tsa !== '') requireAddress(tsa, ['http:', 'https:'], 'tsa');
  if (level !== 'b' && tsa === '') throw new AppError('BAD_REQUEST', { field: 'tsa' });
  if ((level === 'lt' || level === 'lta') && !revocation)
    throw new AppError('BAD_REQUEST', { field: 'revocation' });
  return keep(context, { level, tsa, revocation }, (before) => ({ ...before, level, tsa, revocation }));
}

/** An address that a password may not hide in. */
function requireAddress(text: string, protocols: readonly string[], field: string): URL {
  const url = text.length <= 500 && URL.canParse(text) ? new URL(text) : null;
  if (!url || !protocols.includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError('BAD_REQUEST', { field });
  return url;
}

/**
 * The kept password goes only where it went before: a new address or user name asks for it anew, so that nobody can
 * have it sent to a place of their own.
 * @throws AppError BAD_REQUEST {field}, ANCHOR_UNREADABLE
 */
export function saveGateway(context: Context, input: Input<'services.saveGateway'>): SigningServices {
  const { gateway } = input;
  if (gateway === null) {
    return keep(context, { gateway: '' }, (before) => ({ ...before, gateway: null }), forgetPassword);
  }
  const db = context.session().vault.read;
  const before = stored(db).gateway;
  const next: StoredGateway = {
    url: requireAddress(gateway.url.trim(), ['https:'], 'url').origin,
    version: gateway.version,
    user: gateway.user.trim(),
    authorities: authorityOf(gateway, before),
  };
  const samePlace =
    before?.url === next.url && before.user === next.user && before.authorities === next.authorities;
  const kept = samePlace && rowOf(db, passwordRow) !== null;
  if (gateway.password === null && !kept) throw new AppError('BAD_REQUEST', { field: 'password' });
  const { password } = gateway;
  const facts = { gateway: next.url, version: next.version, user: next.user, password: password !== null };
  return keep(
    context,
    facts,
    (all) => ({ ...all, gateway: next }),
    (write) => {
      if (password !== null) put(write, passwordRow, password);
    },
  );
}

const forgetPassword = (db: WriteDb): void => void db.run(sql`DELETE FROM meta WHERE key = ${passwordRow}`);

function authorityOf(gateway: NewGateway, before: StoredGateway | null): string | null {
  if (gateway.authority === 'system') return null;
  if (gateway.authority === 'keep') return before?.authorities ?? null;
  const blocks = readCertificates(gateway.authority).map((der) => {
    parseCertificate(der);
    const lines =
      Buffer.from(der)
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  });
  if (blocks.length === 0) throw new AppError('ANCHOR_UNREADABLE');
  return blocks.join('');
}

/** No driver is as large as this, in bytes. */
const largestDriver = 256 * 1024 * 1024;

/** The trail goes to pages and signed exports: it tells which driver, not where on this machine it lies. */
function driverFacts(path: string): Facts {
  const driver = basename(path);
  try {
    const entry = statSync(path);
    if (!entry.isFile() || entry.size > largestDriver) return { driver };
    return { driver, sha256: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16) };
  } catch {
    // taken off the machine already
    return { driver };
  }
}

/** @throws AppError TOKEN_DRIVER_UNUSABLE {file}: what does not work as a driver is not kept. */
export async function addDriver(
  context: Context,
  input: EngineCalls['services.addDriver']['input'],
): Promise<SigningServices> {
  const session = context.session();
  const { path } = input;
  await context.ports.tokens.list(path);
  if (context.openSession !== session) throw new AppError('VAULT_LOCKED');
  const known = stored(session.vault.read).drivers;
  if (known.some((one) => one.path === path)) return read(context);
  if (known.length >= mostDrivers) throw new AppError('BAD_REQUEST', { field: 'drivers' });
  return keep(context, { ...driverFacts(path), added: true }, (before) => ({
    ...before,
    drivers: [...before.drivers, { id: randomUUID(), path }],
  }));
}

export function removeDriver(context: Context, input: Input<'services.removeDriver'>): SigningServices {
  const driver = stored(context.session().vault.read).drivers.find((one) => one.id === input.id);
  if (!driver) throw new AppError('NOT_FOUND');
  return keep(context, { ...driverFacts(driver.path), added: false }, (before) => ({
    ...before,
    drivers: before.drivers.filter((one) => one.id !== input.id),
  }));
}

/** What a letter's signature needs of the network. */
export interface WantedLevel {
  readonly level: SignatureLevel;
  /** Null: none is set. */
  readonly tsa: string | null;
}

export function wantedLevel(context: Context): WantedLevel {
  const { level, tsa } = stored(context.session().vault.read);
  return { level, tsa: tsa === '' ? null : tsa };
}

/** @throws AppError NETWORK_NOT_CONFIGURED */
export function gatewayOf(context: Context): GatewaySettings {
  const db = context.session().vault.read;
  const { gateway } = stored(db);
  const password = rowOf(db, passwordRow);
  if (!gateway || password === null) throw new AppError('NETWORK_NOT_CONFIGURED');
  return { ...gateway, password };
}

export const driversOf = (context: Context): Stored['drivers'] =>
  stored(context.session().vault.read).drivers;

/** Path of a driver that an administrator chose. @throws AppError TOKEN_DRIVER_UNUSABLE {file} */
export function driverPath(context: Context, id: string): string {
  const driver = driversOf(context).find((one) => one.id === id);
  if (!driver) throw new AppError('TOKEN_DRIVER_UNUSABLE', { file: '?' });
  return driver.path;
}
