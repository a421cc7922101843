import { certificateScheme, digestTitle, schemeName } from '../pki/index.ts';
import type { Certificate, SignatureScheme } from '../pki/index.ts';
import type { Findings } from './problems.ts';

/** Broken or abandoned digests (SIGNATURES §D 7: SHA-1 out since 2012-08). */
const weakDigests: ReadonlySet<string> = new Set(['md2', 'md4', 'md5', 'sha1', 'ripemd160']);

/** Smallest RSA modulus and elliptic field, in bits, that still count (SIGNATURES §D 7). */
const minimum = { rsa: 1900, ec: 256 } as const;

export function isWeakDigest(name: string | null): boolean {
  return name !== null && weakDigests.has(name);
}

/** What the signature itself rests on. */
export function judgeStrength(
  scheme: SignatureScheme | null,
  digest: string | null,
  signer: Certificate,
  findings: Findings,
): void {
  const weak = [digest, scheme?.hash ?? null].find(isWeakDigest);
  if (weak) findings.add('DIGEST_WEAK', { algorithm: digestTitle(weak) });
  if (weakKey(signer)) findings.add('KEY_WEAK', { key: signer.key.title });
}

/** What the certificates rest on; the anchor was chosen by a person and is not judged. */
export function judgeChainStrength(path: readonly Certificate[], findings: Findings): void {
  for (const certificate of path.slice(0, -1)) {
    if (weakSignature(certificate) || weakKey(certificate)) {
      findings.add('CHAIN_ALGORITHM_WEAK', { certificate: certificate.commonName });
    }
  }
}

/** A curve that is unknown, or spelt out in the certificate, may have been chosen to be weak. */
function weakKey({ key }: Certificate): boolean {
  if (key.type === 'rsa') return key.bits < minimum.rsa;
  return key.type === 'other' || (key.type === 'ec' && key.bits < minimum.ec);
}

/** An algorithm that cannot even be named is not relied on either. */
function weakSignature(certificate: Certificate): boolean {
  const scheme = certificateScheme(certificate);
  return scheme === null || isWeakDigest(scheme.hash);
}

/** As the report shows them. */
export const schemeTitle = (scheme: SignatureScheme | null): string | null => scheme && schemeName(scheme);
export const hashTitle = (name: string | null): string | null => name && digestTitle(name);
