import { createHash, createHmac, randomBytes, type Hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { guarded, storageFault } from './faults.ts';
import { createFile, makeFolder, removeFile, syncFolder, type OpenFile } from './files.ts';
import { modesOf, type Modes } from './modes.ts';
import {
  createSealer,
  headLength,
  objectKeyLength,
  openChunk,
  readHead,
  sealedChunkSize,
  type Chunks,
} from './object-format.ts';

/**
 * Sealed objects: PDFs and scans beside the database, each under a key of its own that lives in the database.
 *
 * The id is the SHA-256 of the content, so that equal content is kept once. Where that name is taken by a copy
 * that must not be shared (see `put`), the id is "<SHA-256>.<16 hexadecimal digits>": the same content, another key,
 * another file. A file's name is an HMAC of the id, so that who holds the folder cannot test whether a known document
 * is in it.
 */
export interface SealedObject {
  /** Lower-case hexadecimal SHA-256 of the content, with a suffix for a further copy. */
  readonly id: string;
  readonly key: Buffer;
  /** Bytes of content. */
  readonly size: number;
}

export interface ObjectStore {
  /**
   * Sealed, read back and fsynced when this returns: only then may a row point to it. A file that is there is never
   * written over, not even by equal content: some row, perhaps of an older database put back, may need its key.
   * @param key 32 bytes of the caller's; then the copy is always one of its own.
   */
  put(content: Uint8Array, key?: Uint8Array): SealedObject;
  /** As `put`, holding a chunk at a time. */
  putFrom(chunks: Chunks, key?: Uint8Array): Promise<SealedObject>;
  /** Under which name, and where, an object lies. */
  locate(id: string): { readonly name: string; readonly path: string };
  /**
   * The content, 64 KiB at a time. Each part is authentic when it is handed over; that it is the whole content is
   * known at the end. @throws AppError OBJECT_DAMAGED when it is missing, altered or cut.
   */
  read(object: { readonly id: string; readonly key: Uint8Array }): Generator<Buffer, void>;
  get(object: { readonly id: string; readonly key: Uint8Array }): Buffer;
  /** Removes the file of an object whose row is gone. */
  remove(id: string): void;
  /**
   * Removes what a crash left half-written. A whole file that no row points to stays: after somebody put an older
   * database back, it may be the only copy of a letter.
   */
  clean(): number;
}

const idPattern = /^[0-9a-f]{64}(\.[0-9a-f]{16})?$/;

export const objectName = (nameKey: Uint8Array, id: string): string =>
  createHmac('sha256', nameKey).update(id).digest('hex');

/** Where an object of that name lies under `folder`. */
export const objectFile = (folder: string, name: string): string =>
  join(folder, name.slice(0, 2), name.slice(2));

export function openObjectStore(
  folder: string,
  nameKey: Uint8Array,
  modes: Modes = modesOf(false),
): ObjectStore {
  const nameOf = (id: string): string => objectName(nameKey, id);
  const pathOf = (id: string): string => objectFile(folder, nameOf(id));

  /** A free id for this content. */
  function freeId(hash: string, shared: boolean): string {
    if (shared && !existsSync(pathOf(hash))) return hash;
    for (;;) {
      const id = `${hash}.${randomBytes(8).toString('hex')}`;
      if (!existsSync(pathOf(id))) return id;
    }
  }

  function begin(given: Uint8Array | undefined): Writing {
    if (given && given.length !== objectKeyLength) throw new RangeError('an object key has 32 bytes');
    makeFolder(folder, modes);
    const path = join(folder, `${randomBytes(16).toString('hex')}.new`);
    const key = given ? Buffer.from(given) : randomBytes(objectKeyLength);
    return {
      path,
      key,
      shared: given === undefined,
      file: createFile(path, modes),
      hash: createHash('sha256'),
    };
  }

  function finish(writing: Writing, size: number): SealedObject {
    const { key } = writing;
    writing.file.finish();
    const hash = writing.hash.digest('hex');
    // Read back before anything may point to it: a medium that lost a byte must not cost a letter.
    for (const part of readParts(writing.path, key, hash)) part.fill(0);
    const id = freeId(hash, writing.shared);
    const path = pathOf(id);
    makeFolder(join(path, '..'), modes);
    syncFolder(folder);
    renameSync(writing.path, path);
    syncFolder(join(path, '..'));
    return { id, key, size };
  }

  function drop(writing: Writing): void {
    writing.file.abandon();
    removeFile(writing.path);
  }

  function put(content: Uint8Array, given?: Uint8Array): SealedObject {
    const writing = begin(given);
    try {
      const sealer = createSealer(writing.key);
      writing.file.write(sealer.head);
      writing.hash.update(content);
      for (const sealed of sealer.push(content)) writing.file.write(sealed);
      writing.file.write(sealer.end());
      return finish(writing, content.length);
    } catch (error) {
      drop(writing);
      throw error;
    }
  }

  async function putFrom(chunks: Chunks, given?: Uint8Array): Promise<SealedObject> {
    const writing = begin(given);
    let size = 0;
    try {
      const sealer = createSealer(writing.key);
      writing.file.write(sealer.head);
      for await (const part of chunks) {
        size += part.length;
        writing.hash.update(part);
        for (const sealed of sealer.push(part)) writing.file.write(sealed);
      }
      writing.file.write(sealer.end());
      return finish(writing, size);
    } catch (error) {
      drop(writing);
      throw storageFault(error, 'objects');
    }
  }

  function* read(object: { readonly id: string; readonly key: Uint8Array }): Generator<Buffer, void> {
    if (!idPattern.test(object.id)) throw new AppError('OBJECT_DAMAGED');
    yield* readParts(pathOf(object.id), object.key, object.id.slice(0, 64));
  }

  function clean(): number {
    // They all begin at the top: with a million objects nobody wants to look through the folders below at each start.
    const unfinished = readdirSync(folder).filter((name) => name.endsWith('.new'));
    for (const name of unfinished) removeFile(join(folder, name));
    return unfinished.length;
  }

  return {
    put: (content, key) => guarded('objects', () => put(content, key)),
    putFrom,
    locate: (id) => ({ name: nameOf(id), path: pathOf(id) }),
    read,
    get: (object) => Buffer.concat([...read(object)]),
    remove: (id) => guarded('objects', () => removeFile(pathOf(id))),
    clean: () => guarded('objects', clean),
  };
}

interface Writing {
  readonly path: string;
  readonly key: Buffer;
  readonly shared: boolean;
  readonly file: OpenFile;
  readonly hash: Hash;
}

function openToRead(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw new AppError('OBJECT_DAMAGED', undefined, error);
  }
}

function readExactly(file: number, length: number, position: number): Buffer {
  const bytes = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const got = readSync(file, bytes, at, length - at, position + at);
    if (got === 0) throw new RangeError('file ended');
    at += got;
  }
  return bytes;
}

/** The parts of a sealed file. @throws AppError OBJECT_DAMAGED unless they are all there and hash to `expected`. */
function* readParts(path: string, key: Uint8Array, expected: string): Generator<Buffer, void> {
  const file = openToRead(path);
  try {
    const { size } = fstatSync(file);
    const prefix = size > headLength ? readHead(readExactly(file, headLength, 0)) : null;
    if (!prefix) throw new AppError('OBJECT_DAMAGED');
    const hash = createHash('sha256');
    for (let at = headLength, index = 0; at < size; at += sealedChunkSize, index += 1) {
      const length = Math.min(sealedChunkSize, size - at);
      const part = openChunk(key, prefix, index, at + length === size, readExactly(file, length, at));
      hash.update(part);
      yield part;
    }
    if (hash.digest('hex') !== expected) throw new AppError('OBJECT_DAMAGED');
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('OBJECT_DAMAGED', undefined, error);
  } finally {
    closeSync(file);
  }
}
