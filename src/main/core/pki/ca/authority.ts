import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../contract/errors.ts';
import { explicit, ia5String, implicit, objectIdentifier, sequence } from '../der/write.ts';
import { extensionOids } from '../oids.ts';
import { publicKey } from '../algorithms.ts';
import { signingAlgorithm } from '../signing-algorithm.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';
import { namePart, readName } from '../x509/name.ts';
import { extension, indonesianName, issueCertificate } from '../x509/issue.ts';
import { readOuter } from '../der/read.ts';
import { testIssuer } from '../test-identity.ts';
import { readCertificateRequest } from './request.ts';

/**
 * An office's own certificate authority: a root that certifies one issuing CA, which certifies people and offices.
 * Whatever it signs is *tidak tersertifikasi* (PP 71/2019 Ps. 60): its names say so, and `isInHouse` knows them.
 */

/** Printed in both authorities' names, so that every viewer on earth shows it. */
const inHouseUnit = 'Tidak tersertifikasi (bukan PSrE)';

const rootYears = 20;
const issuingYears = 10;
const leafDays = 730;
/** id-kp-documentSigning (RFC 9336). */
const documentSigning = '1.3.6.1.5.5.7.3.36';

export interface NewAuthority {
  readonly rootCertificate: Buffer;
  readonly rootKey: KeyObject;
  readonly issuingCertificate: Buffer;
  readonly issuingKey: KeyObject;
}

const newKeyPair = promisify(generateKeyPair);
const newKey = (): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  newKeyPair('ec', { namedCurve: 'P-384' });

/** Where certificates say that revocation can be asked; null where nobody serves it. */
export interface RevocationUrls {
  readonly crl: string | null;
  readonly ocsp: string | null;
}

/** A root for 20 years and an issuing CA for 10, both ECDSA P-384. */
export async function createAuthority(organisation: string, now: Date): Promise<NewAuthority> {
  const [root, issuing] = await Promise.all([newKey(), newKey()]);
  const notBefore = wholeSeconds(now);
  const name = (commonName: string): Buffer =>
    indonesianName({ organisation, unit: inHouseUnit, commonName });
  const rootName = name('CA Akar Internal');
  const common = { issuer: rootName, issuerKey: root.privateKey, notBefore };
  const usage = { keyUsage: ['keyCertSign', 'cRLSign'] } as const;
  const rootCertificate = issueCertificate({
    ...common,
    ...usage,
    subject: rootName,
    subjectKey: root.publicKey,
    notAfter: yearsAfter(notBefore, rootYears),
    basicConstraints: { ca: true, pathLength: 1 },
  });
  const issuingCertificate = issueCertificate({
    ...common,
    ...usage,
    subject: name('CA Penerbit Internal'),
    subjectKey: issuing.publicKey,
    notAfter: yearsAfter(notBefore, issuingYears),
    basicConstraints: { ca: true, pathLength: 0 },
  });
  return {
    rootCertificate,
    rootKey: root.privateKey,
    issuingCertificate,
    issuingKey: issuing.privateKey,
  };
}

export interface LeafRequest {
  /** PKCS #10, PEM or DER. */
  readonly request: Uint8Array;
  /** A person signs in their own name, an office as such (a seal). */
  readonly kind: 'person' | 'office';
  /** Instead of the name in the request. */
  readonly commonName: string | null;
  /** At most the issuer's own life; null for two years. */
  readonly days: number | null;
  readonly urls: RevocationUrls;
}

/**
 * A certificate for the key in the request. Of the requested name only common name and unit are taken; country and
 * organisation are the authority's own. Nothing else that the request asks for is granted.
 * @throws AppError CSR_UNREADABLE, CSR_SIGNATURE_BAD, KEY_UNSUPPORTED {algorithm}, CERTIFICATE_EXPIRED {date} when
 *   the authority's own certificate has ended.
 */
export function issueLeaf(
  leaf: LeafRequest,
  issuing: { readonly certificate: Certificate; readonly key: KeyObject },
  now: Date,
): Certificate {
  requireAlive(issuing.certificate, now);
  const request = readCertificateRequest(leaf.request);
  const subjectKey = publicKey(request.publicKeyInfo);
  if (!subjectKey) throw new AppError('KEY_UNSUPPORTED', { algorithm: request.key.title });
  const organisation = organisationOf(issuing.certificate);
  const commonName = leaf.commonName ?? request.commonName;
  const subject = indonesianName({ organisation, unit: request.unit, commonName });
  return certify({ ...leaf, subject, subjectKey }, issuing, now);
}

