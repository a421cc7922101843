import { algorithmIdentifier } from '../algorithms.ts';
import type { AlgorithmIdentifier } from '../algorithms.ts';
import {
  children,
  DerError,
  expectTag,
  inside,
  octets,
  octetString,
  oid,
  raw,
  readOuter,
  sequenceOf,
  setOf,
  smallInteger,
  tags,
} from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { cmsOids } from '../oids.ts';
import { attributesOf, readSignedAttributes } from './attributes.ts';
import type { Attribute, SignedAttributes } from './attributes.ts';
import { issuerAndSerial } from './issuer-serial.ts';
import type { IssuerAndSerial } from './issuer-serial.ts';

/** SignedData as read (RFC 5652 §5). All byte arrays are views of the input. */
export interface SignedData {
  readonly version: number;
  /** Object identifiers. */
  readonly digestAlgorithms: readonly string[];
  /** Type of the (possibly detached) content, such as id-data. */
  readonly contentType: string;
  /** null where the content is detached. */
  readonly content: Uint8Array | null;
  /** DER of each X.509 certificate; other certificate choices are left out. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

export type SignerIdentifier =
  | ({ readonly kind: 'issuer-and-serial' } & IssuerAndSerial)
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array };

export interface SignerInfo {
  readonly version: number;
  readonly sid: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** null where there are none: the signature is then over the content itself. */
  readonly signedAttributes: SignedAttributes | null;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly Attribute[];
  /** DER of each signature-time-stamp token (RFC 3161 appendix A). */
  readonly signatureTimeStamps: readonly Uint8Array[];
}

const maximumSigners = 64;
const maximumCertificates = 256;

/**
 * Reads a ContentInfo that holds SignedData, in DER or BER, with or without zero padding behind it.
 * @throws DerError where it is anything else.
 */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const [type, wrapped] = sequenceOf(readOuter(bytes));
  if (oid(type) !== cmsOids.signedData || wrapped?.tag !== 0xa0) throw new DerError('not SignedData');
  const [version, algorithms, encapsulated, ...rest] = sequenceOf(inside(wrapped));
  const signerInfos = rest.at(-1);
  const certificates = rest.find((part) => part.tag === 0xa0);
  const crls = rest.find((part) => part.tag === 0xa1);
  const [contentType, contentWrapper] = sequenceOf(encapsulated);
  if (contentWrapper && contentWrapper.tag !== 0xa0) throw new DerError('bad encapsulated content');
  const signers = setOf(signerInfos);
  const certificateElements = certificates ? children(certificates) : [];
  if (signers.length > maximumSigners || certificateElements.length > maximumCertificates) {
    throw new DerError('too many signers or certificates');
  }
  return {
    version: smallInteger(version),
    digestAlgorithms: setOf(algorithms).map((algorithm) => algorithmIdentifier(algorithm).oid),
    contentType: oid(contentType),
    content: contentWrapper ? encapsulatedContent(inside(contentWrapper)) : null,
    certificates: certificateElements.filter((c) => c.tag === tags.sequence).map(raw),
    crls: crls
      ? children(crls)
          .filter((c) => c.tag === tags.sequence)
          .map(raw)
      : [],
    signerInfos: signers.map(readSignerInfo),
  };
}

/** PKCS #7 1.5 allowed any type here; RFC 5652 §5.2.1 says how its content is then hashed. */
const encapsulatedContent = (element: Element): Uint8Array =>
  (element.tag & ~0x20) === tags.octetString
    ? octets(element)
    : element.source.subarray(element.contentStart, element.contentEnd);

function readSignerInfo(element: Element): SignerInfo {
  const [version, sid, digestAlgorithm, ...rest] = sequenceOf(element);
  const signed = rest[0]?.tag === 0xa0 ? rest[0] : null;
  const [signatureAlgorithm, signature, ...unsigned] = rest.slice(signed ? 1 : 0);
  if (!sid || unsigned.length > 1) throw new DerError('bad signer info');
  const unsignedAttributes = unsigned[0] ? attributesOf(expectTag(unsigned[0], 0xa1)) : [];
  return {
    version: smallInteger(version),
    sid: signerIdentifier(sid),
    digestAlgorithm: algorithmIdentifier(digestAlgorithm),
    signedAttributes: signed && readSignedAttributes(signed),
    signatureAlgorithm: algorithmIdentifier(signatureAlgorithm),
    signature: octetString(signature),
    unsignedAttributes,
    signatureTimeStamps: unsignedAttributes
      .filter((attribute) => attribute.type === cmsOids.signatureTimeStamp)
      .flatMap((attribute) => attribute.values),
  };
}

function signerIdentifier(element: Element): SignerIdentifier {
  if (element.tag === tags.sequence) return { kind: 'issuer-and-serial', ...issuerAndSerial(element) };
  if (element.tag === 0x80 || element.tag === 0xa0) {
    return { kind: 'key-identifier', keyIdentifier: octets(element) };
  }
  throw new DerError('bad signer identifier');
}
