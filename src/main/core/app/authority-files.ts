import { keepListUntil } from '../authority/index.ts';
import type { AuthorityFileCalls } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import * as acts from './authority-acts.ts';
import { certificateOf } from './authority-acts.ts';
import { keep, keptAuthority, withKept } from './authority-desk.ts';
import * as authority from './authority.ts';
import { plainDate, type Context } from './context.ts';
import { openRevocationStore } from './revocation-store.ts';

/** What the office's own authority gives away as files. The desktop asks for them once it knows where to. */
type In<N extends keyof AuthorityFileCalls> = AuthorityFileCalls[N]['input'];
type Out<N extends keyof AuthorityFileCalls> = AuthorityFileCalls[N]['output'];

export async function leaflet(context: Context): Promise<Out<'authority.leaflet'>> {
  const root = certificateOf(keptAuthority(context).register.root);
  return { bytes: await authority.leaflet(context, root), fileName: 'lembar-sidik-jari.pdf' };
}

export function anchor(context: Context): Out<'authority.anchor'> {
  const { register } = keptAuthority(context);
  return { bytes: pem([Buffer.from(register.root, 'base64')]), fileName: 'akar-ca-internal.pem' };
}

/** @throws AppError CA_SERIAL_UNKNOWN {serial} */
export function certificate(
  context: Context,
  { serial }: In<'authority.certificate'>,
): Out<'authority.certificate'> {
  const { register } = keptAuthority(context);
  const entry = register.issued.find((one) => one.serial === serial);
  if (!entry) throw new AppError('CA_SERIAL_UNKNOWN', { serial });
  const name = certificateOf(entry.certificate).commonName.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return { bytes: pem(acts.chainOf(register, entry)), fileName: `sertifikat-${name}.pem` };
}

/**
 * A new list of what was called back. It is also put where this computer keeps lists that it fetched, so that what
 * is signed or checked here knows of a revocation at once.
 * @throws AppError CA_*
 */
export function publish(
  context: Context,
  { of, passphrase }: In<'authority.publish'>,
): Promise<Out<'authority.publish'>> {
  return withKept(context, passphrase, (opened, now) => {
    const made = acts.makeList(opened, of, null, now);
    const nextUpdate = made.nextUpdate.toISOString();
    const facts = { count: made.revoked, until: nextUpdate.slice(0, 10) };
    const action = 'authority.list-published';
    context.act({ action, entity: 'authority', entityId: of, facts }, (db) => {
      keep(db, opened, made.register, now);
      keepListUntil(db, of, made.nextUpdate);
    });
    const { dataDir, clock, logger } = context.ports;
    const { crlUrl } = made.register;
    if (of === 'issuing' && crlUrl !== null)
      openRevocationStore(`${dataDir}/cache/crl`, clock, logger).keep(crlUrl, made.crl);
    const fileName = `${of === 'issuing' ? 'ca' : 'akar'}-${plainDate(now)}.crl`;
    return { bytes: made.crl, fileName, nextUpdate, revoked: made.revoked };
  });
}

/** @throws AppError CA_* */
export function copy(context: Context, { passphrase }: In<'authority.copy'>): Promise<Out<'authority.copy'>> {
  return withKept(context, passphrase, (opened) => {
    const bytes = opened.with({ ...opened.register, copy: true });
    context.act({ action: 'authority.copied', entity: 'authority', entityId: 'authority' }, () => undefined);
    return { bytes, fileName: 'ca.eletter' };
  });
}

function pem(chain: readonly Uint8Array[]): Uint8Array {
  const blocks = chain.map((der) => {
    const lines = Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
    return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  });
  return Buffer.from(blocks.join(''));
}
