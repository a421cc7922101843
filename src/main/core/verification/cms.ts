import {
  DerError,
  digest,
  digestName,
  digestSupported,
  findSigner,
  readAllCertificates,
} from '../pki/index.ts';
import { parseSignedData, parseTimestampToken, verifySignerInfo } from '../pki/index.ts';
import type { Certificate, SignedData, SignerCheck, SignerInfo, TimestampToken } from '../pki/index.ts';
import type { Coverage } from './byte-range.ts';
import type { Language } from '../contract/people.ts';
import type { PrefixDigests } from './prefix-digest.ts';
import { Findings } from './problems.ts';

/** What the CMS in /Contents says about the signed bytes. */
export interface CmsResult {
  /** null: could not be judged. */
  readonly integrity: boolean | null;
  readonly info: SignerInfo;
  readonly signer: Certificate | null;
  readonly certificates: readonly Certificate[];
  readonly check: SignerCheck | null;
  /** Digest name of the signed bytes, as node:crypto spells it. */
  readonly digest: string | null;
  /** Timestamps only. */
  readonly token: TimestampToken | null;
  /** Revocation data that came along (DER). */
  readonly crls: readonly Uint8Array[];
}

export type CmsForm = 'detached' | 'sha1' | 'timestamp' | 'pkcs1';

const idData = '1.2.840.113549.1.7.1';

/**
 * Reads and judges the CMS of one signature (RFC 5652; ISO 32000-2 §12.8.3.3; RFC 3161 for timestamps).
 * Null where the structure already failed; the findings say why.
 *
 * @param anchors certificates that may be the signer's where the CMS does not carry it.
 */
export function judgeCms(
  coverage: Coverage,
  form: CmsForm,
  anchors: readonly Certificate[],
  reader: CertificateReader,
  digests: PrefixDigests,
  findings: Findings,
): CmsResult | null {
  const token = form === 'timestamp' ? tolerant(() => parseTimestampToken(coverage.contents)) : null;
  const data = form === 'timestamp' ? token?.signedData : tolerant(() => parseSignedData(coverage.contents));
  if (!data) {
    findings.add('CMS_UNREADABLE');
    return null;
  }
  const [info, ...others] = data.signerInfos;
  if (!info || others.length > 0) {
    findings.add('CMS_SIGNER_COUNT', { count: data.signerInfos.length });
    return null;
  }
  const content = contentOf(data, coverage, form, token, digests, findings);
  if (!content) return null;
  const certificates = reader(data.certificates);
  const signer = findSigner(info, [...certificates, ...anchors]);
  const digestOfContent = digestName(info.digestAlgorithm.oid);
  const { crls } = data;
  const common = { info, signer, certificates, crls, token, digest: content.digest ?? digestOfContent };
  if (!signer) {
    findings.add('SIGNER_CERTIFICATE_MISSING');
    const broken = content.matches === false || attributeMatches(info, content.pieces) === false;
    if (broken) findings.add('DIGEST_MISMATCH');
    return { ...common, check: null, integrity: broken ? false : null };
  }
  const check = verifySignerInfo(info, signer, data.contentType, content.pieces, digests.of);
  return { ...common, check, integrity: integrityOf(check, info, content.matches, findings) };
}

/**
 * A signature timestamp (RFC 3161 appendix A): does this token stamp these bytes, and is its own signature
 * right? Null where it is no token. Says nothing about trust.
 */
export function judgeStamp(bytes: Uint8Array, stamped: Uint8Array, language: Language): CmsResult | null {
  const token = tolerant(() => parseTimestampToken(bytes));
  const [info, ...others] = token?.signedData.signerInfos ?? [];
  if (!token || !info || others.length > 0) return null;
  const { signedData, content } = token;
  const certificates = readAllCertificates(signedData.certificates);
  const signer = findSigner(info, certificates);
  if (!signer) return null;
  const check = verifySignerInfo(info, signer, signedData.contentType, [content]);
  const matches = sameDigest(token.imprintHash, [stamped], token.imprint);
  // Its problems are told as one: the token holds or it does not.
  const integrity = integrityOf(check, info, matches, new Findings(language));
  return {
    integrity,
    info,
    signer,
    certificates,
    crls: signedData.crls,
    check,
    digest: token.imprintHash,
    token,
  };
}

