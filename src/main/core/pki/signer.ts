import { constants, createPublicKey, sign as signWithKey } from 'node:crypto';
import type { KeyObject, SignKeyObjectInput } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../contract/errors.ts';
import { publicKey } from './algorithms.ts';
import { privateKeyFromPkcs8 } from './private-key.ts';
import { saltLength, signingAlgorithm } from './signing-algorithm.ts';
import type { AlgorithmWish, SigningAlgorithm } from './signing-algorithm.ts';
import { parseCertificate } from './x509/certificate.ts';
import type { Certificate } from './x509/certificate.ts';

/** What can put a signature value under data. Where the key lives is the signer's own business. */
export interface Signer {
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the issuers to be sent along, nearest first. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SigningAlgorithm;
  /** The signature value over `data` (which it hashes itself), ECDSA as a DER sequence. */
  sign(data: Uint8Array): Promise<Buffer>;
  /** The same off this thread, for who has other things to do meanwhile; absent where it makes no difference. */
  readonly signAside?: (data: Uint8Array) => Promise<Buffer>;
}

/** Is this the private half of the certificate's key? */
export function keyFits(key: KeyObject, certificate: Certificate): boolean {
  const certified = publicKey(certificate.publicKeyInfo);
  return certified !== null && createPublicKey(key).equals(certified);
}

const signAsync = promisify<string | null, Uint8Array, SignKeyObjectInput, Buffer>(signWithKey);

/** Octets up to which an operation is over sooner than a turn through the thread pool: RSA-2048, all curves. */
const quickLength = 256;

/** Signs whole data with a key in memory; what takes long is done off the main thread. */
export async function signInMemory(
  algorithm: SigningAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  aside = false,
): Promise<Buffer> {
  const scheme =
    algorithm.kind === 'rsa-pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLength(algorithm) }
      : {};
  const hash = algorithm.kind === 'eddsa' ? null : algorithm.digest;
  const slow = algorithm.maximumLength > quickLength;
  return slow || aside
    ? signAsync(hash, data, { key, ...scheme })
    : signWithKey(hash, data, { key, ...scheme });
}

/**
 * A signer that holds the key in this process's memory.
 * @param privateKeyDer PrivateKeyInfo (PKCS #8) in DER.
 * @throws AppError KEY_UNSUPPORTED {algorithm}, KEY_MISMATCH, CERTIFICATE_UNREADABLE
 */
export function signerFromPkcs8(
  privateKeyDer: Uint8Array,
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
  wish: AlgorithmWish = {},
): Signer {
  const parsed = parseCertificate(certificate);
  const algorithm = signingAlgorithm(parsed, wish);
  let key: KeyObject;
  try {
    key = privateKeyFromPkcs8(privateKeyDer);
  } catch (cause) {
    throw new AppError('KEY_MISMATCH', undefined, cause);
  }
  if (!keyFits(key, parsed)) throw new AppError('KEY_MISMATCH');
  return {
    certificate,
    chain,
    algorithm,
    sign: (data) => signInMemory(algorithm, key, data),
    signAside: (data) => signInMemory(algorithm, key, data, true),
  };
}
