import { createHash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  bitStringOf,
  explicit,
  implicit,
  integer,
  nullValue,
  objectIdentifier,
  octetStringOf,
  sequence,
  setOfSorted,
  sorted,
  timeOf,
  tlv,
} from '../../../src/main/core/pki/der/write.ts';
import { issuerHashes } from '../../../src/main/core/pki/ocsp/request.ts';
import { parseCertificate } from '../../../src/main/core/pki/index.ts';
import { extension } from '../../../src/main/core/pki/x509/issue.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';

/** OCSP answers, lists and timestamp tokens with any fault that a test asks for. Signers have P-256 or RSA keys. */

const hashes = { sha256: '2.16.840.1.101.3.4.2.1', sha1: '1.3.14.3.2.26' } as const;
export type Hash = keyof typeof hashes;
const signatures = {
  ec: { sha256: '1.2.840.10045.4.3.2', sha1: '1.2.840.10045.4.1' },
  rsa: { sha256: '1.2.840.113549.1.1.11', sha1: '1.2.840.113549.1.1.5' },
} as const;

const algorithm = (key: KeyObject, hash: Hash): Buffer => {
  const kind = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  return sequence(objectIdentifier(signatures[kind][hash]), ...(kind === 'rsa' ? [nullValue()] : []));
};

/** GeneralizedTime, which OCSP and TSTInfo want whatever the year. */
export const generalized = (date: Date): Buffer =>
  tlv(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

export interface OcspWish {
  readonly certificate: TestCertificate;
  readonly issuer: TestCertificate;
  readonly signer: TestCertificate;
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date | null;
  readonly revokedAt?: Date;
  readonly nonce?: Uint8Array;
  readonly hash?: Hash;
  /** How the responder names itself. */
  readonly by?: 'name' | 'key';
  /** Certificates sent along; default the signer's. */
  readonly along?: readonly Uint8Array[];
  readonly criticalExtension?: boolean;
  readonly spoilSignature?: boolean;
}

export function ocspByHand(wish: OcspWish): Buffer {
  const issuer = parseCertificate(wish.issuer.certificate);
  const subject = parseCertificate(wish.certificate.certificate);
  const signer = parseCertificate(wish.signer.certificate);
  const { nameHash, keyHash } = issuerHashes(issuer, 'sha1');
  const id = sequence(
    sequence(objectIdentifier(hashes.sha1), nullValue()),
    octetStringOf(nameHash),
    octetStringOf(keyHash),
    subject.serialDer,
  );
  const states = {
    good: tlv(0x80),
    revoked: tlv(0xa1, generalized(wish.revokedAt ?? wish.thisUpdate)),
    unknown: tlv(0x82),
  };
  const next =
    wish.nextUpdate === undefined ? new Date(wish.thisUpdate.getTime() + 3_600_000) : wish.nextUpdate;
  const single = sequence(
    id,
    states[wish.status ?? 'good'],
    generalized(wish.thisUpdate),
    ...(next ? [explicit(0, generalized(next))] : []),
  );
  const extensions = [
    ...(wish.nonce ? [extension('1.3.6.1.5.5.7.48.1.2', false, octetStringOf(wish.nonce))] : []),
    ...(wish.criticalExtension ? [extension('1.2.3.4', true, nullValue())] : []),
  ];
  const name =
    wish.by === 'key'
      ? explicit(2, octetStringOf(issuerHashes(signer, 'sha1').keyHash))
      : explicit(1, signer.subjectDer);
  const tbs = sequence(
    name,
    generalized(wish.thisUpdate),
    sequence(single),
    ...(extensions.length > 0 ? [explicit(1, sequence(...extensions))] : []),
  );
  const hash = wish.hash ?? 'sha256';
  const { privateKey } = wish.signer.keys;
  const basic = sequence(
    tbs,
    algorithm(privateKey, hash),
    bitStringOf(spoilt(sign(hash, tbs, privateKey), wish.spoilSignature)),
    explicit(0, sequence(...(wish.along ?? [wish.signer.certificate]))),
  );
  const response = sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetStringOf(basic));
  return sequence(tlv(0x0a, Buffer.of(0)), explicit(0, response));
}

const spoilt = (signature: Buffer, really = false): Buffer => {
  if (really) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return signature;
};

export interface ListWish {
  readonly issuer: TestCertificate;
  /** Default: the issuer. */
  readonly signer?: TestCertificate;
  readonly revoked?: readonly { readonly certificate: TestCertificate; readonly at: Date }[];
  /** Bytes in front of the entries. */
  readonly entriesBefore?: Buffer;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date | null;
  readonly hash?: Hash;
  readonly extensions?: readonly Buffer[];
  readonly spoilSignature?: boolean;
}