/**
 * The same name and key for another span of time; that the subject holds the key was shown when it was certified
 * first. @throws AppError KEY_UNSUPPORTED {algorithm}, CERTIFICATE_EXPIRED {date} as above.
 */
export function renewLeaf(
  former: Certificate,
  terms: Pick<LeafRequest, 'kind' | 'days' | 'urls'>,
  issuing: { readonly certificate: Certificate; readonly key: KeyObject },
  now: Date,
): Certificate {
  requireAlive(issuing.certificate, now);
  const subjectKey = publicKey(former.publicKeyInfo);
  if (!subjectKey) throw new AppError('KEY_UNSUPPORTED', { algorithm: former.key.title });
  return certify({ ...terms, subject: Buffer.from(former.subjectDer), subjectKey }, issuing, now);
}

function requireAlive(issuer: Certificate, now: Date): void {
  if (now >= issuer.notAfter)
    throw new AppError('CERTIFICATE_EXPIRED', { date: issuer.notAfter.toISOString().slice(0, 10) });
}

function certify(
  leaf: Pick<LeafRequest, 'kind' | 'days' | 'urls'> & {
    readonly subject: Buffer;
    readonly subjectKey: KeyObject;
  },
  { certificate: issuer, key: issuerKey }: { readonly certificate: Certificate; readonly key: KeyObject },
  now: Date,
): Certificate {
  const notBefore = wholeSeconds(now);
  const wanted = notBefore.getTime() + (leaf.days ?? leafDays) * 86_400_000;
  const notAfter = new Date(Math.min(wanted, issuer.notAfter.getTime()));
  const made = parseCertificate(
    issueCertificate({
      subject: leaf.subject,
      subjectKey: leaf.subjectKey,
      issuer: Buffer.from(issuer.subjectDer),
      issuerKey,
      notBefore,
      notAfter,
      basicConstraints: { ca: false, pathLength: null },
      // an office's seal proves origin, it is nobody's declaration of will (RFC 3739 §3.2.3)
      keyUsage: leaf.kind === 'person' ? ['digitalSignature', 'nonRepudiation'] : ['digitalSignature'],
      extensions: [
        extension(extensionOids.extendedKeyUsage, false, sequence(objectIdentifier(documentSigning))),
        ...pointers(leaf.urls),
      ],
    }),
  );
  // what we could not sign with ourselves is not worth certifying
  signingAlgorithm(made);
  return made;
}

/** CRL distribution point and OCSP responder (RFC 5280 §4.2.1.13, §4.2.2.1). */
function pointers({ crl, ocsp }: RevocationUrls): Buffer[] {
  const address = (url: string): Buffer => implicit(6, ia5String(url));
  const point = (url: string): Buffer => sequence(sequence(explicit(0, explicit(0, address(url)))));
  const access = (url: string): Buffer =>
    sequence(sequence(objectIdentifier('1.3.6.1.5.5.7.48.1'), address(url)));
  return [
    ...(crl === null ? [] : [extension(extensionOids.crlDistributionPoints, false, point(crl))]),
    ...(ocsp === null ? [] : [extension(extensionOids.authorityInfoAccess, false, access(ocsp))]),
  ];
}

/** Is this one of an in-house CA's own certificates? Such an anchor can never be a PSrE's. */
export const isInHouse = (certificate: Certificate): boolean =>
  namePart(readName(readOuter(certificate.subjectDer)), '2.5.4.11') === inHouseUnit;

/**
 * Nobody has to ask a trust list: the issuer says in its own name that it is no PSrE, or that it is a test. Of other
 * issuers this says nothing.
 */
export function isKnownUncertified(certificate: Certificate): boolean {
  const issuer = readName(readOuter(certificate.issuerDer));
  return namePart(issuer, '2.5.4.11') === inHouseUnit || namePart(issuer, '2.5.4.3').startsWith(testIssuer);
}

/** Whose authority it is, as its own name says. */
export const organisationOf = (certificate: Certificate): string =>
  namePart(readName(readOuter(certificate.subjectDer)), '2.5.4.10');

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}
