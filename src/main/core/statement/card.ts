import { AppError } from '../contract/errors.ts';
import type { OfficeCard } from '../contract/statement.ts';
import { plainText } from './fit.ts';
import { publicKeyOf, readPublicKey } from './statement.ts';

/** The card that an office hands out, as JSON. It proves nothing by itself: its fingerprint is compared by people. */
const format = 'eletter-office-card';
const mostBytes = 16_384;
const mostNameCharacters = 200;

export function writeCard(card: OfficeCard): Buffer {
  const publicKey = Buffer.from(card.publicKey).toString('base64');
  return Buffer.from(
    `${JSON.stringify({ format, version: 1, name: plainText(card.name), publicKey }, null, 1)}\n`,
  );
}

/** @throws AppError OFFICE_CARD_UNREADABLE */
export function readCard(bytes: Uint8Array): OfficeCard {
  const value = parsed(bytes);
  const { name, publicKey } = value;
  const whole =
    value['format'] === format &&
    value['version'] === 1 &&
    typeof name === 'string' &&
    name !== '' &&
    name.length <= mostNameCharacters &&
    name === plainText(name) &&
    typeof publicKey === 'string';
  if (!whole) throw new AppError('OFFICE_CARD_UNREADABLE');
  // Exported anew: one key has one fingerprint, however it was written down.
  return { name, publicKey: publicKeyOf(readPublicKey(Buffer.from(publicKey, 'base64'))) };
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
