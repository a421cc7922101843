import { randomBytes } from 'node:crypto';
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

  it('clean up what a crash left half-written, and nothing else', () => {
    const kept = store.put(Buffer.from('kept'));
    writeFileSync(`${onlyFile()}.new`, 'half');
    expect(store.clean()).toBe(1);
    expect(store.get(kept).toString()).toBe('kept');
  });
});
