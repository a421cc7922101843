import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { TypesetLetter } from '../contract/letters.ts';
import { classRules } from '../contract/permissions.ts';
import type { OfficeCard, StatementCheck, StatementFacts, StatementWarning } from '../contract/statement.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { letterDigest } from './digest.ts';
import { decodeStatement, encodeFacts, keyIdBytes, statementBytes } from './format.ts';
import { hasLookalikes } from './lookalike.ts';

/** Upper-case, so that the whole text stays in a QR code's alphanumeric mode. */
const prefix = 'ELT1:';
const mostText = prefix.length + Math.ceil(statementBytes / 2) * 3;
/** Keeps a signature of this key from meaning anything elsewhere. */
const domain = Buffer.from('eletter-statement-1\n');

/** An office's statement key: Ed25519 (RFC 8032), so that the same letter gives the same statement. */
export function newStatementKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** PKCS #8, DER. */
export const exportStatementKey = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' });
export const importStatementKey = (der: Buffer): KeyObject =>
  createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });

/** SPKI, DER. */
export const publicKeyOf = (key: KeyObject): Buffer =>
  (key.type === 'public' ? key : createPublicKey(key)).export({ type: 'spki', format: 'der' });

/** SHA-256 of the SPKI, hexadecimal; its first 8 bytes are how a statement names its key. */
export const keyFingerprint = (spki: Uint8Array): string => createHash('sha256').update(spki).digest('hex');
const keyIdOf = (spki: Uint8Array): Buffer =>
  Buffer.from(keyFingerprint(spki), 'hex').subarray(0, keyIdBytes);

/**
 * The text of the QR code, at most 305 characters: the office says that it issued a letter with these data. A letter
 * of a sealed class does not tell its subject. @returns null where the letter's number is longer than 60 bytes.
 */
export function makeStatement(letter: TypesetLetter, key: KeyObject): string | null {
  const { content, letterhead, signer } = letter;
  const facts = {
    number: letter.number,
    date: letter.date,
    sender: letterhead.office || letterhead.government,
    // The code has room for one name; the digest holds all of them.
    signer: (letter.signers?.length ?? 0) > 1 ? `${signer.name} dkk.` : signer.name,
    subject: classRules[content.security].sealed ? null : content.subject,
    digest: letterDigest(letter).toString('hex'),
  };
  const signed = encodeFacts(facts, keyIdOf(publicKeyOf(key)));
  if (!signed) return null;
  const signature = sign(null, Buffer.concat([domain, signed]), key);
  return prefix + toBase45(Buffer.concat([signed, signature]));
}

/**
 * Judges what a scanner read. Needs no network and no clock.
 * @throws AppError STATEMENT_UNREADABLE when it is no statement at all.
 */
export function checkStatement(scanned: string, offices: readonly OfficeCard[]): StatementCheck {
  // Scanners add an end of line; base 45 itself may end in a space.
  const text = scanned.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '');
  if (text.length > mostText || !text.startsWith(prefix)) throw new AppError('STATEMENT_UNREADABLE');
  const bytes = fromBase45(text.slice(prefix.length));
  if (!bytes) throw new AppError('STATEMENT_UNREADABLE');
  const { facts, keyId, signed, signature } = decodeStatement(bytes);
  const named = offices.flatMap((office) => keysOf(office).filter((one) => keyIdOf(one.key).equals(keyId)));
  const [first] = named;
  if (!first) return { outcome: 'unknown-office', keyId: keyId.toString('hex') };
  const message = Buffer.concat([domain, signed]);
  const by = named.find(({ key }) => verify(null, message, readPublicKey(key), signature));
  if (!by) return { outcome: 'forged', office: first.office };
  const { office, until } = by;
  // Whoever got hold of a key that was given up can still sign with it, but the office says that it did not.
  if (until !== null && facts.date > until) return { outcome: 'withdrawn-key', office, until };
  return { outcome: 'genuine', office, facts, warnings: warningsOf(office, facts, until) };
}

const keysOf = ({
  name,
  publicKey,
  previous,
}: OfficeCard): readonly { office: string; key: Uint8Array; until: string | null }[] => [
  { office: name, key: publicKey, until: null },
  ...previous.map((one) => ({ office: name, key: one.publicKey, until: one.until })),
];

function warningsOf(office: string, facts: StatementFacts, until: string | null): StatementWarning[] {
  const shown = [office, facts.number, facts.sender, facts.signer, facts.subject ?? ''];
  return [
    ...(shown.some(hasLookalikes) ? (['LOOKALIKE'] as const) : []),
    ...(until === null ? [] : (['OLD_KEY'] as const)),
  ];
}

/** @throws AppError OFFICE_CARD_UNREADABLE unless it is an Ed25519 key. */
export function readPublicKey(spki: Uint8Array): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new AppError('OFFICE_CARD_UNREADABLE', undefined, cause);
  }
  throw new AppError('OFFICE_CARD_UNREADABLE');
}