export function listByHand(wish: ListWish): Buffer {
  const { privateKey } = (wish.signer ?? wish.issuer).keys;
  const hash = wish.hash ?? 'sha256';
  const next =
    wish.nextUpdate === undefined ? new Date(wish.thisUpdate.getTime() + 86_400_000) : wish.nextUpdate;
  const entries = (wish.revoked ?? []).map(({ certificate, at }) =>
    sequence(parseCertificate(certificate.certificate).serialDer, timeOf(at)),
  );
  const tbs = sequence(
    integer(1),
    algorithm(privateKey, hash),
    wish.issuer.subject,
    timeOf(wish.thisUpdate),
    ...(next ? [timeOf(next)] : []),
    ...(entries.length > 0
      ? [sequence(...(wish.entriesBefore ? [wish.entriesBefore] : []), ...entries)]
      : []),
    ...(wish.extensions ? [explicit(0, sequence(...wish.extensions))] : []),
  );
  const signature = spoilt(sign(hash, tbs, privateKey), wish.spoilSignature);
  return sequence(tbs, algorithm(privateKey, hash), bitStringOf(signature));
}

/** IssuingDistributionPoint, critical as RFC 5280 §5.2.5 wants it. */
export const scopeExtension = (...parts: readonly Buffer[]): Buffer =>
  extension('2.5.29.28', true, sequence(...parts));

export const flag = (number: number): Buffer => implicit(number, Buffer.of(0x01, 0x01, 0xff));

export interface TokenWish {
  readonly signer: TestCertificate;
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array | null;
  readonly time: Date;
  readonly hash?: Hash;
  readonly imprintHash?: Hash;
  /** Certificates in the token; default signer and issuers. */
  readonly certificates?: readonly Uint8Array[];
  /** Another certificate in signing-certificate-v2; null: no such attribute. */
  readonly named?: Uint8Array | null;
  readonly spoilSignature?: boolean;
  readonly twoSigners?: boolean;
}

const attribute = (type: string, value: Buffer): Buffer =>
  sequence(objectIdentifier(type), setOfSorted(value));

/** A TimeStampToken (RFC 3161 §2.4.2) as CMS. */
export function tokenByHand(wish: TokenWish): Buffer {
  const hash = wish.hash ?? 'sha256';
  const signer = parseCertificate(wish.signer.certificate);
  const info = sequence(
    integer(1),
    objectIdentifier('1.2.3.4.1'),
    sequence(sequence(objectIdentifier(hashes[wish.imprintHash ?? 'sha256'])), octetStringOf(wish.imprint)),
    integer(7),
    generalized(wish.time),
    ...(wish.nonce ? [integer(wish.nonce)] : []),
  );
  const named = wish.named === undefined ? wish.signer.certificate : wish.named;
  const certificateHash = (der: Uint8Array): Buffer => createHash('sha256').update(der).digest();
  const attributes = [
    attribute('1.2.840.113549.1.9.3', objectIdentifier('1.2.840.113549.1.9.16.1.4')),
    attribute('1.2.840.113549.1.9.4', octetStringOf(createHash(hash).update(info).digest())),
    ...(named
      ? [
          attribute(
            '1.2.840.113549.1.9.16.2.47',
            sequence(sequence(sequence(octetStringOf(certificateHash(named))))),
          ),
        ]
      : []),
  ];
  const { privateKey } = wish.signer.keys;
  const value = spoilt(sign(hash, setOfSorted(...attributes), privateKey), wish.spoilSignature);
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuerDer, signer.serialDer),
    sequence(objectIdentifier(hashes[hash])),
    tlv(0xa0, ...sorted(attributes)),
    algorithm(privateKey, hash),
    octetStringOf(value),
  );
  const certificates = wish.certificates ?? [wish.signer.certificate, ...wish.signer.chain];
  const signedData = sequence(
    integer(3),
    setOfSorted(sequence(objectIdentifier(hashes[hash]))),
    sequence(objectIdentifier('1.2.840.113549.1.9.16.1.4'), explicit(0, octetStringOf(info))),
    tlv(0xa0, ...sorted(certificates)),
    tlv(0x31, signerInfo, ...(wish.twoSigners ? [signerInfo] : [])),
  );
  return sequence(objectIdentifier('1.2.840.113549.1.7.2'), explicit(0, signedData));
}
