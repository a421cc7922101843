import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { PrefixDigests } from '../../../src/main/core/verification/prefix-digest.ts';

const bytes = new Uint8Array(randomBytes(400_000));
const plain = (name: string, pieces: readonly Uint8Array[]): string => {
  const hash = createHash(name);
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};

test('the same digests as one by one, in whatever order they are asked for', () => {
  const digests = new PrefixDigests(bytes);
  const cuts = [300_000, 70_000, 70_000, 10, 399_999, 400_000, 150_000];
  for (const name of ['sha256', 'sha512']) {
    for (const cut of cuts) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(Math.min(cut + 9, 400_000), 400_000)];
      expect(digests.of(name, pieces).toString('hex')).toBe(plain(name, pieces));
    }
  }
});

test('pieces that are no beginning of the file, and digests of another library', () => {
  const digests = new PrefixDigests(bytes);
  const middle = [bytes.subarray(5, 200_000)];
  expect(digests.of('sha256', middle).toString('hex')).toBe(plain('sha256', middle));
  const copy = [Uint8Array.from(bytes)];
  expect(digests.of('sha256', copy).toString('hex')).toBe(plain('sha256', copy));
  const whole = [bytes];
  expect(digests.of('sha3-256', whole).toString('hex')).toBe(plain('sha3-256', whole));
  expect(digests.of('shake256', whole).length).toBe(64);
});
