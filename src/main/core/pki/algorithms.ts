import { constants, createHash, createPublicKey, createVerify, verify } from 'node:crypto';
import type { Hash, KeyObject, VerifyKeyObjectInput } from 'node:crypto';
import { bitStringOf, nullValue, objectIdentifier, sequence } from './der/write.ts';
import {
  bitString,
  DerError,
  inside,
  oid,
  raw,
  readOuter,
  sequenceOf,
  smallInteger,
  tags,
} from './der/read.ts';
import type { Element } from './der/read.ts';
import { curveOids, digestOids, keyOids } from './oids.ts';
import { remember } from './remember.ts';
import { portableDigest, portableEcdsa, portableEd448, portablePss, portableRsa } from './portable.ts';

/**
 * Which digest and which signature scheme an AlgorithmIdentifier names, and whether a signature value fits.
 * Every operation is node:crypto's as far as it goes; what Electron's BoringSSL lacks (brainpool, SHA-3, Ed448)
 * comes from portable.ts. What neither knows is `unsupported`, never `invalid`.
 */

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** DER of the parameters; null where they are absent. */
  readonly parameters: Uint8Array | null;
}

export function algorithmIdentifier(element: Element | undefined): AlgorithmIdentifier {
  const [type, parameters] = sequenceOf(element);
  return { oid: oid(type), parameters: parameters ? raw(parameters) : null };
}

/** The digest's name as node:crypto spells it (`sha256`), or null for an identifier that is unknown. */
export const digestName = (algorithm: string): string | null => digestOids[algorithm] ?? null;

const asked = new Map<string, boolean>();

/** Asked by trying: what a runtime lists and what it can do are two things. */
export function digestSupported(name: string): boolean {
  let known = asked.get(name);
  if (known === undefined) {
    try {
      digest(name, []);
      known = true;
    } catch {
      known = false;
    }
    asked.set(name, known);
  }
  return known;
}

/** @throws Error where `digestSupported(name)` is false. */
export function digest(name: string, chunks: readonly Uint8Array[]): Buffer {
  const hash = newHash(name);
  if (!hash) {
    const made = portableDigest(name, chunks);
    if (made) return made;
    throw new Error(`digest ${name} is not supported`);
  }
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}

/** null where this OpenSSL or BoringSSL does not know the digest. */
function newHash(name: string): Hash | null {
  try {
    return createHash(name, name === 'shake256' ? { outputLength: 64 } : {});
  } catch {
    return null;
  }
}

export interface SignatureScheme {
  readonly kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'plain-ecdsa' | 'eddsa';
  /** Digest over the signed bytes; null where the key's scheme brings its own (EdDSA). */
  readonly hash: string | null;
  /** RSA-PSS only. */
  readonly saltLength?: number;
}

const fixedSchemes: Readonly<Record<string, readonly [SignatureScheme['kind'], string]>> = {
  '1.2.840.113549.1.1.4': ['rsa-pkcs1', 'md5'],
  '1.2.840.113549.1.1.5': ['rsa-pkcs1', 'sha1'],
  '1.2.840.113549.1.1.14': ['rsa-pkcs1', 'sha224'],
  '1.2.840.113549.1.1.11': ['rsa-pkcs1', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa-pkcs1', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa-pkcs1', 'sha512'],
  '2.16.840.1.101.3.4.3.13': ['rsa-pkcs1', 'sha3-224'],
  '2.16.840.1.101.3.4.3.14': ['rsa-pkcs1', 'sha3-256'],
  '2.16.840.1.101.3.4.3.15': ['rsa-pkcs1', 'sha3-384'],
  '2.16.840.1.101.3.4.3.16': ['rsa-pkcs1', 'sha3-512'],
  '1.2.840.10045.4.1': ['ecdsa', 'sha1'],
  '1.2.840.10045.4.3.1': ['ecdsa', 'sha224'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'sha256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'sha384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'sha512'],
  '2.16.840.1.101.3.4.3.9': ['ecdsa', 'sha3-224'],
  '2.16.840.1.101.3.4.3.10': ['ecdsa', 'sha3-256'],
  '2.16.840.1.101.3.4.3.11': ['ecdsa', 'sha3-384'],
  '2.16.840.1.101.3.4.3.12': ['ecdsa', 'sha3-512'],
  // BSI TR-03111 §5.2: r and s side by side instead of a DER sequence
  '0.4.0.127.0.7.1.1.4.1.1': ['plain-ecdsa', 'sha1'],
  '0.4.0.127.0.7.1.1.4.1.2': ['plain-ecdsa', 'sha224'],
  '0.4.0.127.0.7.1.1.4.1.3': ['plain-ecdsa', 'sha256'],
  '0.4.0.127.0.7.1.1.4.1.4': ['plain-ecdsa', 'sha384'],
  '0.4.0.127.0.7.1.1.4.1.5': ['plain-ecdsa', 'sha512'],
};

