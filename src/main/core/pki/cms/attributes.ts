import { algorithmIdentifier } from '../algorithms.ts';
import type { AlgorithmIdentifier } from '../algorithms.ts';
import {
  children,
  content,
  DerError,
  octetString,
  oid,
  raw,
  readOuter,
  sequenceOf,
  setOf,
  tags,
  time,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { tlv } from '../der/write.ts';
import { cmsOids } from '../oids.ts';
import { issuerSerial } from './issuer-serial.ts';
import type { IssuerAndSerial } from './issuer-serial.ts';

/** Attributes of a SignerInfo (RFC 5652 §11, RFC 5035, RFC 6211). */

export interface Attribute {
  readonly type: string;
  /** Each value as an element. */
  readonly values: readonly Uint8Array[];
}

export interface SigningCertificateReference {
  readonly version: 1 | 2;
  readonly certificates: readonly {
    /** Object identifier of the digest. */
    readonly hashOid: string;
    readonly hash: Uint8Array;
    readonly issuerSerial: IssuerAndSerial | null;
  }[];
}

export interface AlgorithmProtection {
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** null where the attribute protects a MAC instead. */
  readonly signatureAlgorithm: AlgorithmIdentifier | null;
}

export interface SignedAttributes {
  /** What the signature is over: the bytes as they stand, under the tag of SET OF (RFC 5652 §5.4). */
  readonly toBeSigned: Uint8Array;
  /** Are the attributes in the order that DER asks for? */
  readonly inDerOrder: boolean;
  /** Object identifiers of all attributes, in encoded order. */
  readonly types: readonly string[];
  readonly contentType: string | null;
  readonly messageDigest: Uint8Array | null;
  readonly signingTime: Date | null;
  readonly signingCertificate: SigningCertificateReference | null;
  readonly algorithmProtection: AlgorithmProtection | null;
}

const maximumAttributes = 256;

export function attributesOf(element: Element): Attribute[] {
  const found = children(element).map((attribute): Attribute => {
    const [type, values] = sequenceOf(attribute);
    return { type: oid(type), values: setOf(values).map(raw) };
  });
  if (found.length > maximumAttributes) throw new DerError('too many attributes');
  return found;
}

/**
 * @param element the [0] IMPLICIT SET OF of a SignerInfo.
 * @throws DerError also where an attribute that decides occurs twice or has several values (RFC 5652 §11).
 */
export function readSignedAttributes(element: Element): SignedAttributes {
  const attributes = attributesOf(element);
  const single = (type: string): Element | null => {
    const [first, ...others] = attributes.filter((attribute) => attribute.type === type);
    if (!first) return null;
    const [value] = first.values;
    if (others.length > 0 || first.values.length !== 1 || !value) throw new DerError('attribute not single');
    return readOuter(value);
  };
  const encodings = children(element).map(raw);
  const contentType = single(cmsOids.contentType);
  const messageDigest = single(cmsOids.messageDigest);
  const signingTime = single(cmsOids.signingTime);
  const protection = single(cmsOids.algorithmProtection);
  return {
    toBeSigned: element.indefinite
      ? tlv(tags.set, content(element))
      : Buffer.concat([Buffer.of(tags.set), raw(element).subarray(1)]),
    inDerOrder: encodings.every((e, i) => i === 0 || Buffer.compare(encodings[i - 1] ?? e, e) <= 0),
    types: attributes.map((attribute) => attribute.type),
    contentType: contentType && oid(contentType),
    messageDigest: messageDigest && octetString(messageDigest),
    signingTime: signingTime && time(signingTime),
    signingCertificate: signingCertificate(
      single(cmsOids.signingCertificateV2),
      single(cmsOids.signingCertificate),
    ),
    algorithmProtection: protection && algorithmProtection(protection),
  };
}

/** Where both versions are given, the second counts (RFC 5035 §5.4: it replaces the first). */
function signingCertificate(v2: Element | null, v1: Element | null): SigningCertificateReference | null {
  const attribute = v2 ?? v1;
  if (!attribute) return null;
  const certificates = sequenceOf(sequenceOf(attribute)[0]).map((element) => {
    const parts = sequenceOf(element);
    // ESSCertIDv2: the algorithm comes first and defaults to SHA-256; version 1 is always SHA-1
    const named = v2 && parts[0]?.tag === tags.sequence ? algorithmIdentifier(parts.shift()) : null;
    const [hash, issuer] = parts;
    return {
      hashOid: named?.oid ?? (v2 ? '2.16.840.1.101.3.4.2.1' : '1.3.14.3.2.26'),
      hash: octetString(hash),
      issuerSerial: issuer ? issuerSerial(issuer) : null,
    };
  });
  return { version: v2 ? 2 : 1, certificates };
}

function algorithmProtection(element: Element): AlgorithmProtection {
  const [digestAlgorithm, ...rest] = sequenceOf(element);
  const signature = rest.find((part) => part.tag === 0xa1);
  return {
    digestAlgorithm: algorithmIdentifier(digestAlgorithm),
    signatureAlgorithm: signature ? algorithmIdentifier({ ...signature, tag: tags.sequence }) : null,
  };
}
