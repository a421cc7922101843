import { issuedBy } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { nameConstraintsHold } from './name-constraints.ts';
import { policiesHold } from './policies.ts';

/**
 * From a certificate to a trust anchor (RFC 5280 §6). Candidates come out of hostile files, so the search is
 * bounded in depth and in signature checks.
 */

export type ChainFailure =
  | 'NO_PATH'
  | 'BAD_SIGNATURE'
  | 'SIGNATURE_UNSUPPORTED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'NOT_CA'
  | 'PATH_LENGTH'
  | 'KEY_USAGE'
  | 'NAME_CONSTRAINTS'
  | 'NAME_CONSTRAINTS_UNSUPPORTED'
  | 'POLICIES'
  | 'UNKNOWN_CRITICAL_EXTENSION';

export type ChainResult =
  | {
      readonly ok: true;
      /** From the leaf to the anchor, both included; one element where the leaf is the anchor. */
      readonly path: readonly Certificate[];
      readonly anchor: Certificate;
    }
  | {
      readonly ok: false;
      readonly reason: ChainFailure;
      /** The certificate at fault, where one is. */
      readonly certificate: Certificate | null;
      /** As far as it went; ends in an anchor unless the reason is NO_PATH, BAD_ or SIGNATURE_. */
      readonly path: readonly Certificate[];
    };

type Failure = Extract<ChainResult, { ok: false }>;

const maximumDepth = 10;
const maximumChecks = 200;

/**
 * @param at the moment for which validity is judged.
 * An anchor stands for a name and a key that somebody chose to trust (§6.1.1 (d)): its own dates and
 * constraints are not judged, except that one that is not marked as a CA can be the anchor of itself only.
 * Certificates before version 3 cannot be marked.
 */
export function buildChain(
  leaf: Certificate,
  candidates: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
): ChainResult {
  let checks = 0;
  let best: Failure = { ok: false, reason: 'NO_PATH', certificate: null, path: [leaf] };
  const trusted = new Set(anchors.map((anchor) => anchor.fingerprint));
  const pool = new Map([...anchors, ...candidates].map((c) => [c.fingerprint, c]));

  const visit = (path: readonly Certificate[]): ChainResult | null => {
    const last = path.at(-1) ?? leaf;
    if (trusted.has(last.fingerprint)) {
      const failure = judgePath(path, at);
      if (!failure) return { ok: true, path, anchor: last };
      if (rank(failure) > rank(best)) best = failure;
      return null;
    }
    if (path.length >= maximumDepth) return null;
    for (const issuer of issuersOf(last, pool, trusted)) {
      if (path.some((c) => c.fingerprint === issuer.fingerprint)) continue;
      if (++checks > maximumChecks) return null;
      const verdict = issuedBy(last, issuer);
      if (verdict === 'valid') {
        const result = visit([...path, issuer]);
        if (result) return result;
      } else {
        const reason = verdict === 'invalid' ? 'BAD_SIGNATURE' : 'SIGNATURE_UNSUPPORTED';
        const failure: Failure = { ok: false, reason, certificate: last, path };
        if (rank(failure) > rank(best)) best = failure;
      }
    }
    if (best.reason === 'NO_PATH' && path.length > best.path.length) best = { ...best, path };
    return null;
  };
  return visit([leaf]) ?? best;
}

/** A failure on a whole path says more than a broken link, and that more than none at all. */
function rank(failure: Failure): number {
  if (failure.reason === 'NO_PATH') return 0;
  return failure.reason === 'BAD_SIGNATURE' || failure.reason === 'SIGNATURE_UNSUPPORTED' ? 1 : 2;
}

/** By name (§6.1.3 (a)(4)); anchors first, then those whose key identifier fits (§4.2.1.1 is only a hint). */
function issuersOf(
  certificate: Certificate,
  pool: ReadonlyMap<string, Certificate>,
  trusted: ReadonlySet<string>,
): Certificate[] {
  const wanted = certificate.authorityKeyIdentifier;
  const fits = (c: Certificate): boolean =>
    wanted !== null &&
    c.subjectKeyIdentifier !== null &&
    Buffer.compare(wanted, c.subjectKeyIdentifier) === 0;
  const weight = (c: Certificate): number => (fits(c) ? 2 : 0) + (trusted.has(c.fingerprint) ? 1 : 0);
  return [...pool.values()]
    .filter((c) => c.subjectKey === certificate.issuerKey)
    .sort((a, b) => weight(b) - weight(a));
}

/** §6.1.3 and §6.1.4 over a path whose signatures are already checked; the anchor is its last element. */
function judgePath(path: readonly Certificate[], at: Date): Failure | null {
  const fail = (reason: ChainFailure, certificate: Certificate): Failure => ({
    ok: false,
    reason,
    certificate,
    path,
  });
  const anchor = path.at(-1);
  if (anchor && path.length > 1) {
    // whom somebody trusts as a signer is not trusted to name other signers
    if (anchor.version >= 3 && !anchor.basicConstraints?.ca) return fail('NOT_CA', anchor);
    if (anchor.keyUsage && !anchor.keyUsage.includes('keyCertSign')) return fail('KEY_USAGE', anchor);
  }
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    if (certificate.unknownCritical.length > 0) return fail('UNKNOWN_CRITICAL_EXTENSION', certificate);
    if (index > 0) {
      // §6.1.4 (k)–(n): every issuer below the anchor
      if (!certificate.basicConstraints?.ca) return fail('NOT_CA', certificate);
      if (certificate.keyUsage && !certificate.keyUsage.includes('keyCertSign')) {
        return fail('KEY_USAGE', certificate);
      }
      // §6.1.4 (l)–(m): self-issued certificates do not count, nor does the leaf
      const below = path.slice(1, index).filter((c) => !c.selfIssued).length;
      const allowed = certificate.basicConstraints.pathLength;
      if (allowed !== null && below > allowed) return fail('PATH_LENGTH', certificate);
      if (certificate.nameConstraints) {
        const held = nameConstraintsHold(certificate.nameConstraints, path.slice(0, index));
        if (held === 'violated') return fail('NAME_CONSTRAINTS', certificate);
        if (held === 'unsupported') return fail('NAME_CONSTRAINTS_UNSUPPORTED', certificate);
      }
    }
    if (at < certificate.notBefore) return fail('NOT_YET_VALID', certificate);
    if (at > certificate.notAfter) return fail('EXPIRED', certificate);
  }
  const [leaf] = path;
  return leaf && !policiesHold(path) ? fail('POLICIES', leaf) : null;
}
