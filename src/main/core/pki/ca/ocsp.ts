import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { algorithmIdentifier, digestName, digestSupported } from '../algorithms.ts';
import { content, DerError, integerHex, octetString, raw, readOuter, sequenceOf } from '../der/read.ts';
import type { Element } from '../der/read.ts';
import {
  enumerated,
  explicit,
  generalizedTimeOf,
  implicit,
  nullValue,
  objectIdentifier,
  octetStringOf,
  sequence,
} from '../der/write.ts';
import { issuerHashes, nonceOid } from '../ocsp/request.ts';
import type { Certificate } from '../x509/certificate.ts';
import { readExtensions } from '../x509/extensions.ts';
import { extension, keyIdentifier, signedByIssuer } from '../x509/issue.ts';
import { reasonCodes } from './reasons.ts';
import type { RevocationReason } from '../../contract/authority.ts';

/** Answering OCSP requests in an issuer's own name (RFC 6960 §4.2.2.2: the CA that issued the certificate signs). */

export type OcspStatus = 'good' | 'unknown' | { readonly at: Date; readonly reason: RevocationReason };

/** An issuer that may be asked about. */
export interface OcspIssuer {
  readonly certificate: Certificate;
  /** Private. */
  readonly key: () => KeyObject;
  /** @param serial upper-case hexadecimal. */
  readonly statusOf: (serial: string) => OcspStatus;
}

interface AskedCertificate {
  /** DER of the CertID, given back as it came. */
  readonly identifier: Uint8Array;
  readonly hash: string | null;
  readonly nameHash: Uint8Array;
  readonly keyHash: Uint8Array;
  readonly serial: string;
}

const basicResponse = '1.3.6.1.5.5.7.48.1.1';
const maximumRequest = 64 * 1024;
const maximumAsked = 100;
/** OCSPResponseStatus (§4.2.1). */
const malformedRequest = 1;
const unauthorized = 6;

/**
 * DER of an OCSPResponse; never throws for what a request holds. All certificates asked about in one request must
 * be of one issuer: one signature cannot speak for two.
 */
export function answerOcsp(
  request: Uint8Array,
  issuers: readonly OcspIssuer[],
  times: { readonly now: Date; readonly nextUpdate: Date },
): Buffer {
  let asked: ReturnType<typeof readRequest>;
  try {
    asked = readRequest(request);
  } catch (error) {
    if (error instanceof DerError) return sequence(enumerated(malformedRequest));
    throw error;
  }
  const issuer = issuers.find((one) => asked.certificates.every((each) => isUnder(each, one.certificate)));
  if (!issuer) return sequence(enumerated(unauthorized));
  const key = issuer.key();
  const keyInfo = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const tbs = sequence(
    explicit(2, octetStringOf(keyIdentifier(keyInfo))),
    generalizedTimeOf(times.now),
    sequence(...asked.certificates.map((one) => answer(one, issuer.statusOf(one.serial), times))),
    ...(asked.nonce ? [explicit(1, sequence(extension(nonceOid, false, asked.nonce)))] : []),
  );
  // the algorithm stands outside what is signed here (§4.2.1), unlike in a certificate
  const signed = signedByIssuer(tbs, key, explicit(0, sequence(issuer.certificate.der)));
  const bytes = sequence(objectIdentifier(basicResponse), octetStringOf(signed));
  return sequence(enumerated(0), explicit(0, bytes));
}

/** SingleResponse. */
function answer(
  asked: AskedCertificate,
  status: OcspStatus,
  { now, nextUpdate }: { readonly now: Date; readonly nextUpdate: Date },
): Buffer {
  return sequence(
    asked.identifier,
    certStatus(status),
    generalizedTimeOf(now),
    explicit(0, generalizedTimeOf(nextUpdate)),
  );
}

function certStatus(status: OcspStatus): Buffer {
  if (status === 'good') return implicit(0, nullValue());
  if (status === 'unknown') return implicit(2, nullValue());
  const code = reasonCodes[status.reason];
  const reason = code === 0 ? [] : [explicit(0, enumerated(code))];
  return implicit(1, sequence(generalizedTimeOf(status.at), ...reason));
}

/** OCSPRequest (§4.1.1); a signature on it and singleRequestExtensions are not needed to answer. */
function readRequest(bytes: Uint8Array): {
  readonly certificates: readonly AskedCertificate[];
  readonly nonce: Uint8Array | null;
} {
  if (bytes.length > maximumRequest) throw new DerError('request too large');
  const fields = sequenceOf(sequenceOf(readOuter(bytes))[0]);
  const list = fields.find((field) => field.tag === 0x30);
  const certificates = sequenceOf(list).map((one) => askedCertificate(sequenceOf(one)[0]));
  if (certificates.length === 0 || certificates.length > maximumAsked) throw new DerError('request list');
  const extensions = fields.find((field) => field.tag === 0xa2);
  const nonce = extensions && readExtensions(extensions).find((one) => one.oid === nonceOid);
  return { certificates, nonce: nonce && isNonce(nonce.value) ? nonce.value : null };
}

/** RFC 9654 §2.1: an OCTET STRING of 1 to 128 octets; another is passed over, so the asker sees none. */
function isNonce(value: Uint8Array): boolean {
  const element = readOuter(value);
  return element.tag === 0x04 && content(element).length > 0 && content(element).length <= 128;
}

function askedCertificate(element: Element | undefined): AskedCertificate {
  const [algorithm, nameHash, keyHash, serial] = sequenceOf(element);
  if (!element) throw new DerError('CertID missing');
  return {
    identifier: raw(element),
    hash: digestName(algorithmIdentifier(algorithm).oid),
    nameHash: octetString(nameHash),
    keyHash: octetString(keyHash),
    serial: integerHex(serial),
  };
}

function isUnder(asked: AskedCertificate, issuer: Certificate): boolean {
  if (!asked.hash || !digestSupported(asked.hash)) return false;
  const { nameHash, keyHash } = issuerHashes(issuer, asked.hash);
  return Buffer.compare(nameHash, asked.nameHash) === 0 && Buffer.compare(keyHash, asked.keyHash) === 0;
}
