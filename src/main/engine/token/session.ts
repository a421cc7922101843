import { createHash } from 'node:crypto';
import { AppError } from '../../core/contract/errors.ts';
import type { TokenMechanism, TokenSummary } from '../../core/contract/tokens.ts';
import { DriverRefusal, twoStep } from './driver.ts';
import type { Driver } from './driver.ts';
import {
  attribute,
  attributeLength,
  mechanism,
  pssParameters,
  readUlong,
  ulong,
  ulongSize,
  unavailable,
} from './memory.ts';
import { mechanismRefused, refusalOf } from './refusals.ts';
import type { TokenState } from './refusals.ts';

/** Finding certificates and keys on a token, logging in, signing (PKCS #11 v2.40). */

const cka = { class: 0, token: 1, value: 0x11, id: 0x102, alwaysAuthenticate: 0x202 } as const;
const cko = { certificate: 1, privateKey: 3 } as const;
const flags = { loginRequired: 0x4, protectedPath: 0x100, finalTry: 0x20000, locked: 0x40000 } as const;
const serialSession = 0x4;
const user = 1;
const contextSpecific = 2;
const alreadyLoggedIn = 0x100n;
const maximumSlots = 64;
const maximumObjects = 256;
const maximumValue = 64 * 1024;

interface TokenInfo {
  readonly label: string;
  readonly model: string;
  readonly serial: string;
  readonly flags: number;
}

/** CK_TOKEN_INFO: label[32], manufacturerID[32], model[16], serialNumber[16], flags, … */
function tokenInfo(driver: Driver, slot: bigint): TokenInfo {
  const bytes = Buffer.alloc(512);
  driver.call('C_GetTokenInfo', slot, bytes);
  const text = (start: number, length: number): string =>
    bytes
      .toString('utf8', start, start + length)
      .replaceAll('\0', ' ')
      .trim();
  return {
    label: text(0, 32),
    model: text(64, 16),
    serial: text(80, 16),
    flags: Number(readUlong(bytes, 96) & 0xffff_ffffn),
  };
}

function slots(driver: Driver): bigint[] {
  const count = ulong(maximumSlots);
  const list = Buffer.alloc(maximumSlots * ulongSize);
  driver.call('C_GetSlotList', 1, list, count);
  const found = Math.min(Number(readUlong(count)), maximumSlots);
  return Array.from({ length: found }, (_, index) => readUlong(list, index * ulongSize));
}

function openSession(driver: Driver, slot: bigint): bigint {
  const handle = ulong(0);
  driver.call('C_OpenSession', slot, serialSession, null, null, handle);
  return readUlong(handle);
}

function find(driver: Driver, session: bigint, template: readonly (readonly [number, Buffer])[]): bigint[] {
  const attributes = Buffer.concat(template.map(([type, value]) => attribute(type, value)));
  driver.call('C_FindObjectsInit', session, attributes, template.length);
  try {
    const handles = Buffer.alloc(maximumObjects * ulongSize);
    const count = ulong(0);
    driver.call('C_FindObjects', session, handles, maximumObjects, count);
    const found = Math.min(Number(readUlong(count)), maximumObjects);
    return Array.from({ length: found }, (_, index) => readUlong(handles, index * ulongSize));
  } finally {
    driver.call('C_FindObjectsFinal', session);
  }
}

/** An attribute's octets; null where the object has none or does not give it. */
function valueOf(driver: Driver, session: bigint, object: bigint, type: number): Buffer | null {
  try {
    const asked = attribute(type, null);
    driver.call('C_GetAttributeValue', session, object, asked, 1);
    const length = attributeLength(asked, 0);
    if (length === unavailable || length > maximumValue) return null;
    const value = Buffer.alloc(Number(length));
    driver.call('C_GetAttributeValue', session, object, attribute(type, value), 1);
    return value;
  } catch (error) {
    if (error instanceof DriverRefusal) return null;
    throw error;
  }
}

