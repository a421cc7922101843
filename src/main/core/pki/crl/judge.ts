import { signatureScheme, verifySignature } from '../algorithms.ts';
import { DerError } from '../der/read.ts';
import { freshness } from '../revocation.ts';
import type { RevocationFault, RevocationVerdict } from '../revocation.ts';
import { strongKey, strongScheme } from '../strength.ts';
import type { Certificate } from '../x509/certificate.ts';
import { readCertificateList } from './read.ts';
import type { CertificateList } from './read.ts';

/**
 * What the list says about `certificate` (RFC 5280 §6.3.3, for whole lists by the issuer itself): signed by the
 * issuer, meant for this certificate, fresh at `now` (null: its age is the caller's question).
 */
export function judgeCertificateList(
  bytes: Uint8Array,
  question: { readonly certificate: Certificate; readonly issuer: Certificate; readonly now: Date | null },
): RevocationVerdict {
  try {
    return judge(readCertificateList(bytes), question);
  } catch (error) {
    if (error instanceof DerError) return unusable('UNREADABLE');
    throw error;
  }
}

const unusable = (reason: RevocationFault): RevocationVerdict => ({ status: 'unusable', reason });

function judge(
  list: CertificateList,
  { certificate, issuer, now }: Parameters<typeof judgeCertificateList>[1],
): RevocationVerdict {
  if (list.issuerKey !== issuer.subjectKey) return unusable('SIGNER');
  if (issuer.keyUsage && !issuer.keyUsage.includes('cRLSign')) return unusable('SIGNER');
  if (!covers(list, certificate)) return unusable('SCOPE');
  const scheme = signatureScheme(list.signatureAlgorithm, null);
  if (!strongScheme(scheme) || !strongKey(issuer)) return unusable('WEAK');
  if (!scheme || verifySignature(scheme, issuer.publicKeyInfo, list.tbs, list.signature) !== 'valid') {
    return unusable('SIGNATURE');
  }
  const fresh = now ? freshness(list.thisUpdate, list.nextUpdate, now) : 'fresh';
  if (fresh !== 'fresh') return unusable(fresh);
  const revokedAt = list.revokedAt(certificate.serial);
  return {
    status: revokedAt ? 'revoked' : 'good',
    revokedAt,
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    responder: null,
    certificates: [],
  };
}

/** §6.3.3 (b)(2): the list's own scope holds this certificate. */
function covers({ scope }: CertificateList, certificate: Certificate): boolean {
  const authority = certificate.basicConstraints?.ca ?? false;
  if (scope.partial || (scope.onlyUsers && authority) || (scope.onlyAuthorities && !authority)) return false;
  return scope.urls === null || scope.urls.some((url) => certificate.crlUrls.includes(url));
}
