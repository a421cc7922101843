/**
 * Takes away what plain Node's OpenSSL has and Electron's BoringSSL has not; otherwise a test on the host could be
 * green for code that fails in Electron. Lists what BoringSSL keeps (its EVP tables plus what Electron's patches add
 * back) rather than what it lacks, so that something new in Node is missing here until someone checked it.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type Owner = Record<string, unknown>;

const DIGESTS = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512256', 'md5sha1']);
const CIPHERS =
  /^(aes-(128|192|256)-(cbc|ctr|ecb|ofb|gcm)|id-aes(128|192|256)-gcm|aes-(128|256)-cfb|des-(cbc|ecb|ede|ede-cbc|ede3|ede3-cbc)|rc2-(40-)?cbc|rc4)$/;
const CURVES = new Set([
  'prime256v1',
  'secp224r1',
  'secp384r1',
  'secp521r1',
  'P-224',
  'P-256',
  'P-384',
  'P-521',
]);
const KEY_TYPES = new Set(['rsa', 'rsa-pss', 'ec', 'ed25519', 'x25519']);
const WEB_ALGORITHMS =
  /^(rsassa-pkcs1-v1_5|rsa-pss|rsa-oaep|ecdsa|ecdh|ed25519|x25519|aes-(ctr|cbc|gcm)|hmac|hkdf|pbkdf2|sha-(1|256|384|512))$/i;

function missing(message: string, code: string): never {
  throw Object.assign(new Error(message), { code });
}

/** "RSA-SHA256", "sha-256", "SHA512/256" and "sha256" are one digest. */
function digestKnown(name: unknown): boolean {
  if (typeof name !== 'string') return true;
  const plain = name
    .toLowerCase()
    .replace(/^(id-)?(rsa|ecdsa-with)-/, '')
    .replaceAll(/[-/_]/g, '');
  return DIGESTS.has(plain.replace(/with(rsa)encryption$/, ''));
}

function needDigest(name: unknown): void {
  if (!digestKnown(name)) missing('Digest method not supported', 'ERR_CRYPTO_INVALID_DIGEST');
}

function needCipher(name: unknown): void {
  if (typeof name === 'string' && !CIPHERS.test(name.toLowerCase()))
    missing('Unknown cipher', 'ERR_CRYPTO_UNKNOWN_CIPHER');
}

function needCurve(name: unknown): void {
  if (typeof name === 'string' && !CURVES.has(name))
    missing('Invalid EC curve name', 'ERR_CRYPTO_INVALID_CURVE');
}

function needKey(key: crypto.KeyObject): crypto.KeyObject {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const curve = details?.namedCurve;
  if (type !== undefined && (!KEY_TYPES.has(type) || (curve !== undefined && !CURVES.has(curve)))) {
    missing(
      'error:06000079:public key routines:OPENSSL_internal:UNSUPPORTED_ALGORITHM',
      'ERR_OSSL_EVP_UNSUPPORTED_ALGORITHM',
    );
  }
  return key;
}

/** Puts a check in front of a function; `check` sees its arguments and throws for what is not there. */
function before(owner: Owner, name: string, check: (args: readonly unknown[]) => void): void {
  const real = owner[name];
  if (typeof real !== 'function') return;
  const guard = (inner: AnyFunction): AnyFunction =>
    function guarded(this: unknown, ...args: unknown[]) {
      check(args);
      return inner.apply(this, args);
    };
  const guardedReal = guard(real as AnyFunction);
  // generateKeyPair has two results, and promisify knows that by a property that only the real one carries.
  Reflect.set(
    guardedReal,
    promisify.custom,
    guard(promisify(real as Parameters<typeof promisify>[0]) as AnyFunction),
  );
  owner[name] = guardedReal;
}

function checkGeneration([type, options]: readonly unknown[]): void {
  if (typeof type === 'string' && !KEY_TYPES.has(type))
    missing(`Unsupported key type ${type}`, 'ERR_INVALID_ARG_VALUE');
  if (type === 'ec') needCurve((options as { readonly namedCurve?: unknown } | undefined)?.namedCurve);
}

