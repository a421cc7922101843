import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRecoveryKey, readRecoveryKey } from '../../../src/main/core/vault/recovery-key.ts';

describe('the printed recovery key', () => {
  it('is nine groups of four and reads back however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const key = newRecoveryKey(bytes);
        expect(key).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readRecoveryKey(key.toLowerCase().replaceAll('-', ' '))).toBe(key);
      }),
    );
  });

  it('tells a typing error in any place', () => {
    const key = newRecoveryKey(Buffer.alloc(20, 0x5a));
    const places = [...key].map((_, at) => at).filter((at) => key[at] !== '-');
    for (const at of places) {
      const other = key[at] === '7' ? '8' : '7';
      expect(readRecoveryKey(key.slice(0, at) + other + key.slice(at + 1))).toBeNull();
    }
    expect(readRecoveryKey(key.slice(0, -1))).toBeNull();
    expect(readRecoveryKey('')).toBeNull();
  });

  it('differs every time', () => {
    expect(newRecoveryKey()).not.toBe(newRecoveryKey());
  });
});
