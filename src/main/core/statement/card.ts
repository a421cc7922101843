import { sign, verify, type KeyObject } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { OfficeCard, RetiredKey } from '../contract/statement.ts';
import { plainText } from './fit.ts';
import { publicKeyOf, readPublicKey } from './statement.ts';

/**
 * The card that an office hands out, as JSON. It proves nothing by itself: people compare its fingerprint, or a
 * certificate vouches for it. Its own signature ties name and previous keys to the key of that fingerprint.
 */
const format = 'eletter-office-card';
/** A certificate chain of RSA-4096 takes some 10 KB. */
const mostBytes = 65_536;
const mostNameCharacters = 200;
const mostPrevious = 50;
const domain = 'eletter-office-card-2\n';

type Said = Pick<OfficeCard, 'name' | 'publicKey' | 'previous'>;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const plainPrevious = (previous: readonly RetiredKey[]): readonly { publicKey: string; until: string }[] =>
  previous.map(({ publicKey, until }) => ({ publicKey: base64(publicKey), until }));

/** What the card's signature and its certification are over. */
export function cardBody({ name, publicKey, previous }: Said): Buffer {
  const said = { name, previous: plainPrevious(previous), publicKey: base64(publicKey) };
  return Buffer.from(domain + JSON.stringify(said));
}

export function makeCard(name: string, key: KeyObject, previous: readonly RetiredKey[]): OfficeCard {
  const said = { name: plainText(name), publicKey: publicKeyOf(key), previous };
  return { ...said, signature: sign(null, cardBody(said), key), certification: null };
}

/** A card of version 1 is handed on as it came: only its office can sign another. */
export function writeCard(card: OfficeCard): Buffer {
  const { name, publicKey, previous, signature, certification } = card;
  const text =
    signature === null
      ? { format, version: 1, name, publicKey: base64(publicKey) }
      : {
          format,
          version: 2,
          name,
          publicKey: base64(publicKey),
          previous: plainPrevious(previous),
          signature: base64(signature),
          ...(certification ? { certification: base64(certification) } : {}),
        };
  return Buffer.from(`${JSON.stringify(text, null, 1)}\n`);
}

/** @throws AppError OFFICE_CARD_UNREADABLE */
export function readCard(bytes: Uint8Array): OfficeCard {
  const value = parsed(bytes);
  const { name, publicKey } = value;
  const whole =
    value['format'] === format &&
    typeof name === 'string' &&
    name !== '' &&
    name.length <= mostNameCharacters &&
    name === plainText(name) &&
    typeof publicKey === 'string';
  if (!whole) throw new AppError('OFFICE_CARD_UNREADABLE');
  const key = spkiOf(publicKey);
  if (value['version'] === 1)
    return { name, publicKey: key, previous: [], signature: null, certification: null };
  if (value['version'] !== 2) throw new AppError('OFFICE_CARD_UNREADABLE');
  const { signature, certification = null } = value;
  const card = { name, publicKey: key, previous: previousOf(value['previous']) };
  if (typeof signature !== 'string' || (certification !== null && typeof certification !== 'string'))
    throw new AppError('OFFICE_CARD_UNREADABLE');
  const signed = Buffer.from(signature, 'base64');
  if (!verify(null, cardBody(card), readPublicKey(key), signed)) throw new AppError('OFFICE_CARD_UNREADABLE');
  const vouched = certification === null ? null : Buffer.from(certification, 'base64');
  return { ...card, signature: signed, certification: vouched };
}

/** Exported anew: one key has one fingerprint, however it was written down. */
const spkiOf = (text: string): Buffer => publicKeyOf(readPublicKey(Buffer.from(text, 'base64')));

function previousOf(value: unknown): RetiredKey[] {
  if (!Array.isArray(value) || value.length > mostPrevious) throw new AppError('OFFICE_CARD_UNREADABLE');
  return value.map((one: unknown) => {
    const { publicKey, until } = (one ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof publicKey !== 'string' || typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until))
      throw new AppError('OFFICE_CARD_UNREADABLE');
    return { publicKey: spkiOf(publicKey), until };
  });
}

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    if (bytes.length > mostBytes) throw new RangeError('too large');
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new AppError('OFFICE_CARD_UNREADABLE', undefined, cause);
  }
  throw new AppError('OFFICE_CARD_UNREADABLE');
}