/** The key argument of sign, verify, publicEncrypt …: a KeyObject, or something that becomes one. */
function checkKeyArgument(key: unknown): void {
  if (key instanceof crypto.KeyObject) needKey(key);
  else if (typeof key === 'object' && key !== null && 'key' in key && key.key instanceof crypto.KeyObject)
    needKey(key.key);
}

function removeDigests(owner: Owner): void {
  for (const name of [
    'createHash',
    'hash',
    'createHmac',
    'createSign',
    'createVerify',
    'hkdf',
    'hkdfSync',
    'Hash',
    'Hmac',
  ]) {
    before(owner, name, ([digest]) => needDigest(digest));
  }
  before(owner, 'pbkdf2', (args) => needDigest(args[4]));
  before(owner, 'pbkdf2Sync', (args) => needDigest(args[4]));
  for (const name of ['sign', 'verify']) {
    before(owner, name, ([digest, , key]) => {
      needDigest(digest);
      checkKeyArgument(key);
    });
  }
  const getHashes = crypto.getHashes.bind(crypto);
  owner['getHashes'] = () => getHashes().filter(digestKnown);
}

function removeCiphers(owner: Owner): void {
  for (const name of ['createCipheriv', 'createDecipheriv', 'getCipherInfo'])
    before(owner, name, ([cipher]) => needCipher(cipher));
  const getCiphers = crypto.getCiphers.bind(crypto);
  owner['getCiphers'] = () => getCiphers().filter((name) => CIPHERS.test(name));
}

function removeKeys(owner: Owner): void {
  before(owner, 'createECDH', ([curve]) => needCurve(curve));
  const getCurves = crypto.getCurves.bind(crypto);
  owner['getCurves'] = () => getCurves().filter((name) => CURVES.has(name));
  before(owner, 'generateKeyPair', checkGeneration);
  before(owner, 'generateKeyPairSync', checkGeneration);
  for (const name of ['createPrivateKey', 'createPublicKey']) {
    const real = owner[name] as (...args: unknown[]) => crypto.KeyObject;
    owner[name] = (...args: unknown[]) => needKey(real(...args));
  }
  const publicKey = Object.getOwnPropertyDescriptor(crypto.X509Certificate.prototype, 'publicKey');
  if (publicKey?.get) {
    const { get } = publicKey;
    Object.defineProperty(crypto.X509Certificate.prototype, 'publicKey', {
      ...publicKey,
      get(this: crypto.X509Certificate) {
        return needKey(get.call(this) as crypto.KeyObject);
      },
    });
  }
}

function removeWebAlgorithms(): void {
  const prototype = Object.getPrototypeOf(crypto.webcrypto.subtle) as Owner;
  const nameOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  const argumentOf: Readonly<Record<string, number>> = {
    digest: 0,
    sign: 0,
    verify: 0,
    encrypt: 0,
    decrypt: 0,
    deriveBits: 0,
    deriveKey: 0,
    generateKey: 0,
    importKey: 2,
    unwrapKey: 3,
  };
  for (const [method, index] of Object.entries(argumentOf)) {
    const real = prototype[method] as AnyFunction;
    prototype[method] = async function guarded(this: unknown, ...args: unknown[]) {
      const name = nameOf(args[index]);
      if (typeof name === 'string' && !WEB_ALGORITHMS.test(name)) {
        throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
      }
      return real.apply(this, args);
    };
  }
}

/** Call once per thread, before the app's own modules load. */
export function openGaps(): void {
  const owner = crypto as unknown as Owner;
  // They exist in Electron's Node, and throw.
  for (const name of ['argon2', 'argon2Sync']) {
    owner[name] = () => missing('Argon2 algorithm not supported', 'ERR_CRYPTO_ARGON2_NOT_SUPPORTED');
  }
  for (const name of ['encapsulate', 'decapsulate'])
    owner[name] = () => missing('Not supported', 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM');
  removeDigests(owner);
  removeCiphers(owner);
  removeKeys(owner);
  removeWebAlgorithms();
  syncBuiltinESMExports();
}
