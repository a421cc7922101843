import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openObjectStore, type ObjectStore } from '../../../src/main/core/vault/objects.ts';

let folder: string;
let store: ObjectStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-objects-'));
  store = openObjectStore(folder, Buffer.alloc(32, 7));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function onlyFile(): string {
  const [path] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile());
  if (path === undefined) throw new Error('no file');
  return path;
}

describe('sealed objects', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 200_000])('give back %i bytes as they were', (size) => {
    const content = randomBytes(size);
    const object = store.put(content);
    expect(object.size).toBe(size);
    expect(store.get(object).equals(content)).toBe(true);
  });

  it('show neither content nor its hash to whoever holds the folder', () => {
    const object = store.put(Buffer.from('KENARI-RAHASIA '.repeat(100)));
    expect(readFileSync(onlyFile()).includes('KENARI')).toBe(false);
    expect(onlyFile().replaceAll('/', '')).not.toContain(object.id);
  });

  it('notice a flipped byte, a cut and exchanged chunks', () => {
    const object = store.put(randomBytes(3 * 65_536));
    const path = onlyFile();
    const whole = readFileSync(path);
    const head = 13;
    const chunk = 65_536 + 16;
    const damaged: Buffer[] = [
      whole.subarray(0, whole.length - 1),
      whole.subarray(0, head + chunk),
      whole.subarray(0, 5),
      Buffer.concat([
        whole.subarray(0, head),
        whole.subarray(head + chunk, head + 2 * chunk),
        whole.subarray(head, head + chunk),
        whole.subarray(head + 2 * chunk),
      ]),
    ];
    for (const at of [0, 8, head, head + 70_000, whole.length - 1]) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 128, at);
      damaged.push(flipped);
    }
    for (const bytes of damaged) {
      writeFileSync(path, bytes);
      expect(() => store.get(object)).toThrow('OBJECT_DAMAGED');
    }
    rmSync(path);
    expect(() => store.get(object)).toThrow('OBJECT_DAMAGED');
  });

  it('hold the same bytes in whatever parts they arrive', async () => {
    const content = randomBytes(300_000);
    for (const step of [1000, 65_535, 65_536, 65_537, 300_000]) {
      const parts = (function* () {
        for (let at = 0; at < content.length; at += step) yield content.subarray(at, at + step);
      })();
      const object = await store.putFrom(parts);
      expect(object.size).toBe(content.length);
      expect(store.get(object).equals(content)).toBe(true);
      expect([...store.read(object)].every((part) => part.length <= 65_536)).toBe(true);
    }
  });

  it('leave nothing behind when their source fails', async () => {
    const failing = (async function* () {
      yield randomBytes(100_000);
      await Promise.resolve();
      throw new Error('the scanner fell asleep');
    })();
    await expect(store.putFrom(failing)).rejects.toThrow('fell asleep');
    expect(readdirSync(folder, { recursive: true })).toEqual([]);
  });

  it('under a key of the caller are a copy of their own, which only that key opens', () => {
    const content = Buffer.from('isi yang sama');
    const open = store.put(content);
    const key = randomBytes(32);
    const secret = store.put(content, key);
    const second = store.put(content, key);
    expect(new Set([open.id, secret.id, second.id]).size).toBe(3);
    expect(secret.id.slice(0, 64)).toBe(open.id);
    expect(secret.key.equals(key)).toBe(true);
    expect(store.get({ id: secret.id, key }).equals(content)).toBe(true);
    expect(store.get(open).equals(content)).toBe(true);
    expect(() => store.get({ id: secret.id, key: open.key })).toThrow('OBJECT_DAMAGED');
    expect(() => store.put(content, randomBytes(16))).toThrow('32 bytes');
  });

  it('never take the place of a file that is there: an older row may need its key', () => {
    const first = store.put(Buffer.from('sama'));
    const second = store.put(Buffer.from('sama'));
    expect(second.id).not.toBe(first.id);
    expect(store.get(first).toString()).toBe('sama');
    expect(store.get(second).toString()).toBe('sama');
  });

  it('with an id that leads elsewhere are not looked for', () => {
    expect(() => store.get({ id: '../../etc/passwd', key: randomBytes(32) })).toThrow('OBJECT_DAMAGED');
  });

  it('of 200 MB go in and out in bounded memory', async () => {
    const part = randomBytes(1024 * 1024);
    const hash = createHash('sha256');
    const parts = (function* () {
      for (let n = 0; n < 200; n += 1) {
        part.writeUInt32BE(n, 0);
        hash.update(part);
        yield part;
      }
    })();
    let peak = 0;
    const before = process.memoryUsage().rss;
    const watch = (): void => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    };
    const watched = (function* () {
      for (const one of parts) {
        watch();
        yield one;
      }
    })();
    const object = await store.putFrom(watched);
    expect(object.size).toBe(200 * 1024 * 1024);
    expect(object.id).toBe(hash.digest('hex'));
    let size = 0;
    for (const one of store.read(object)) {
      size += one.length;
      if (size % (8 * 1024 * 1024) === 0) watch();
    }
    expect(size).toBe(object.size);
    // A fraction of the object; the rest is what the collector has not taken back yet.
    expect(peak).toBeLessThan(100 * 1024 * 1024);
  });

  it('clean up what a crash left half-written, and nothing else', () => {
    const kept = store.put(Buffer.from('kept'));
    writeFileSync(join(folder, `${'ab'.repeat(16)}.new`), 'half');
    expect(store.clean()).toBe(1);
    expect(store.get(kept).toString()).toBe('kept');
  });
});
