import { certificateScheme } from './x509/certificate.ts';
import type { Certificate } from './x509/certificate.ts';
import type { SignatureScheme } from './algorithms.ts';

/**
 * Is this strong enough to put new trust in? Stricter than for judging what is old, where the time of the proof
 * counts (ETSI TS 119 312, SIGNATURES §D 7).
 */

const brokenDigests: ReadonlySet<string> = new Set(['md5', 'sha1', 'ripemd160']);

export const strongDigest = (name: string | null): boolean => name !== null && !brokenDigests.has(name);

/** EdDSA brings a digest of its own. */
export const strongScheme = (scheme: SignatureScheme | null): boolean =>
  scheme !== null && (scheme.hash === null || strongDigest(scheme.hash));

export function strongKey({ key }: Certificate): boolean {
  if (key.type === 'rsa') return key.bits >= 2048;
  if (key.type === 'ec') return key.bits >= 256;
  return key.type === 'ed25519' || key.type === 'ed448';
}

/** The anchor's own signature carries no weight: whoever trusts it trusts its key. */
export const strongPath = (path: readonly Certificate[]): boolean =>
  path.every(strongKey) && path.slice(0, -1).every((one) => strongScheme(certificateScheme(one)));
