import { algorithmIdentifier } from '../algorithms.ts';
import type { AlgorithmIdentifier } from '../algorithms.ts';
import {
  bitString,
  boolean,
  children,
  DerError,
  octets,
  raw,
  readOuter,
  sequenceOf,
  tags,
  time,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { findRevoked } from './entries.ts';
import { readExtensions } from '../x509/extensions.ts';
import type { Extension } from '../x509/extensions.ts';
import { nameKey, readName } from '../x509/name.ts';

/** A certificate revocation list as read (RFC 5280 §5); nothing in it is believed yet. */
export interface CertificateList {
  readonly tbs: Uint8Array;
  readonly issuerKey: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** When the certificate with this serial (upper-case hexadecimal) was revoked; null where it is not listed. */
  revokedAt(serial: string): Date | null;
  readonly scope: CrlScope;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** IssuingDistributionPoint (§5.2.5) and what else limits a list. */
export interface CrlScope {
  /** URLs that the list gives as its own; null where it names none. */
  readonly urls: readonly string[] | null;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  /** A delta, an indirect list, one for some reasons or attributes only, or a rule that is unknown here. */
  readonly partial: boolean;
}

const issuingDistributionPoint = '2.5.29.28';
const deltaIndicator = '2.5.29.27';

/** @throws DerError where the bytes are no list, or one beyond 16 MiB; from `revokedAt`, where the entries are none. */
export function readCertificateList(bytes: Uint8Array): CertificateList {
  const [tbs, algorithm, signature] = sequenceOf(readOuter(bytes));
  const fields = sequenceOf(tbs);
  const versioned = fields[0]?.tag === tags.integer ? 1 : 0;
  const [inner, issuer, thisUpdate, ...rest] = fields.slice(versioned);
  if (!tbs || !inner || !algorithm) throw new DerError('list lacks a field');
  // §5.1.1.2: both say the same, else the signed part does not name its own algorithm
  if (Buffer.compare(raw(inner), raw(algorithm)) !== 0) throw new DerError('signature algorithms differ');
  const next = isTime(rest[0]) ? rest.shift() : undefined;
  const entries = rest[0]?.tag === tags.sequence ? rest.shift() : undefined;
  const extensionList = rest.find((part) => part.tag === 0xa0);
  return {
    tbs: raw(tbs),
    issuerKey: nameKey(readName(issuer)),
    thisUpdate: time(thisUpdate),
    nextUpdate: next ? time(next) : null,
    revokedAt: (serial) => (entries ? findRevoked(entries, serial) : null),
    scope: scopeOf(extensionList ? readExtensions(extensionList) : []),
    signatureAlgorithm: algorithmIdentifier(algorithm),
    signature: bitString(signature).bytes,
  };
}

const isTime = (element: Element | undefined): boolean =>
  element?.tag === tags.utcTime || element?.tag === tags.generalizedTime;

function scopeOf(extensions: readonly Extension[]): CrlScope {
  const point = extensions.find((one) => one.oid === issuingDistributionPoint);
  const partial = extensions.some(
    (one) => one.oid === deltaIndicator || (one.critical && one.oid !== issuingDistributionPoint),
  );
  if (!point) return { urls: null, onlyUsers: false, onlyAuthorities: false, partial };
  const parts = sequenceOf(readOuter(point.value));
  const flag = (tag: number): boolean => {
    const part = parts.find((one) => one.tag === tag);
    return part !== undefined && boolean({ ...part, tag: tags.boolean });
  };
  const name = parts.find((part) => part.tag === 0xa0);
  const some = parts.some((part) => part.tag === 0x83);
  return {
    urls: name ? urlsOf(name) : null,
    onlyUsers: flag(0x81),
    onlyAuthorities: flag(0x82),
    partial: partial || some || flag(0x84) || flag(0x85),
  };
}

/** DistributionPointName: fullName [0] with URLs; a name relative to the issuer gives none. */
function urlsOf(name: Element): string[] {
  const full = children(name).find((part) => part.tag === 0xa0);
  if (!full) return [];
  return children(full).flatMap((one) =>
    one.tag === 0x86 ? [Buffer.from(octets(one)).toString('latin1')] : [],
  );
}
