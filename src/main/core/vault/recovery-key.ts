import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that a printed key survives handwriting. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A recovery key: 160 random bits and a 20-bit checksum as 36 characters in nine groups of four.
 * The checksum only tells a typing error from a wrong key.
 */
export function newRecoveryKey(random: Uint8Array = randomBytes(20)): string {
  const digits = toBase32(random) + checksum(random);
  return (digits.match(/.{4}/g) ?? []).join('-');
}

/** The canonical form of what somebody typed, or null when groups are missing or the checksum is wrong. */
export function readRecoveryKey(typed: string): string | null {
  const digits = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{36}$/.test(digits)) return null;
  const bytes = fromBase32(digits.slice(0, 32));
  if (checksum(bytes) !== digits.slice(32)) return null;
  return (digits.match(/.{4}/g) ?? []).join('-');
}

function checksum(bytes: Uint8Array): string {
  return toBase32(createHash('sha256').update(bytes).digest().subarray(0, 3)).slice(0, 4);
}

function toBase32(bytes: Uint8Array): string {
  let digits = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      digits += alphabet[(held >>> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? digits + alphabet[(held << (5 - bits)) & 31] : digits;
}

function fromBase32(digits: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const digit of digits) {
    held = (held << 5) | alphabet.indexOf(digit);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >>> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
