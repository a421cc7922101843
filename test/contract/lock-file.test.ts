import { describe, expect, it } from 'vitest';
import { missingPackages, readLock } from '../tools/lock-file.ts';

describe('package-lock.json', () => {
  const lock = readLock();

  it('names every optional package, so that npm ci accepts it on a fresh machine', () => {
    expect(missingPackages(lock)).toEqual([]);
  });

  it('holds no download host', () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => 'resolved' in entry)).toEqual([]);
  });
});
