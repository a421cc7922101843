import { aesBlocks, hash, md5, rc4 } from './ciphers.ts';

/** From a password to the key of a file: ISO 32000-2 §7.6.4, algorithms 2, 2.A, 2.B, 4 to 7, 11 and 12. */

/** What the encryption dictionary says (Table 21), strings as they stand. */
export interface Handler {
  readonly revision: number;
  /** Octets of the file key. */
  readonly keyLength: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  /** /P as a signed 32-bit number. */
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** First half of the file's /ID. */
  readonly identifier: Uint8Array;
}

export interface OpenedKey {
  readonly key: Uint8Array;
  readonly as: 'owner' | 'user';
}

/** Null for a wrong password. */
export function fileKey(handler: Handler, password: string): OpenedKey | null {
  if (handler.revision >= 5) return newKey(handler, utf8Password(password));
  // PDFDocEncoding is Latin-1 for nearly all that people type; some writers took UTF-8 instead
  for (const encoding of ['latin1', 'utf8'] as const) {
    const typed = padded(Buffer.from(password, encoding));
    const found = oldKey(handler, typed);
    if (found) return found;
  }
  return null;
}

const filler = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

const padded = (password: Uint8Array): Buffer => Buffer.concat([password, filler]).subarray(0, 32);

function oldKey(handler: Handler, typed: Uint8Array): OpenedKey | null {
  const asUser = userFileKey(handler, typed);
  const asOwner = asUser ? null : userFileKey(handler, ownersUserPassword(handler, typed));
  if (asOwner) return { key: asOwner, as: 'owner' };
  return asUser && { key: asUser, as: 'user' };
}

/** Algorithm 2, then 6: the key where the password is right. */
function userFileKey(handler: Handler, typed: Uint8Array): Buffer | null {
  const { revision, keyLength, owner, user, identifier } = handler;
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(handler.permissions);
  const marker = revision >= 4 && !handler.encryptMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = md5(typed, owner.subarray(0, 32), permissions, identifier, marker).subarray(0, keyLength);
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key).subarray(0, keyLength);
  if (revision === 2) return same(rc4(key, filler), user.subarray(0, 32)) ? key : null;
  let check: Uint8Array = md5(filler, identifier);
  for (let round = 0; round < 20; round++) check = rc4(xored(key, round), check);
  return same(check, user.subarray(0, 16)) ? key : null;
}

/** Algorithm 7: what the owner's password says the user's is. */
function ownersUserPassword({ revision, keyLength, owner }: Handler, typed: Uint8Array): Uint8Array {
  let key = md5(typed);
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key);
  key = key.subarray(0, keyLength);
  let found: Uint8Array = owner.subarray(0, 32);
  for (let round = revision === 2 ? 0 : 19; round >= 0; round--) found = rc4(xored(key, round), found);
  return found;
}

const xored = (key: Uint8Array, round: number): Uint8Array => key.map((octet) => octet ^ round);
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** §7.6.4.3.3: normalised, in UTF-8, at most 127 octets. */
const utf8Password = (password: string): Buffer =>
  Buffer.from(password.normalize('NFKC'), 'utf8').subarray(0, 127);

/** Algorithms 2.A, 11 and 12. */
function newKey(handler: Handler, password: Uint8Array): OpenedKey | null {
  const user = handler.user.subarray(0, 48);
  const owner = handler.owner.subarray(0, 48);
  const none = Buffer.alloc(0);
  const digest = handler.revision === 5 ? plainHash : hardHash;
  const open = (stored: Uint8Array, wrapped: Uint8Array, extra: Uint8Array): Uint8Array | null => {
    if (!same(digest(password, stored.subarray(32, 40), extra), stored.subarray(0, 32))) return null;
    const wrappingKey = digest(password, stored.subarray(40, 48), extra);
    return aesBlocks('decrypt', wrappingKey, Buffer.alloc(16), wrapped.subarray(0, 32));
  };
  const asOwner = open(owner, handler.ownerKey, user);
  if (asOwner) return { key: asOwner, as: 'owner' };
  const asUser = open(user, handler.userKey, none);
  return asUser && { key: asUser, as: 'user' };
}

/** Revision 5, an extension of PDF 1.7 that was soon replaced. */
const plainHash = (password: Uint8Array, salt: Uint8Array, extra: Uint8Array): Buffer =>
  hash('sha256', password, salt, extra);

/** Algorithm 2.B. It ends after 64 rounds and, on average, a few more. */
function hardHash(password: Uint8Array, salt: Uint8Array, extra: Uint8Array): Buffer {
  let key = hash('sha256', password, salt, extra);
  let last = 0;
  for (let round = 0; round < 64 || last > round - 32; round++) {
    const once = Buffer.concat([password, key, extra]);
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => once));
    const encrypted = aesBlocks('encrypt', key.subarray(0, 16), key.subarray(16, 32), repeated);
    // 256 leaves 1 when divided by 3, so the sum of the octets decides
    const remainder = encrypted.subarray(0, 16).reduce((sum, octet) => sum + octet, 0) % 3;
    key = hash(['sha256', 'sha384', 'sha512'][remainder] ?? 'sha256', encrypted);
    last = encrypted.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}
