import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * How a sealed object's bytes lie: "ELOB1\n", 7 random bytes, then chunks of 64 KiB, each AES-256-GCM with its tag
 * behind. In the manner of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): nonce = the random bytes, chunk number,
 * last-chunk flag; chunks cannot be reordered, exchanged or cut off.
 */
const magic = Buffer.from('ELOB1\n');
const prefixLength = 7;
const tagLength = 16;

export const headLength = magic.length + prefixLength;
export const chunkSize = 65_536;
export const sealedChunkSize = chunkSize + tagLength;
/** AES-256. */
export const objectKeyLength = 32;

export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

function nonce(prefix: Uint8Array, index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.set(prefix, 0);
  bytes.writeUInt32BE(index, prefixLength);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}

/** Seals content that arrives in parts of any size; `push` and `end` hand over what is ready to be written. */
export function createSealer(key: Uint8Array): {
  head: Buffer;
  push(part: Uint8Array): Buffer[];
  end(): Buffer;
} {
  const prefix = randomBytes(prefixLength);
  const pending = Buffer.alloc(chunkSize);
  let held = 0;
  let index = 0;
  const sealed = (last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(prefix, index, last));
    const body = cipher.update(pending.subarray(0, held));
    index += 1;
    held = 0;
    return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
  };
  return {
    head: Buffer.concat([magic, prefix]),
    push(part) {
      const ready: Buffer[] = [];
      let at = 0;
      while (at < part.length) {
        // A full chunk waits until there is more: the last one is sealed as the last.
        if (held === chunkSize) ready.push(sealed(false));
        const taken = part.subarray(at, at + chunkSize - held);
        pending.set(taken, held);
        held += taken.length;
        at += taken.length;
      }
      return ready;
    },
    end() {
      const last = sealed(true);
      pending.fill(0);
      return last;
    },
  };
}

/** The random bytes of a head, or null when this is no sealed object. */
export function readHead(head: Uint8Array): Buffer | null {
  const bytes = Buffer.from(head);
  if (bytes.length !== headLength || !bytes.subarray(0, magic.length).equals(magic)) return null;
  return bytes.subarray(magic.length);
}

/** @throws Error when the chunk is not that one of that object. */
export function openChunk(
  key: Uint8Array,
  prefix: Uint8Array,
  index: number,
  last: boolean,
  chunk: Uint8Array,
): Buffer {
  const body = chunk.length - tagLength;
  if (body < 0) throw new RangeError('chunk too short');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(prefix, index, last));
  decipher.setAuthTag(chunk.subarray(body));
  return Buffer.concat([decipher.update(chunk.subarray(0, body)), decipher.final()]);
}
