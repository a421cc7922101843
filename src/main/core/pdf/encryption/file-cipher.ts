import { AppError } from '../../contract/errors.ts';
import { arrayOf, dictOf, isArray, isDict, isStream, isString, nameOf } from '../values.ts';
import type { PdfDict, PdfStream, PdfValue } from '../values.ts';
import { aesDecrypt, aesEncrypt, md5, rc4 } from './ciphers.ts';
import { fileKey } from './file-key.ts';
import type { OpenedKey } from './file-key.ts';

/**
 * Encryption of a file by the standard security handler (ISO 32000-2 §7.6): every string and stream of every
 * object with a key of its own, except what the standard leaves plain.
 */
export interface FileCipher {
  /** Whose password opened the file; the owner may do everything. */
  readonly openedAs: 'owner' | 'user';
  /** May this reader fill in and sign form fields (bits 6 and 9 of /P, Table 22)? */
  readonly mayFillForms: boolean;
  /** Undefined where something in the value is not what the cipher makes. */
  decrypt(owner: ObjectId, value: PdfValue): PdfValue | undefined;
  encrypt(owner: ObjectId, value: PdfValue): PdfValue;
}

export interface ObjectId {
  readonly num: number;
  readonly gen: number;
}

type Method = 'none' | 'rc4' | 'aes-128' | 'aes-256';

interface Keys {
  readonly strings: Method;
  readonly streams: Method;
  readonly named: (filter: string) => Method;
  readonly key: Uint8Array;
  readonly encryptMetadata: boolean;
}

type Get = (holder: PdfValue | undefined, key: string) => PdfValue;

/**
 * @param dictionary the trailer's /Encrypt.
 * @param get follows references.
 * @param password empty opens files that anybody may read.
 * @throws AppError PDF_ENCRYPTED where a password is needed, PDF_PASSWORD_WRONG, PDF_ENCRYPTION_UNSUPPORTED
 */
export function openCipher(
  dictionary: PdfDict,
  identifier: Uint8Array,
  get: Get,
  password: string | null,
): FileCipher {
  const number = (key: string): number | null => {
    const value = get(dictionary, key);
    return typeof value === 'number' ? value : null;
  };
  const octets = (key: string): Uint8Array => {
    const value = get(dictionary, key);
    return isString(value) ? value.bytes : new Uint8Array(0);
  };
  const version = number('V') ?? 0;
  const revision = number('R') ?? 0;
  const standard = nameOf(get(dictionary, 'Filter')) === 'Standard';
  if (!standard || ![1, 2, 4, 5].includes(version) || revision < 2 || revision > 6)
    throw new AppError('PDF_ENCRYPTION_UNSUPPORTED');
  const encryptMetadata = get(dictionary, 'EncryptMetadata') !== false;
  const handler = {
    revision,
    keyLength: keyLength(version, number('Length') ?? 40),
    owner: octets('O'),
    user: octets('U'),
    ownerKey: octets('OE'),
    userKey: octets('UE'),
    permissions: (number('P') ?? 0) | 0,
    encryptMetadata,
    identifier,
  };
  const opened = fileKey(handler, password ?? '') ?? (password ? fileKey(handler, '') : null);
  if (!opened) throw new AppError(password ? 'PDF_PASSWORD_WRONG' : 'PDF_ENCRYPTED');
  const named = (filter: string): Method => methodOf(get, dictionary, filter);
  const chosen = (key: string): Method =>
    version < 4 ? 'rc4' : named(nameOf(get(dictionary, key)) ?? 'Identity');
  const keys = {
    strings: chosen('StrF'),
    streams: chosen('StmF'),
    named,
    key: opened.key,
    encryptMetadata,
  };
  return cipher(keys, opened, handler.permissions);
}

/** Version 1 has 40 bits, version 4 always 128 (§7.6.2). */
function keyLength(version: number, bits: number): number {
  if (version === 1) return 5;
  if (version === 4) return 16;
  if (version === 5) return 32;
  if (bits < 40 || bits > 128 || bits % 8 !== 0) throw new AppError('PDF_ENCRYPTION_UNSUPPORTED');
  return bits / 8;
}

/** A crypt filter's method (Table 25). */
function methodOf(get: Get, dictionary: PdfDict, filter: string): Method {
  if (filter === 'Identity') return 'none';
  switch (nameOf(get(get(get(dictionary, 'CF'), filter), 'CFM'))) {
    case 'V2':
      return 'rc4';
    case 'AESV2':
      return 'aes-128';
    case 'AESV3':
      return 'aes-256';
    case 'None':
      return 'none';
    default:
      throw new AppError('PDF_ENCRYPTION_UNSUPPORTED');
  }
}

function cipher(keys: Keys, opened: OpenedKey, permissions: number): FileCipher {
  return {
    openedAs: opened.as,
    mayFillForms: opened.as === 'owner' || (permissions & (0x20 | 0x100)) !== 0,
    decrypt: (owner, value) => decrypted(keys, owner, value),
    encrypt: (owner, value) => encrypted(keys, owner, value),
  };
}

