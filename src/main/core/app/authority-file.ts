import { createPrivateKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { RevocationReason } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import {
  openSealedKey,
  seal,
  sealWithPassphrase,
  unseal,
  type KdfCost,
  type SealedKey,
} from '../vault/index.ts';

/**
 * The in-house CA as one sealed file: its keys and the register of all it issued, under a random key that the
 * passphrase opens (Argon2id). The register is sealed too: it names people, and whoever could alter it could undo a
 * revocation. The two private keys are sealed apart, so that the root's is opened only where the root itself signs.
 */
interface StoredFile {
  readonly format: 'eletter-ca';
  readonly version: 1;
  readonly slot: SealedKey;
  /** Base64. */
  readonly rootKey: string;
  readonly issuingKey: string;
  readonly register: string;
}

export interface Revocation {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly reason: RevocationReason;
}

export interface RegisterEntry {
  readonly kind: 'person' | 'office';
  /** Base64 DER. */
  readonly certificate: string;
  readonly serial: string;
  readonly revoked: Revocation | null;
}

export interface Register {
  /** Base64 DER. */
  readonly root: string;
  readonly issuing: string;
  readonly issuingRevoked: Revocation | null;
  readonly crlUrl: string | null;
  readonly ocspUrl: string | null;
  /** Numbers of the last lists (RFC 5280 §5.2.3). */
  readonly rootCrl: number;
  readonly issuingCrl: number;
  readonly issued: readonly RegisterEntry[];
  /** How many revocations the last issuing list told of; absent where that was not counted yet. */
  readonly issuingListed?: number;
  /** Taken out of the vault that keeps the register: it may answer and list, and change nothing. */
  readonly copy?: true;
}

export interface OpenAuthority {
  readonly register: Register;
  /** Opens one private key; asked only where it signs. */
  key(which: 'root' | 'issuing'): KeyObject;
  /** The file with another register. */
  with(register: Register): Buffer;
  /** Forgets the key that opens the rest. */
  close(): void;
}

const maximumFile = 64 * 1024 * 1024;
const purposes = {
  slot: 'eletter ca',
  root: 'eletter ca root key',
  issuing: 'eletter ca issuing key',
  register: 'eletter ca register',
} as const;

export async function sealAuthority(
  passphrase: string,
  keys: { readonly root: KeyObject; readonly issuing: KeyObject },
  register: Register,
  cost: KdfCost,
): Promise<Buffer> {
  const dataKey = randomBytes(32);
  try {
    const sealKey = (key: KeyObject, purpose: string): string => {
      const der = key.export({ type: 'pkcs8', format: 'der' });
      try {
        return seal(dataKey, der, purpose).toString('base64');
      } finally {
        der.fill(0);
      }
    };
    return encode({
      format: 'eletter-ca',
      version: 1,
      slot: await sealWithPassphrase(passphrase, dataKey, purposes.slot, cost),
      rootKey: sealKey(keys.root, purposes.root),
      issuingKey: sealKey(keys.issuing, purposes.issuing),
      register: sealRegister(dataKey, register),
    });
  } finally {
    dataKey.fill(0);
  }
}

const encode = (file: StoredFile): Buffer => Buffer.from(`${JSON.stringify(file, null, 1)}\n`);
const sealRegister = (dataKey: Uint8Array, register: Register): string =>
  seal(dataKey, Buffer.from(JSON.stringify(register)), purposes.register).toString('base64');

/** @throws AppError CA_UNREADABLE, CA_PASSPHRASE_WRONG */
export async function openAuthority(bytes: Uint8Array, passphrase: string): Promise<OpenAuthority> {
  const file = decode(bytes);
  const dataKey = await openSealedKey(passphrase, file.slot, purposes.slot);
  if (!dataKey) throw new AppError('CA_PASSPHRASE_WRONG');
  const open = (sealed: string, purpose: string): Buffer => {
    try {
      return unseal(dataKey, Buffer.from(sealed, 'base64'), purpose);
    } catch (cause) {
      throw new AppError('CA_UNREADABLE', undefined, cause);
    }
  };
  // authenticated: what comes out is what we put in
  const register = JSON.parse(open(file.register, purposes.register).toString('utf8')) as Register;
  return {
    register,
    key(which) {
      const der = open(which === 'root' ? file.rootKey : file.issuingKey, purposes[which]);
      try {
        return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      } finally {
        der.fill(0);
      }
    },
    with: (next) => encode({ ...file, register: sealRegister(dataKey, next) }),
    close: () => void dataKey.fill(0),
  };
}

const sealedTexts = ['rootKey', 'issuingKey', 'register'] as const;
const slotTexts = ['salt', 'nonce', 'sealed'] as const;

function decode(bytes: Uint8Array): StoredFile {
  let value: unknown;
  try {
    if (bytes.length > maximumFile) throw new RangeError('too large');
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new AppError('CA_UNREADABLE', undefined, cause);
  }
  const file = value as Partial<StoredFile> | null;
  const slot = file?.slot;
  const whole =
    file?.format === 'eletter-ca' &&
    file.version === 1 &&
    sealedTexts.every((name) => typeof file[name] === 'string') &&
    slot?.kdf === 'argon2id' &&
    Number.isSafeInteger(slot.memory) &&
    Number.isSafeInteger(slot.passes) &&
    slotTexts.every((name) => typeof slot[name] === 'string');
  if (!whole) throw new AppError('CA_UNREADABLE');
  return file as StoredFile;
}
