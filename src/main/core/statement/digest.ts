import { createHash } from 'node:crypto';
import type { TypesetLetter } from '../contract/letters.ts';

/** Bytes of the digest that a statement carries: 2^160 against a second letter, 2^80 against a pair made for it. */
export const digestBytes = 20;
const domain = 'eletter-letter-1\n';

/**
 * Digest of what a letter says, whatever PDF it is printed from: SHA-256 over the domain line and the letter as JSON
 * with sorted keys (the form of RFC 8785 for the values that occur: texts, lists, records, booleans), cut to 20 bytes.
 * Left out: ids of this vault, the certificate's issuer, and the statement itself, which are not the letter's words.
 * Several signers, or one on somebody's behalf, count as the page names them.
 */
export function letterDigest(letter: TypesetLetter): Buffer {
  const { content, letterhead, signer, signers, number, date } = letter;
  const named = (list: typeof content.recipients): object[] =>
    list.map(({ name, place }) => ({ name, place }));
  const { postId: _post, signers: _accounts, review: _review, ...words } = content;
  const canonical = {
    content: { ...words, recipients: named(content.recipients), copies: named(content.copies) },
    letterhead,
    signer,
    ...(signers ? { signers } : {}),
    number,
    date,
    // Letters without attachments keep the digest that they always had.
    ...(letter.attached ? { attached: letter.attached.map(({ title, sha256 }) => ({ title, sha256 })) } : {}),
  };
  const hash = createHash('sha256').update(domain).update(JSON.stringify(canonical, sortedKeys));
  return hash.digest().subarray(0, digestBytes);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
