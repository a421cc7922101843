import {
  bitString,
  boolean,
  children,
  content,
  DerError,
  inside,
  octets,
  octetString,
  oid,
  readOuter,
  sequenceOf,
  smallInteger,
  tags,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { extensionOids } from '../oids.ts';

/** Certificate extensions (RFC 5280 §4.2). */

export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsages)[number];

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface CertificateExtensions {
  /** null where the extension is absent. */
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  readonly keyUsage: readonly KeyUsage[] | null;
  /** Object identifiers. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly authorityKeyIdentifier: Uint8Array | null;
  readonly crlUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly caIssuersUrls: readonly string[];
  /**
   * Does the issuer say where revocation can be asked: CRL distribution points in any form (also without a
   * URL), or an OCSP responder?
   */
  readonly namesRevocation: boolean;
  /** Value of the name constraints extension (§4.2.1.10), judged with the path. */
  readonly nameConstraints: Uint8Array | null;
  /** Value of the subject alternative name (§4.2.1.6). */
  readonly subjectAltName: Uint8Array | null;
  /** Certificate policies (§4.2.1.4), null where the extension is absent; judged with the path. */
  readonly policies: readonly string[] | null;
  /** Issuer's and subject's name of each policy (§4.2.1.5). */
  readonly policyMappings: readonly (readonly [string, string])[];
  /** §4.2.1.11, in certificates to skip. */
  readonly policyConstraints: {
    readonly requireExplicit: number | null;
    readonly inhibitMapping: number | null;
  } | null;
  /** §4.2.1.14 */
  readonly inhibitAnyPolicy: number | null;
  /** Critical extensions that this module does not process: path validation must refuse them (§6.1.4 (o)). */
  readonly unknownCritical: readonly string[];
}

/** What may be critical here. */
const processed: ReadonlySet<string> = new Set([
  extensionOids.basicConstraints,
  extensionOids.keyUsage,
  extensionOids.extendedKeyUsage,
  extensionOids.subjectKeyIdentifier,
  extensionOids.authorityKeyIdentifier,
  extensionOids.crlDistributionPoints,
  extensionOids.authorityInfoAccess,
  extensionOids.subjectAltName,
  extensionOids.issuerAltName,
  extensionOids.qcStatements,
  // judged with the path
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.inhibitAnyPolicy,
  extensionOids.nameConstraints,
]);

export function readExtensions(list: Element): Extension[] {
  const found = sequenceOf(inside(list)).map((element): Extension => {
    const parts = sequenceOf(element);
    const critical = parts[1]?.tag === tags.boolean && boolean(parts[1]);
    return { oid: oid(parts[0]), critical, value: octetString(parts.at(-1)) };
  });
  // §4.2: a certificate must not hold an extension twice
  if (new Set(found.map((e) => e.oid)).size !== found.length) throw new DerError('extension given twice');
  return found;
}

export function interpretExtensions(extensions: readonly Extension[]): CertificateExtensions {
  const value = (type: string): Element | null => {
    const found = extensions.find((e) => e.oid === type);
    return found ? readOuter(found.value) : null;
  };
  const bytes = (type: string): Uint8Array | null => extensions.find((e) => e.oid === type)?.value ?? null;
  const constraints = value(extensionOids.basicConstraints);
  const usage = value(extensionOids.keyUsage);
  const extended = value(extensionOids.extendedKeyUsage);
  const subjectKey = value(extensionOids.subjectKeyIdentifier);
  const authorityKey = value(extensionOids.authorityKeyIdentifier);
  const distribution = value(extensionOids.crlDistributionPoints);
  const access = value(extensionOids.authorityInfoAccess);
  const policies = value(extensionOids.certificatePolicies);
  const mappings = value(extensionOids.policyMappings);
  const limits = value(extensionOids.policyConstraints);
  const inhibitAny = value(extensionOids.inhibitAnyPolicy);
  return {
    basicConstraints: constraints && basicConstraints(constraints),
    keyUsage: usage && keyUsage(usage),
    extendedKeyUsage: extended && sequenceOf(extended).map((purpose) => oid(purpose)),
    subjectKeyIdentifier: subjectKey && octetString(subjectKey),
    authorityKeyIdentifier: authorityKey && authorityKeyIdentifier(authorityKey),
    crlUrls: distribution ? crlUrls(distribution) : [],
    namesRevocation: distribution !== null || (access !== null && offers(access, ocsp)),
    ocspUrls: access ? accessUrls(access, ocsp) : [],
    caIssuersUrls: access ? accessUrls(access, '1.3.6.1.5.5.7.48.2') : [],
    nameConstraints: bytes(extensionOids.nameConstraints),
    subjectAltName: bytes(extensionOids.subjectAltName),
    policies: policies && sequenceOf(policies).map((one) => oid(sequenceOf(one)[0])),
    policyMappings: mappings ? sequenceOf(mappings).map(policyMapping) : [],
    policyConstraints: limits && {
      requireExplicit: skipped(limits, 0x80),
      inhibitMapping: skipped(limits, 0x81),
    },
    inhibitAnyPolicy: inhibitAny && smallInteger(inhibitAny),
    unknownCritical: extensions.filter((e) => e.critical && !processed.has(e.oid)).map((e) => e.oid),
  };
}

function policyMapping(element: Element): readonly [string, string] {
  const [from, to] = sequenceOf(element);
  return [oid(from), oid(to)];
}

/** SkipCerts under an implicit tag: one to four octets of an integer. */
function skipped(element: Element, tag: number): number | null {
  const part = sequenceOf(element).find((one) => one.tag === tag);
  if (!part) return null;
  const value = octets(part);
  const negative = ((value[0] ?? 0) & 0x80) !== 0;
  if (value.length === 0 || value.length > 4 || negative) throw new DerError('malformed policy constraints');
  return value.reduce((so, octet) => so * 256 + octet, 0);
}

function basicConstraints(element: Element): { ca: boolean; pathLength: number | null } {
  const parts = sequenceOf(element);
  const ca = parts[0]?.tag === tags.boolean && boolean(parts[0]);
  const length = parts.find((part) => part.tag === tags.integer);
  return { ca, pathLength: length ? smallInteger(length) : null };
}

function keyUsage(element: Element): KeyUsage[] {
  const { bytes } = bitString(element);
  return keyUsages.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function authorityKeyIdentifier(element: Element): Uint8Array | null {
  const identifier = sequenceOf(element).find((part) => part.tag === 0x80);
  return identifier ? octets(identifier) : null;
}

const isUrl = (name: Element): boolean => name.tag === 0x86;
const url = (name: Element): string => Buffer.from(content(name)).toString('latin1');

/** DistributionPoint → [0] distributionPoint → [0] fullName → uniformResourceIdentifier (§4.2.1.13). */
function crlUrls(element: Element): string[] {
  return sequenceOf(element).flatMap((point) => {
    const name = sequenceOf(point).find((part) => part.tag === 0xa0);
    const full = name && children(name).find((part) => part.tag === 0xa0);
    return full ? children(full).filter(isUrl).map(url) : [];
  });
}

const ocsp = '1.3.6.1.5.5.7.48.1';

const offers = (access: Element, method: string): boolean =>
  sequenceOf(access).some((description) => oid(sequenceOf(description)[0]) === method);

function accessUrls(element: Element, method: string): string[] {
  return sequenceOf(element).flatMap((description) => {
    const [type, location] = sequenceOf(description);
    return oid(type) === method && location && isUrl(location) ? [url(location)] : [];
  });
}