const certificatesOn = (driver: Driver, session: bigint): { id: Buffer; der: Buffer }[] =>
  find(driver, session, [[cka.class, ulong(cko.certificate)]]).flatMap((object) => {
    const der = valueOf(driver, session, object, cka.value);
    return der && der.length > 0
      ? [{ id: valueOf(driver, session, object, cka.id) ?? Buffer.alloc(0), der }]
      : [];
  });

const publicKeyIds = (driver: Driver, session: bigint): Set<string> =>
  new Set(
    [2, cko.privateKey].flatMap((type) =>
      find(driver, session, [[cka.class, ulong(type)]]).flatMap((object) => {
        const id = valueOf(driver, session, object, cka.id);
        return id && id.length > 0 ? [id.toString('hex')] : [];
      }),
    ),
  );

/** Private keys hide before the login: a certificate with an identifier of its own counts as one with a key. */
function summary(driver: Driver, slot: bigint): TokenSummary {
  const info = tokenInfo(driver, slot);
  const session = openSession(driver, slot);
  try {
    const ids = publicKeyIds(driver, session);
    const found = certificatesOn(driver, session);
    const owned = found.filter(({ id }) => (ids.size > 0 ? ids.has(id.toString('hex')) : id.length > 0));
    return {
      serial: info.serial,
      label: info.label,
      model: info.model,
      pinLocked: (info.flags & flags.locked) !== 0,
      certificates: owned.map(({ der }) => der),
      others: found.filter((one) => !owned.includes(one)).map(({ der }) => der),
    };
  } finally {
    driver.call('C_CloseSession', session);
  }
}

/** Tokens that answer; one that does not (no certificate store, a card put in the wrong way) hides no other. */
export function listTokens(driver: Driver): TokenSummary[] {
  return slots(driver).flatMap((slot) => {
    try {
      return [summary(driver, slot)];
    } catch (error) {
      if (error instanceof DriverRefusal) return [];
      throw error;
    }
  });
}

export interface OpenKey {
  sign(wanted: TokenMechanism, data: Uint8Array): Buffer;
}

/** @throws AppError TOKEN_* */
export function openKey(
  driver: Driver,
  request: { readonly serial: string; readonly certificate: Uint8Array; readonly pin: string },
): OpenKey {
  const slot = slots(driver).find((one) => {
    try {
      return tokenInfo(driver, one).serial === request.serial;
    } catch {
      return false;
    }
  });
  if (slot === undefined) throw new AppError('TOKEN_ABSENT');
  const state = (): TokenState => {
    try {
      const now = tokenInfo(driver, slot);
      return {
        present: now.serial === request.serial,
        pinLocked: (now.flags & flags.locked) !== 0,
        pinFinalTry: (now.flags & flags.finalTry) !== 0,
      };
    } catch {
      return { present: false, pinLocked: false, pinFinalTry: false };
    }
  };
  const worded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw refusalOf(error, state);
    }
  };
  if (state().pinLocked) throw new AppError('TOKEN_PIN_LOCKED');
  const pin = Buffer.from(request.pin, 'utf8');
  // what the driver was pointed to outlives the call
  let pinned: Held | null = null;
  void pinned;
  return worded(() => {
    const session = openSession(driver, slot);
    login(driver, session, user, tokenInfo(driver, slot).flags, pin);
    const key = privateKey(driver, session, Buffer.from(request.certificate));
    const always = valueOf(driver, session, key, cka.alwaysAuthenticate)?.[0] === 1;
    if (!always) pin.fill(0);
    return {
      sign: (wanted, data) =>
        worded(() => {
          const start = (which: Held): void => {
            pinned = which;
            driver.call('C_SignInit', session, which.mechanism, key);
            // such a key asks for the PIN before every signature (CKA_ALWAYS_AUTHENTICATE)
            if (always) driver.call('C_Login', session, contextSpecific, pin, pin.length);
          };
          const { direct, hashing, input } = mechanisms(wanted, data);
          try {
            start(direct);
            return twoStep(driver, 'C_Sign', session, input, input.length);
          } catch (error) {
            if (!hashing || !mechanismRefused(error)) throw error;
            start(hashing);
            const whole = Buffer.from(data);
            return twoStep(driver, 'C_Sign', session, whole, whole.length);
          }
        }),
    };
  });
}

