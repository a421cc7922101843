import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRevocationStore } from '../../../src/main/core/app/revocation-store.ts';
import type { RevocationStore } from '../../../src/main/core/app/revocation-store.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { listByHand } from '../pki/answers-by-hand.ts';

let folder: string;
let now: Date;
let store: RevocationStore;
const errors: string[] = [];
const url = 'http://crl.uji.invalid/a.crl';
const list = listByHand({ issuer: testPki().intermediate, thisUpdate: fixedNow });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-crl-'));
  now = fixedNow;
  errors.length = 0;
  const logger = { info: () => undefined, error: (event: string) => void errors.push(event) };
  store = openRevocationStore(join(folder, 'cache/crl'), { now: () => now }, logger);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (): string[] => readdirSync(join(folder, 'cache/crl'));
const age = (name: string, hours: number): void => {
  const then = Date.now() / 1000 - hours * 3_600;
  utimesSync(join(folder, 'cache/crl', name), then, then);
};

it('keeps a list for an hour, and until its end where nobody answers', () => {
  expect(store.find(url, false)).toBeNull();
  store.keep(url, list);
  expect(Buffer.from(store.find(url, true) ?? [])).toEqual(list);
  expect(store.find(`${url}?`, false)).toBeNull();
  age(files()[0] ?? '', 2);
  expect(store.find(url, true)).toBeNull();
  expect(Buffer.from(store.find(url, false) ?? [])).toEqual(list);
  now = new Date(fixedNow.getTime() + 25 * 3_600_000);
  expect(store.find(url, false)).toBeNull();
});

it('keeps nothing that is no list, has no end or is over', () => {
  store.keep(url, Buffer.from('<html>'));
  store.keep(url, listByHand({ issuer: testPki().intermediate, thisUpdate: fixedNow, nextUpdate: null }));
  now = new Date(fixedNow.getTime() + 25 * 3_600_000);
  store.keep(url, list);
  expect(() => files()).toThrow('ENOENT');
  expect(errors).toEqual([]);
});

it('reads nothing into damaged files, and does not grow without end', () => {
  store.keep(url, list);
  const [name = ''] = files();
  writeFileSync(join(folder, 'cache/crl', name), 'rusak');
  expect(store.find(url, false)).toBeNull();
  for (let i = 0; i < 70; i++) store.keep(`${url}${i}`, list);
  expect(files().length).toBeLessThanOrEqual(64);
  expect(Buffer.from(store.find(`${url}69`, true) ?? [])).toEqual(list);
});

it('costs only a line in the log where it cannot be written', () => {
  writeFileSync(join(folder, 'cache'), 'a file in the way');
  store.keep(url, list);
  expect(errors).toEqual(['evidence not kept']);
  expect(readFileSync(join(folder, 'cache'), 'utf8')).toBe('a file in the way');
});