/** RSASSA-PSS-params (RFC 4055 §3.1). A mask digest other than the message digest is not verifiable here. */
function pssScheme(parameters: Uint8Array | null): SignatureScheme | null {
  let hash: string | null = 'sha1';
  let maskHash: string | null = 'sha1';
  let saltLength = 20;
  if (parameters) {
    for (const field of sequenceOf(readOuter(parameters))) {
      const value = inside(field);
      if (field.tag === 0xa0) hash = digestName(algorithmIdentifier(value).oid);
      else if (field.tag === 0xa1) maskHash = maskDigest(algorithmIdentifier(value));
      else if (field.tag === 0xa2) saltLength = smallInteger(value);
      else if (field.tag !== 0xa3 || smallInteger(value) !== 1) throw new DerError('bad PSS parameters');
    }
  }
  if (!hash || hash !== maskHash || saltLength > 512) return null;
  return { kind: 'rsa-pss', hash, saltLength };
}

function maskDigest(mask: AlgorithmIdentifier): string | null {
  if (mask.oid !== keyOids.mgf1 || !mask.parameters) return null;
  return digestName(algorithmIdentifier(readOuter(mask.parameters)).oid);
}

/**
 * @param messageDigest for identifiers that name only the key type, as CMS allows (RFC 5754 §3.2): the digest
 *   of the SignerInfo. Null in a certificate, where such an identifier is wrong.
 * @returns null for a scheme that is unknown or that node:crypto cannot do.
 * @throws DerError for parameters that cannot be read.
 */
export function signatureScheme(
  algorithm: AlgorithmIdentifier,
  messageDigest: string | null,
): SignatureScheme | null {
  const fixed = fixedSchemes[algorithm.oid];
  if (fixed) return { kind: fixed[0], hash: fixed[1] };
  if (algorithm.oid === keyOids.rsassaPss) return pssScheme(algorithm.parameters);
  if (algorithm.oid === keyOids.ed25519 || algorithm.oid === keyOids.ed448)
    return { kind: 'eddsa', hash: null };
  if (!messageDigest) return null;
  if (algorithm.oid === keyOids.rsaEncryption) return { kind: 'rsa-pkcs1', hash: messageDigest };
  if (algorithm.oid === keyOids.ecPublicKey) return { kind: 'ecdsa', hash: messageDigest };
  return null;
}

const kindNames = {
  'rsa-pkcs1': 'RSA-PKCS1',
  'rsa-pss': 'RSA-PSS',
  ecdsa: 'ECDSA',
  'plain-ecdsa': 'PLAIN-ECDSA',
  eddsa: 'EdDSA',
} as const;

/** As a report shows it, such as `RSA-PKCS1/SHA-256`. */
export const schemeName = (scheme: SignatureScheme): string =>
  scheme.hash ? `${kindNames[scheme.kind]}/${digestTitle(scheme.hash)}` : kindNames[scheme.kind];

/** `SHA-256`, `SHA3-256`, `MD5`. */
export const digestTitle = (name: string): string => name.replace(/^sha(\d{1,3})$/, 'SHA-$1').toUpperCase();

export type SignatureVerdict = 'valid' | 'invalid' | 'unsupported';

const keyTypes: Readonly<Record<SignatureScheme['kind'], readonly string[]>> = {
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  'plain-ecdsa': ['ec'],
  eddsa: ['ed25519', 'ed448'],
};

/**
 * Checks a signature value over whole data. node:crypto is strict where it matters: PKCS#1 padding is compared
 * whole (a DigestInfo without NULL fails), the PSS salt has exactly the stated length.
 */
export function verifySignature(
  scheme: SignatureScheme,
  publicKeyInfo: Uint8Array,
  data: Uint8Array | readonly Uint8Array[],
  signature: Uint8Array,
): SignatureVerdict {
  if (scheme.hash && !digestSupported(scheme.hash)) return 'unsupported';
  // a key marked for PSS must not be used otherwise (RFC 4055 §1.2)
  if (scheme.kind !== 'rsa-pss' && keyAlgorithm(publicKeyInfo) === keyOids.rsassaPss) return 'invalid';
  const key = publicKey(publicKeyInfo);
  if (!key) return verifyPortably(scheme, null, publicKeyInfo, data, signature);
  if (!keyTypes[scheme.kind].includes(key.asymmetricKeyType ?? '')) return 'invalid';
  try {
    const options = { key, ...keyOptions(scheme) };
    return holds(scheme.hash, data, options, signature) ? 'valid' : 'invalid';
  } catch {
    // an operation that this OpenSSL or BoringSSL refuses, such as a digest too long for the modulus
    return verifyPortably(scheme, key, publicKeyInfo, data, signature);
  }
}

