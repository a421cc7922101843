import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { guarded } from './faults.ts';
import { syncFolder, writeSynced } from './files.ts';

/**
 * Sealed objects: PDFs and scans beside the database, each under a key of its own that lives in the database.
 * Content-addressed by SHA-256, but the file's name is an HMAC of it, so that who holds the folder cannot test
 * whether a known document is in it. Chunked AES-256-GCM in the manner of STREAM (Hoang, Reyhanitabar, Rogaway,
 * Vizár 2015): nonce = 7 random bytes, chunk number, last-chunk flag; chunks cannot be reordered or cut off.
 */
const magic = Buffer.from('ELOB1\n');
const chunkSize = 65_536;

export interface SealedObject {
  /** Lower-case hexadecimal SHA-256 of the content. */
  readonly id: string;
  readonly key: Buffer;
  readonly size: number;
}

export interface ObjectStore {
  /** Sealed and fsynced when this returns: only then may a row point to it. */
  put(content: Uint8Array): SealedObject;
  /** Under which name, and where, an object lies. */
  locate(id: string): { readonly name: string; readonly path: string };
  /** @throws AppError OBJECT_DAMAGED when it is missing, altered or cut. */
  get(object: { readonly id: string; readonly key: Uint8Array }): Buffer;
  /**
   * Removes what a crash left half-written. A whole file that no row points to stays: after somebody put an older
   * database back, it may be the only copy of a letter.
   */
  clean(): number;
}

function nonce(prefix: Uint8Array, index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.set(prefix, 0);
  bytes.writeUInt32BE(index, 7);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}

export function openObjectStore(folder: string, nameKey: Uint8Array): ObjectStore {
  const nameOf = (id: string): string => createHmac('sha256', nameKey).update(id).digest('hex');
  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name.slice(2));

  function put(content: Uint8Array): SealedObject {
    const id = createHash('sha256').update(content).digest('hex');
    const key = randomBytes(32);
    const path = pathOf(nameOf(id));
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    syncFolder(folder);
    const temporary = `${path}.new`;
    try {
      writeSynced(temporary, sealedChunks(content, key));
      // Read back before anything may point to it: a medium that lost a byte must not cost a letter.
      if (!unsealChunks(readFileSync(temporary), key)?.equals(content)) throw new AppError('OBJECT_DAMAGED');
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncFolder(join(path, '..'));
    return { id, key, size: content.length };
  }

  function get(object: { readonly id: string; readonly key: Uint8Array }): Buffer {
    let sealed: Buffer;
    try {
      sealed = readFileSync(pathOf(nameOf(object.id)));
    } catch (error) {
      throw new AppError('OBJECT_DAMAGED', undefined, error);
    }
    const content = unsealChunks(sealed, object.key);
    if (!content || createHash('sha256').update(content).digest('hex') !== object.id)
      throw new AppError('OBJECT_DAMAGED');
    return content;
  }

  function clean(): number {
    const unfinished = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.new'),
    );
    for (const name of unfinished) rmSync(join(folder, name), { force: true });
    return unfinished.length;
  }

  return {
    put: (content) => guarded('objects', () => put(content)),
    locate: (id) => ({ name: nameOf(id), path: pathOf(nameOf(id)) }),
    get,
    clean: () => guarded('objects', clean),
  };
}

/** The file's parts: head, then each chunk with its tag. */
function* sealedChunks(content: Uint8Array, key: Uint8Array): Generator<Uint8Array> {
  const prefix = randomBytes(7);
  yield Buffer.concat([magic, prefix]);
  const chunks = Math.max(1, Math.ceil(content.length / chunkSize));
  for (let index = 0; index < chunks; index += 1) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(prefix, index, index === chunks - 1));
    const part = cipher.update(content.subarray(index * chunkSize, (index + 1) * chunkSize));
    yield Buffer.concat([part, cipher.final(), cipher.getAuthTag()]);
  }
}

function unsealChunks(sealed: Buffer, key: Uint8Array): Buffer | null {
  const head = magic.length + 7;
  if (sealed.length < head + 16 || !sealed.subarray(0, magic.length).equals(magic)) return null;
  const prefix = sealed.subarray(magic.length, head);
  const parts: Buffer[] = [];
  const step = chunkSize + 16;
  const chunks = Math.ceil((sealed.length - head) / step);
  for (let index = 0; index < chunks; index += 1) {
    const chunk = sealed.subarray(head + index * step, head + (index + 1) * step);
    if (chunk.length < 16) return null;
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce(prefix, index, index === chunks - 1));
      decipher.setAuthTag(chunk.subarray(chunk.length - 16));
      parts.push(Buffer.concat([decipher.update(chunk.subarray(0, chunk.length - 16)), decipher.final()]));
    } catch {
      return null;
    }
  }
  return Buffer.concat(parts);
}
