import { AppError } from '../contract/errors.ts';
import type { StatementFacts } from '../contract/statement.ts';
import { digestBytes } from './digest.ts';
import { fitTogether, plainText } from './fit.ts';

/** The bytes of a statement, version 1; docs/statement.md tells each. */
export const statementBytes = 200;
export const signatureBytes = 64;
export const keyIdBytes = 8;
const version = 1;
const withheld = 1;
const headBytes = 2 + keyIdBytes + 2 + digestBytes;
const lengthBytes = 4;
const mostNumberBytes = 60;
const day = 86_400_000;
const epoch = Date.UTC(2000, 0, 1);

/** @returns what is signed, or null where the number is longer than 60 bytes: a cut number would name another letter. */
export function encodeFacts(facts: StatementFacts, keyId: Uint8Array): Buffer | null {
  const number = plainText(facts.number);
  const days = (Date.parse(facts.date) - epoch) / day;
  if (Buffer.byteLength(number) > mostNumberBytes || !(days >= 0 && days <= 0xffff)) return null;
  const room = statementBytes - signatureBytes - headBytes - lengthBytes - Buffer.byteLength(number);
  const rest = fitTogether([facts.sender, facts.signer, facts.subject ?? ''].map(plainText), room);
  const dated = Buffer.alloc(2);
  dated.writeUInt16BE(days);
  return Buffer.concat([
    Buffer.from([version, facts.subject === null ? withheld : 0]),
    keyId,
    dated,
    Buffer.from(facts.digest, 'hex'),
    ...[number, ...rest].flatMap((text) => [Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]),
  ]);
}

export interface DecodedStatement {
  readonly facts: StatementFacts;
  readonly keyId: Buffer;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** @throws AppError STATEMENT_UNREADABLE for every byte that the encoder would not write. */
export function decodeStatement(bytes: Buffer): DecodedStatement {
  if (bytes.length > statementBytes || bytes.length < headBytes + lengthBytes + signatureBytes)
    throw new AppError('STATEMENT_UNREADABLE');
  const signed = bytes.subarray(0, bytes.length - signatureBytes);
  const flags = signed[1] ?? 0;
  if (signed[0] !== version || flags > withheld) throw new AppError('STATEMENT_UNREADABLE');
  const keyId = signed.subarray(2, 2 + keyIdBytes);
  const days = signed.readUInt16BE(2 + keyIdBytes);
  const digest = signed.subarray(headBytes - digestBytes, headBytes).toString('hex');
  const [number = '', sender = '', signer = '', subject = ''] = texts(signed.subarray(headBytes));
  if (flags === withheld && subject !== '') throw new AppError('STATEMENT_UNREADABLE');
  const date = new Date(epoch + days * day).toISOString().slice(0, 10);
  const facts = { number, date, sender, signer, subject: flags === withheld ? null : subject, digest };
  return { facts, keyId, signed, signature: bytes.subarray(-signatureBytes) };
}

/** Four texts, each after its length in bytes, and nothing behind them. */
function texts(bytes: Buffer): string[] {
  const found: string[] = [];
  let at = 0;
  while (found.length < lengthBytes) {
    const length = bytes[at];
    if (length === undefined || at + 1 + length > bytes.length) throw new AppError('STATEMENT_UNREADABLE');
    found.push(textOf(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  if (at !== bytes.length) throw new AppError('STATEMENT_UNREADABLE');
  return found;
}

function textOf(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('STATEMENT_UNREADABLE', undefined, cause);
  }
  // What is shown must be what is there: nothing that hides, reorders or speaks to a terminal.
  if (text !== plainText(text)) throw new AppError('STATEMENT_UNREADABLE');
  return text;
}