function login(driver: Driver, session: bigint, who: number, tokenFlags: number, pin: Buffer): void {
  if ((tokenFlags & flags.loginRequired) === 0) return;
  const keypad = (tokenFlags & flags.protectedPath) !== 0;
  // costs none of the few attempts that a card allows
  if (!keypad && pin.length === 0) throw new AppError('TOKEN_PIN_WRONG');
  try {
    // a reader with its own keypad takes the PIN there
    if (keypad) driver.call('C_Login', session, who, null, 0);
    else driver.call('C_Login', session, who, pin, pin.length);
  } catch (error) {
    if (!(error instanceof DriverRefusal) || error.value !== alreadyLoggedIn) throw error;
  }
}

function privateKey(driver: Driver, session: bigint, certificate: Buffer): bigint {
  const id = certificatesOn(driver, session).find(({ der }) => der.equals(certificate))?.id;
  const keys = id?.length
    ? find(driver, session, [
        [cka.class, ulong(cko.privateKey)],
        [cka.id, id],
      ])
    : [];
  const [key] = keys;
  if (key === undefined) throw new AppError('TOKEN_KEY_MISSING');
  return key;
}

const hashes = {
  sha256: {
    type: 0x250,
    mgf: 2,
    length: 32,
    prefix: '3031300d060960864801650304020105000420',
    pkcs1: 0x40,
    pss: 0x43,
  },
  sha384: {
    type: 0x260,
    mgf: 3,
    length: 48,
    prefix: '3041300d060960864801650304020205000430',
    pkcs1: 0x41,
    pss: 0x44,
  },
  sha512: {
    type: 0x270,
    mgf: 4,
    length: 64,
    prefix: '3051300d060960864801650304020305000440',
    pkcs1: 0x42,
    pss: 0x45,
  },
} as const;
const ecdsaHashing = { sha256: 0x1044, sha384: 0x1045, sha512: 0x1046 } as const;

/** A mechanism, with what it points to kept alive beside it. */
interface Held {
  readonly mechanism: Buffer;
  readonly parameters: Buffer | null;
}

const held = (type: number, parameters: Buffer | null = null): Held => ({
  mechanism: mechanism(type, parameters),
  parameters,
});

/**
 * The mechanism that signs a digest, which nearly every token has, what goes into it, and the one that hashes itself
 * for those that have only that. DigestInfo prefixes: RFC 8017 §9.2 note 1.
 */
function mechanisms(
  { kind, digest }: TokenMechanism,
  data: Uint8Array,
): { readonly direct: Held; readonly hashing: Held | null; readonly input: Buffer } {
  const hash = hashes[digest];
  const hashed = (): Buffer => createHash(digest).update(data).digest();
  switch (kind) {
    case 'rsa-pkcs1': {
      const input = Buffer.concat([Buffer.from(hash.prefix, 'hex'), hashed()]);
      return { direct: held(0x1), hashing: held(hash.pkcs1), input };
    }
    case 'rsa-pss': {
      const parameters = pssParameters(hash.type, hash.mgf, hash.length);
      return { direct: held(0xd, parameters), hashing: held(hash.pss, parameters), input: hashed() };
    }
    case 'ecdsa':
      return { direct: held(0x1041), hashing: held(ecdsaHashing[digest]), input: hashed() };
    case 'eddsa':
      return { direct: held(0x1057), hashing: null, input: Buffer.from(data) };
  }
}