/** Algorithm 1: a key for each object, except with AES-256. */
function objectKey(keys: Keys, method: Method, { num, gen }: ObjectId): Uint8Array {
  if (method === 'aes-256') return keys.key;
  const place = Buffer.of(num & 0xff, (num >> 8) & 0xff, (num >> 16) & 0xff, gen & 0xff, (gen >> 8) & 0xff);
  const salt = method === 'aes-128' ? Buffer.from('sAlT') : Buffer.alloc(0);
  return md5(keys.key, place, salt).subarray(0, Math.min(16, keys.key.length + 5));
}

/** Undefined where the data are not what the method makes. */
function decryptBytes(keys: Keys, method: Method, owner: ObjectId, data: Uint8Array): Uint8Array | undefined {
  if (method === 'none') return data;
  const key = objectKey(keys, method, owner);
  return method === 'rc4' ? rc4(key, data) : (aesDecrypt(key, data) ?? undefined);
}

function encryptBytes(keys: Keys, method: Method, owner: ObjectId, data: Uint8Array): Uint8Array {
  if (method === 'none') return data;
  const key = objectKey(keys, method, owner);
  return method === 'rc4' ? rc4(key, data) : aesEncrypt(key, data);
}

/** The method for a stream's data; cross-reference streams and, if so stated, metadata stay plain. */
function streamMethod(keys: Keys, dict: PdfDict): Method {
  const type = nameOf(dict.entries.get('Type'));
  if (type === 'XRef' || (type === 'Metadata' && !keys.encryptMetadata)) return 'none';
  const filter = dict.entries.get('Filter');
  const first = isArray(filter) ? filter.items[0] : filter;
  if (nameOf(first) !== 'Crypt') return keys.streams;
  const given = dict.entries.get('DecodeParms');
  const parameters = isArray(given) ? given.items[0] : given;
  return keys.named((isDict(parameters) ? nameOf(parameters.entries.get('Name')) : null) ?? 'Identity');
}

/** The digital signature itself is never encrypted (§7.6.2): others must be able to find it. */
const isPlain = (holder: PdfDict, key: string): boolean =>
  key === 'Contents' && holder.entries.has('ByteRange');

/** The same value with every string exchanged. */
function mapped(value: PdfValue, change: (bytes: Uint8Array) => Uint8Array): PdfValue {
  if (isString(value)) return { ...value, bytes: change(value.bytes) };
  if (isArray(value)) return arrayOf(value.items.map((item) => mapped(item, change)));
  if (!isDict(value)) return value;
  const entries = new Map<string, PdfValue>();
  for (const [key, entry] of value.entries) {
    entries.set(key, isPlain(value, key) ? entry : mapped(entry, change));
  }
  return { ...dictOf(entries), duplicates: value.duplicates, start: value.start, end: value.end };
}

function decrypted(keys: Keys, owner: ObjectId, value: PdfValue): PdfValue | undefined {
  let sound = true;
  const change = (bytes: Uint8Array): Uint8Array => {
    const plain = decryptBytes(keys, keys.strings, owner, bytes);
    if (!plain) sound = false;
    return plain ?? new Uint8Array(0);
  };
  if (!isStream(value)) {
    const plain = mapped(value, change);
    return sound ? plain : undefined;
  }
  if (nameOf(value.dict.entries.get('Type')) === 'XRef') return value;
  const dict = mapped(value.dict, change);
  if (!isDict(dict) || !sound) return undefined;
  if (value.leftOut)
    return {
      kind: 'stream',
      dict,
      leftOut: true,
      get raw() {
        return value.raw;
      },
    };
  const method = streamMethod(keys, value.dict);
  const wholeBlocks = value.raw.length === 0 || (value.raw.length >= 32 && value.raw.length % 16 === 0);
  if ((method === 'aes-128' || method === 'aes-256') && !wholeBlocks) return undefined;
  return lazyStream(dict, () => decryptBytes(keys, method, owner, value.raw) ?? new Uint8Array(0));
}

/** Streams are decrypted when somebody asks for their data: most never are, and some are large. */
function lazyStream(dict: PdfDict, open: () => Uint8Array): PdfStream {
  let raw: Uint8Array | null = null;
  return {
    kind: 'stream',
    dict,
    get raw() {
      return (raw ??= open());
    },
  };
}

function encrypted(keys: Keys, owner: ObjectId, value: PdfValue): PdfValue {
  const change = (bytes: Uint8Array): Uint8Array => encryptBytes(keys, keys.strings, owner, bytes);
  if (!isStream(value)) return mapped(value, change);
  const dict = mapped(value.dict, change);
  const method = streamMethod(keys, value.dict);
  return {
    kind: 'stream',
    dict: isDict(dict) ? dict : value.dict,
    raw: encryptBytes(keys, method, owner, value.raw),
  };
}