/** What the runtime's library cannot do; `unsupported` where nobody here can. */
function verifyPortably(
  scheme: SignatureScheme,
  key: KeyObject | null,
  publicKeyInfo: Uint8Array,
  data: Uint8Array | readonly Uint8Array[],
  signature: Uint8Array,
): SignatureVerdict {
  const pieces = data instanceof Uint8Array ? [data] : data;
  const { kind, hash, saltLength = 0 } = scheme;
  const [algorithm, bits] = sequenceOf(readOuter(publicKeyInfo));
  const { oid: type, parameters } = algorithmIdentifier(algorithm);
  const point = bitString(bits).bytes;
  let holds: boolean | null = null;
  if (kind === 'eddsa' && type === keyOids.ed448) {
    holds = portableEd448(point, Buffer.concat(pieces), signature);
  } else if (
    (kind === 'ecdsa' || kind === 'plain-ecdsa') &&
    hash &&
    type === keyOids.ecPublicKey &&
    parameters
  ) {
    const named = readOuter(parameters);
    const curve = named.tag === tags.oid ? curveOids[oid(named)] : undefined;
    const format = kind === 'ecdsa' ? 'der' : 'compact';
    holds = curve ? portableEcdsa(curve, point, digest(hash, pieces), signature, format) : null;
  } else if (key && hash && portableDigest(hash, [])) {
    const made = digest(hash, pieces);
    if (kind === 'rsa-pkcs1') holds = portableRsa(key, hash, made, signature);
    else if (kind === 'rsa-pss') holds = portablePss(key, hash, saltLength, made, signature);
  }
  if (holds === null) return 'unsupported';
  return holds ? 'valid' : 'invalid';
}

/** Pieces stay pieces, since they may be a whole file; only EdDSA needs them as one. */
function holds(
  hash: string | null,
  data: Uint8Array | readonly Uint8Array[],
  options: VerifyKeyObjectInput,
  signature: Uint8Array,
): boolean {
  if (data instanceof Uint8Array) return verify(hash, data, options, signature);
  if (hash === null) return verify(null, Buffer.concat(data), options, signature);
  const running = createVerify(hash);
  for (const piece of data) running.update(piece);
  return running.verify(options, signature);
}

function keyOptions(scheme: SignatureScheme): object {
  if (scheme.kind === 'rsa-pss') {
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
  }
  return scheme.kind === 'plain-ecdsa' ? { dsaEncoding: 'ieee-p1363' } : {};
}

/** By the bytes of a certificate that was read once and is used again, such as a signer's own. */
const readKeys = new WeakMap<Uint8Array, KeyObject>();
const keyOf = remember<KeyObject>(64);

/** null for a key that this OpenSSL or BoringSSL does not know. */
export function publicKey(info: Uint8Array): KeyObject | null {
  const known = readKeys.get(info);
  if (known) return known;
  try {
    const text = Buffer.from(info.buffer, info.byteOffset, info.length).toString('latin1');
    const key = keyOf(text, () =>
      createPublicKey({ key: Buffer.from(plainRsa(info)), format: 'der', type: 'spki' }),
    );
    readKeys.set(info, key);
    return key;
  } catch {
    return null;
  }
}

const keyAlgorithms = new WeakMap<Uint8Array, string>();

function keyAlgorithm(info: Uint8Array): string {
  const known = keyAlgorithms.get(info);
  if (known !== undefined) return known;
  const found = algorithmIdentifier(sequenceOf(readOuter(info))[0]).oid;
  keyAlgorithms.set(info, found);
  return found;
}

/** A key marked for PSS only (RFC 4055 §1.2) as a plain RSA key, because BoringSSL knows no such mark. */
function plainRsa(info: Uint8Array): Uint8Array {
  if (keyAlgorithm(info) !== keyOids.rsassaPss) return info;
  const bits = sequenceOf(readOuter(info))[1];
  return sequence(
    sequence(objectIdentifier(keyOids.rsaEncryption), nullValue()),
    bitStringOf(bitString(bits).bytes),
  );
}
