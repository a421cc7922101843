import { certificateScheme, digestTitle, schemeName } from '../pki/index.ts';
import type { Certificate, SignatureScheme } from '../pki/index.ts';
import type { Findings } from './problems.ts';

/** Broken or abandoned digests, with the day from which on nothing new may rest on them (SIGNATURES §D 7). */
const weakDigests: ReadonlyMap<string, Date> = new Map([
  ['md2', new Date(0)],
  ['md4', new Date(0)],
  ['md5', new Date('2004-08-01T00:00:00Z')],
  ['sha1', new Date('2012-08-01T00:00:00Z')],
  ['ripemd160', new Date('2014-08-01T00:00:00Z')],
]);

/** Smallest RSA modulus and elliptic field, in bits, that still count, and until when smaller ones did. */
const minimum = {
  rsa: { bits: 1900, until: new Date('2019-10-01T00:00:00Z'), least: 1024 },
  ec: { bits: 256, until: new Date('2021-10-01T00:00:00Z'), least: 160 },
} as const;

export function isWeakDigest(name: string | null, proven: Date | null = null): boolean {
  const since = name === null ? undefined : weakDigests.get(name);
  return since !== undefined && !(proven && proven < since);
}

/**
 * What the signature itself rests on.
 * @param proven a moment before which the signature is proven to have existed; null where none is.
 */
export function judgeStrength(
  scheme: SignatureScheme | null,
  digest: string | null,
  signer: Certificate,
  proven: Date | null,
  findings: Findings,
): void {
  const weak = [digest, scheme?.hash ?? null].find((name) => isWeakDigest(name, proven));
  if (weak) findings.add('DIGEST_WEAK', { algorithm: digestTitle(weak) });
  if (weakKey(signer, proven)) findings.add('KEY_WEAK', { key: signer.key.title });
}

/** What the certificates rest on; the anchor was chosen by a person and is not judged. */
export function judgeChainStrength(
  path: readonly Certificate[],
  proven: Date | null,
  findings: Findings,
): void {
  for (const certificate of path.slice(0, -1)) {
    if (weakSignature(certificate, proven) || weakKey(certificate, proven)) {
      findings.add('CHAIN_ALGORITHM_WEAK', { certificate: certificate.commonName });
    }
  }
}

/** A curve that is unknown, or spelt out in the certificate, may have been chosen to be weak. */
function weakKey({ key }: Certificate, proven: Date | null): boolean {
  if (key.type !== 'rsa' && key.type !== 'ec') return key.type === 'other';
  const { bits, until, least } = minimum[key.type];
  return key.bits < (proven && proven < until ? least : bits);
}

/** An algorithm that cannot even be named is not relied on either. */
function weakSignature(certificate: Certificate, proven: Date | null): boolean {
  const scheme = certificateScheme(certificate);
  return scheme === null || isWeakDigest(scheme.hash, proven);
}

/** As the report shows them. */
export const schemeTitle = (scheme: SignatureScheme | null): string | null => scheme && schemeName(scheme);
export const hashTitle = (name: string | null): string | null => name && digestTitle(name);
