import { randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import {
  buildOcspRequest,
  judgeCertificateList,
  judgeOcspResponse,
  needsNoRevocationCheck,
} from '../pki/index.ts';
import type { Certificate, RevocationFault, RevocationVerdict } from '../pki/index.ts';
import type { Lowering, ValidationServices } from './services.ts';
import { outageOf } from './timestamping.ts';

/** What a verifier will need once nobody answers any more (EN 319 142-1 §5.4, §6.3 B-LT). DER, each once. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** The first certificate for which there is no usable answer; null where the data is complete. */
  readonly missing: Lowering | null;
}

/** A chain from a leaf to its anchor, and since when its signatures are known to exist. */
export interface ProvenPath {
  readonly path: readonly Certificate[];
  readonly whose: 'signer' | 'timestamp';
  /** A revocation after this moment does not touch it; null: no proof yet, any revocation counts. */
  readonly provenAt: Date | null;
}

interface Evidence {
  readonly kind: 'ocsp' | 'crl';
  readonly der: Uint8Array;
  readonly verdict: Exclude<RevocationVerdict, { status: 'unusable' }>;
}

const maximumUrls = 4;

/**
 * Asks about every certificate below the anchors: OCSP first, then the issuer's list. What is stale, of another
 * scope or badly signed counts as no answer.
 * @throws AppError CERTIFICATE_REVOKED {date}; TIMESTAMP_REFUSED {reason: REVOKED} for an authority's chain
 */
export async function collectValidationData(
  paths: readonly ProvenPath[],
  services: ValidationServices,
): Promise<ValidationData> {
  const certificates = new Map<string, Uint8Array>();
  const evidence: Evidence[] = [];
  let missing: Lowering | null = null;
  const asked = new Set<string>();
  const keep = (one: Certificate): void => void certificates.set(one.fingerprint, one.der);
  const links = paths.flatMap(({ path, provenAt, whose }) => {
    path.forEach(keep);
    return path.slice(0, -1).flatMap((certificate, index) => {
      const issuer = path[index + 1];
      if (!issuer || asked.has(certificate.fingerprint)) return [];
      asked.add(certificate.fingerprint);
      return [{ certificate, issuer, provenAt, whose }];
    });
  });
  const answers = await Promise.all(
    links.map(({ certificate, issuer }) => askAbout(certificate, issuer, services)),
  );
  for (const [index, { found, lowering }] of answers.entries()) {
    missing ??= lowering;
    for (const one of found) {
      const { verdict } = one;
      if (verdict.status === 'revoked') refuseRevoked(verdict.revokedAt, links[index]);
      evidence.push(one);
      verdict.certificates.forEach(keep);
    }
  }
  return {
    certificates: [...certificates.values()],
    ocsps: distinct(evidence.filter(({ kind }) => kind === 'ocsp')),
    crls: distinct(evidence.filter(({ kind }) => kind === 'crl')),
    missing,
  };
}

function refuseRevoked(
  revokedAt: Date | null,
  link: Pick<ProvenPath, 'whose' | 'provenAt'> | undefined,
): void {
  const provenAt = link?.provenAt ?? null;
  if (provenAt && revokedAt && revokedAt > provenAt) return;
  if (link?.whose === 'timestamp') throw new AppError('TIMESTAMP_REFUSED', { reason: 'REVOKED' });
  throw new AppError('CERTIFICATE_REVOKED', { date: day(revokedAt) });
}

const day = (date: Date | null): string => (date ? date.toISOString().slice(0, 10) : '?');

const distinct = (evidence: readonly Evidence[]): Uint8Array[] => [
  ...new Map(evidence.map(({ der }) => [Buffer.from(der).toString('latin1'), der])).values(),
];

interface Answer {
  readonly found: readonly Evidence[];
  readonly lowering: Lowering | null;
}

async function askAbout(
  certificate: Certificate,
  issuer: Certificate,
  services: ValidationServices,
): Promise<Answer> {
  const attempts: Lowering[] = [];
  for (const url of webAddresses(certificate.ocspUrls)) {
    const tried = await askResponder(url, certificate, issuer, services);
    if (!('verdict' in tried)) attempts.push(tried);
    else {
      const { responder } = tried.verdict;
      if (!responder || needsNoRevocationCheck(responder)) return { found: [tried], lowering: null };
      // a responder that may itself be revoked is asked about by list only, else it would answer for itself
      const about = await askLists(responder, issuer, services, attempts);
      if (about?.verdict.status === 'revoked')
        attempts.push({ code: 'REVOCATION_UNUSABLE', reason: 'SIGNER' });
      else if (about) return { found: [tried, about], lowering: null };
    }
  }
  const listed = await askLists(certificate, issuer, services, attempts);
  if (listed) return { found: [listed], lowering: null };
  const lowering = attempts[0] ?? { code: 'REVOCATION_NOT_OFFERED', reason: null };
  return { found: [], lowering };
}

async function askResponder(
  url: string,
  certificate: Certificate,
  issuer: Certificate,
  services: ValidationServices,
): Promise<Evidence | Lowering> {
  const nonce = randomBytes(32);
  const der = await orOutage(services.ocsp(url, buildOcspRequest(certificate, issuer, nonce)));
  if (typeof der === 'string') return unreachable(der);
  const verdict = judgeOcspResponse(der, { certificate, issuer, nonce, now: services.now() });
  return verdict.status === 'unusable' ? unusable(verdict.reason) : { kind: 'ocsp', der, verdict };
}

/** The first usable list; what went wrong with the others goes into `attempts`. */
async function askLists(
  certificate: Certificate,
  issuer: Certificate,
  services: ValidationServices,
  attempts: Lowering[],
): Promise<Evidence | null> {
  for (const url of webAddresses(certificate.crlUrls)) {
    // a kept list that is of no use may have been replaced
    for (const again of [false, true]) {
      const der = await orOutage(services.crl(url, again));
      if (typeof der === 'string') {
        attempts.push(unreachable(der));
        break;
      }
      const verdict = judgeCertificateList(der, { certificate, issuer, now: services.now() });
      if (verdict.status !== 'unusable') return { kind: 'crl', der, verdict };
      if (again) attempts.push(unusable(verdict.reason));
    }
  }
  return null;
}

const unreachable = (reason: string): Lowering => ({ code: 'REVOCATION_UNREACHABLE', reason });
const unusable = (reason: RevocationFault): Lowering => ({ code: 'REVOCATION_UNUSABLE', reason });

/** LDAP and the like are not asked. */
const webAddresses = (urls: readonly string[]): string[] =>
  urls.filter((url) => /^https?:\/\//i.test(url)).slice(0, maximumUrls);

/** The answer, or the word for how nobody answered. */
async function orOutage(answer: Promise<Uint8Array>): Promise<Uint8Array | string> {
  try {
    return await answer;
  } catch (error) {
    const reason = outageOf(error);
    if (reason === null) throw error;
    return reason;
  }
}