/** null for what cannot be read; only the reader's own errors count as that. */
function tolerant<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads certificates, each only once: the signatures of one file mostly bring the same ones. */
export type CertificateReader = (ders: readonly Uint8Array[]) => readonly Certificate[];

export function certificateReader(): CertificateReader {
  const known = new Map<string, readonly Certificate[]>();
  return (ders) =>
    ders.flatMap((der) => {
      const key = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
      const found = known.get(key) ?? readAllCertificates([der]);
      known.set(key, found);
      return found;
    });
}

interface Content {
  /** What the message-digest attribute is held against. */
  readonly pieces: readonly Uint8Array[];
  /**
   * Where a digest of the file's bytes stands inside the content (sha1 and timestamp forms): does it match,
   * null when its algorithm is unknown; absent for detached content.
   */
  readonly matches?: boolean | null;
  readonly digest: string | null;
}

function contentOf(
  data: SignedData,
  coverage: Coverage,
  form: CmsForm,
  token: TimestampToken | null,
  digests: PrefixDigests,
  findings: Findings,
): Content | null {
  if (form === 'timestamp' && token) {
    const { imprintHash, imprint, content } = token;
    return {
      pieces: [content],
      matches: sameDigest(imprintHash, coverage.signed, imprint, digests.of),
      digest: imprintHash,
    };
  }
  if (data.contentType !== idData) {
    findings.add('CMS_CONTENT_TYPE_WRONG');
    return null;
  }
  if (form === 'sha1') {
    const { content } = data;
    if (!content) {
      findings.add('CMS_UNREADABLE');
      return null;
    }
    return {
      pieces: [content],
      matches: sameDigest('sha1', coverage.signed, content, digests.of),
      digest: 'sha1',
    };
  }
  // Content inside a detached signature would be what is signed, instead of the file (SIGNATURES §D).
  if (data.content) {
    findings.add('CMS_CONTENT_NOT_DETACHED');
    return null;
  }
  return { pieces: coverage.signed, digest: null };
}

function sameDigest(
  name: string | null,
  pieces: readonly Uint8Array[],
  expected: Uint8Array,
  digestOf: typeof digest = digest,
): boolean | null {
  if (!name || !digestSupported(name)) return null;
  return Buffer.compare(digestOf(name, pieces), expected) === 0;
}

function attributeMatches(info: SignerInfo, pieces: readonly Uint8Array[]): boolean | null {
  const stated = info.signedAttributes?.messageDigest;
  return stated ? sameDigest(digestName(info.digestAlgorithm.oid), pieces, stated) : null;
}

function integrityOf(
  check: SignerCheck,
  info: SignerInfo,
  inner: boolean | null | undefined,
  findings: Findings,
): boolean | null {
  for (const contradiction of check.contradictions) {
    if (contradiction === 'SIGNING_CERTIFICATE_MISMATCH') findings.add('SIGNING_CERTIFICATE_MISMATCH');
    else if (contradiction === 'CONTENT_TYPE_MISMATCH' || contradiction === 'MESSAGE_DIGEST_MISSING') {
      findings.add('SIGNED_ATTRIBUTES_WRONG');
    } else findings.add('ALGORITHMS_CONTRADICT');
  }
  const direct = info.signedAttributes === null;
  if (check.digestMatches === false || inner === false) findings.add('DIGEST_MISMATCH');
  if (check.signature === 'invalid') findings.add('SIGNATURE_INVALID');
  const broken =
    check.contradictions.length > 0 ||
    check.digestMatches === false ||
    inner === false ||
    check.signature === 'invalid';
  if (broken) return false;
  const digestKnown = (direct || check.digestMatches === true) && inner !== null;
  if (check.signature === 'valid' && digestKnown) return true;
  findings.add('ALGORITHM_UNSUPPORTED');
  return null;
}
