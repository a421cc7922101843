import { DerError, inside, integerHex, raw, sequenceOf } from '../der/read.ts';
import type { Element } from '../der/read.ts';
import type { Certificate } from '../x509/certificate.ts';
import { nameKey, readName } from '../x509/name.ts';

/** How CMS names a certificate (RFC 5652 §10.2.4). */
export interface IssuerAndSerial {
  readonly issuerDer: Uint8Array;
  readonly issuerKey: string;
  /** Upper-case hexadecimal. */
  readonly serial: string;
}

export function issuerAndSerial(element: Element): IssuerAndSerial {
  const [issuer, serial] = sequenceOf(element);
  if (!issuer) throw new DerError('issuer missing');
  return named(issuer, serial);
}

/** IssuerSerial of RFC 5035 §5, where the issuer is a GeneralNames with one directory name. */
export function issuerSerial(element: Element): IssuerAndSerial | null {
  const [names, serial] = sequenceOf(element);
  const directory = sequenceOf(names).find((name) => name.tag === 0xa4);
  // explicitly tagged, because Name is a CHOICE
  const name = directory && inside(directory);
  return name ? named(name, serial) : null;
}

const named = (issuer: Element, serial: Element | undefined): IssuerAndSerial => ({
  issuerDer: raw(issuer),
  issuerKey: nameKey(readName(issuer)),
  serial: integerHex(serial),
});

/** Names are compared by meaning: some signers write the issuer in another string type than the certificate. */
export const names = (identifier: IssuerAndSerial, certificate: Certificate): boolean =>
  identifier.serial === certificate.serial && identifier.issuerKey === certificate.issuerKey;
