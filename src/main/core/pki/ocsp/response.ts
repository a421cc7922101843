import { algorithmIdentifier } from '../algorithms.ts';
import type { AlgorithmIdentifier } from '../algorithms.ts';
import {
  bitString,
  children,
  DerError,
  content,
  expectTag,
  inside,
  integerHex,
  octets,
  octetString,
  oid,
  raw,
  readOuter,
  sequenceOf,
  tags,
  time,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { nameKey, readName } from '../x509/name.ts';
import { readExtensions } from '../x509/extensions.ts';
import { nonceOid } from './request.ts';

/** An OCSP answer as read (RFC 6960 §4.2.1); nothing in it is believed yet. */
export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse }
  /** OCSPResponseStatus 1, 2, 3, 5, 6. */
  | { readonly status: 'error'; readonly code: number };

export interface BasicOcspResponse {
  /** DER of BasicOCSPResponse: what /DSS keeps is the whole answer, what the signature covers is `tbs`. */
  readonly tbs: Uint8Array;
  readonly responder:
    { readonly kind: 'name'; readonly nameKey: string } | { readonly kind: 'key'; readonly sha1: Uint8Array };
  readonly producedAt: Date;
  readonly answers: readonly SingleAnswer[];
  readonly nonce: Uint8Array | null;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** DER of each. */
  readonly certificates: readonly Uint8Array[];
}

export interface SingleAnswer {
  readonly hashOid: string;
  readonly nameHash: Uint8Array;
  readonly keyHash: Uint8Array;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** A critical extension that is not understood (§4.4). */
  readonly unknownCritical: boolean;
}

const basicType = '1.3.6.1.5.5.7.48.1.1';
const maximumAnswers = 256;

/** @throws DerError where the bytes are no such answer. */
export function readOcspResponse(bytes: Uint8Array): OcspResponse {
  const [status, wrapped] = sequenceOf(readOuter(bytes));
  const code = content(expectTag(status, tags.enumerated))[0] ?? -1;
  if (code !== 0) return { status: 'error', code };
  const [type, response] = sequenceOf(wrapped && inside(wrapped));
  if (oid(type) !== basicType) throw new DerError('not a basic OCSP response');
  return { status: 'successful', basic: readBasic(readOuter(octetString(response))) };
}

function readBasic(element: Element): BasicOcspResponse {
  const [data, algorithm, signature, certificates] = sequenceOf(element);
  const fields = sequenceOf(data);
  const versioned = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [responder, producedAt, answers, ...more] = fields.slice(versioned);
  const extensionList = more.find((part) => part.tag === 0xa1);
  const extensions = extensionList ? readExtensions(extensionList) : [];
  const nonce = extensions.find((one) => one.oid === nonceOid);
  if (extensions.some((one) => one.critical && one.oid !== nonceOid)) {
    throw new DerError('unknown critical extension');
  }
  if (!data || !responder) throw new DerError('OCSP response lacks a field');
  const singles = sequenceOf(answers);
  if (singles.length > maximumAnswers) throw new DerError('too many answers');
  return {
    tbs: raw(data),
    responder: responderOf(responder),
    producedAt: time(producedAt),
    answers: singles.map(readSingle),
    nonce: nonce ? nonceValue(nonce.value) : null,
    signatureAlgorithm: algorithmIdentifier(algorithm),
    signature: bitString(signature).bytes,
    certificates: certificates ? sequenceOf(inside(certificates)).map(raw) : [],
  };
}

function responderOf(element: Element): BasicOcspResponse['responder'] {
  if (element.tag === 0xa1) return { kind: 'name', nameKey: nameKey(readName(inside(element))) };
  if (element.tag === 0xa2) return { kind: 'key', sha1: octetString(inside(element)) };
  throw new DerError('bad responder identifier');
}

/** Some responders leave out the inner OCTET STRING, as RFC 2560 did not ask for it. */
function nonceValue(value: Uint8Array): Uint8Array {
  try {
    return octetString(readOuter(value));
  } catch (error) {
    if (error instanceof DerError) return value;
    throw error;
  }
}

function readSingle(element: Element): SingleAnswer {
  const [identifier, status, thisUpdate, ...more] = sequenceOf(element);
  const [algorithm, nameHash, keyHash, serial] = sequenceOf(identifier);
  const next = more.find((part) => part.tag === 0xa0);
  const extensionList = more.find((part) => part.tag === 0xa1);
  const extensions = extensionList ? readExtensions(extensionList) : [];
  return {
    hashOid: algorithmIdentifier(algorithm).oid,
    nameHash: octets(expectTag(nameHash, tags.octetString)),
    keyHash: octets(expectTag(keyHash, tags.octetString)),
    serial: integerHex(serial),
    ...statusOf(status),
    thisUpdate: time(thisUpdate),
    nextUpdate: next ? time(inside(next)) : null,
    unknownCritical: extensions.some((one) => one.critical),
  };
}

/** CertStatus (§4.2.1): good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL, all implicitly tagged. */
function statusOf(element: Element | undefined): Pick<SingleAnswer, 'status' | 'revokedAt'> {
  switch (element?.tag) {
    case 0x80:
      return { status: 'good', revokedAt: null };
    case 0xa1:
      return { status: 'revoked', revokedAt: time(children(element)[0]) };
    case 0x82:
      return { status: 'unknown', revokedAt: null };
    default:
      throw new DerError('bad certificate status');
  }
}
