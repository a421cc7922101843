import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The two ciphers of PDF files (ISO 32000-2 §7.6.3). Old and weak ones are here to read what exists. */

const block = 16;

/** RC4, written out because neither OpenSSL 3 nor every BoringSSL build still offers it. Its own inverse. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number): void => {
    const kept = state[one] ?? 0;
    state[one] = state[other] ?? 0;
    state[other] = kept;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  const out = new Uint8Array(data.length);
  for (let at = 0, i = 0, j = 0; at < data.length; at++) {
    i = (i + 1) & 0xff;
    j = (j + (state[i] ?? 0)) & 0xff;
    swap(i, j);
    out[at] = (data[at] ?? 0) ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 0xff] ?? 0);
  }
  return out;
}

const cbc = (key: Uint8Array): string => `aes-${key.length * 8}-cbc`;

/** Whole blocks without padding, the initialisation vector given. */
export function aesBlocks(
  direction: 'encrypt' | 'decrypt',
  key: Uint8Array,
  vector: Uint8Array,
  data: Uint8Array,
): Buffer {
  const cipher =
    direction === 'encrypt' ? createCipheriv(cbc(key), key, vector) : createDecipheriv(cbc(key), key, vector);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

/** Vector first, padded as PKCS #7 says (§7.6.3.1). */
export function aesEncrypt(key: Uint8Array, data: Uint8Array): Buffer {
  const vector = randomBytes(block);
  const cipher = createCipheriv(cbc(key), key, vector);
  return Buffer.concat([vector, cipher.update(data), cipher.final()]);
}

/** Null where the data are no vector and whole, well-padded blocks. An empty value may lack even the vector. */
export function aesDecrypt(key: Uint8Array, data: Uint8Array): Uint8Array | null {
  if (data.length === 0) return new Uint8Array(0);
  if (data.length < 2 * block || data.length % block !== 0) return null;
  const plain = aesBlocks('decrypt', key, data.subarray(0, block), data.subarray(block));
  const padding = plain.at(-1) ?? 0;
  if (padding < 1 || padding > block) return null;
  return new Uint8Array(plain.buffer, plain.byteOffset, plain.length - padding);
}

export const md5 = (...parts: readonly Uint8Array[]): Buffer => hash('md5', ...parts);

export function hash(name: string, ...parts: readonly Uint8Array[]): Buffer {
  const running = createHash(name);
  for (const part of parts) running.update(part);
  return running.digest();
}
