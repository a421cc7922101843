import { issuedBy } from './certificate.ts';
import type { Certificate } from './certificate.ts';

/** The issuers of `leaf` among whatever lay beside it, nearest first, as far as they go. Nothing is trusted by this. */
export function issuersAbove(leaf: Certificate, all: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  for (let last = leaf; !last.selfIssued && chain.length < 10;) {
    const next = all.find((c) => c.subjectKey === last.issuerKey && issuedBy(last, c) === 'valid');
    if (!next || chain.includes(next)) break;
    chain.push(next);
    last = next;
  }
  return chain;
}
