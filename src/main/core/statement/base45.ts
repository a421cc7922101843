/** Base45 (RFC 9285): bytes in the characters of a QR code's alphanumeric mode, three for two bytes. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const high = bytes[at] ?? 0;
    const low = bytes[at + 1];
    let rest = low === undefined ? high : high * 256 + low;
    for (let count = low === undefined ? 2 : 3; count > 0; count -= 1) {
      text += alphabet.charAt(rest % 45);
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/** Null for anything that `toBase45` does not write. */
export function fromBase45(text: string): Buffer | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    let value = 0;
    for (let index = group.length - 1; index >= 0; index -= 1) {
      const digit = alphabet.indexOf(group.charAt(index));
      if (digit < 0) return null;
      value = value * 45 + digit;
    }
    if (group.length === 3 && value <= 0xffff) bytes.push(value >> 8, value & 0xff);
    else if (group.length === 2 && value <= 0xff) bytes.push(value);
    else return null;
  }
  return Buffer.from(bytes);
}
