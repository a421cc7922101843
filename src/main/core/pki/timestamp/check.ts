import { AppError } from '../../contract/errors.ts';
import { digestName } from '../algorithms.ts';
import { parseTimestampToken } from '../cms/timestamp.ts';
import { findSigner, verifySignerInfo } from '../cms/verify.ts';
import { DerError, integerBytes, readOuter, sequenceOf, tags } from '../der/read.ts';
import { strongDigest, strongPath, strongScheme } from '../strength.ts';
import { buildChain } from '../x509/chain.ts';
import type { Certificate } from '../x509/certificate.ts';
import { readAllCertificates } from '../x509/read-all.ts';
import type { TimestampQuery } from './request.ts';

/** A token that may be relied on. */
export interface CheckedTimestamp {
  readonly token: Uint8Array;
  readonly time: Date;
  /** From the authority's certificate to the anchor. */
  readonly path: readonly Certificate[];
}

/** Why a token is not accepted; the word goes into TIMESTAMP_REFUSED. */
export type TimestampRefusal =
  'UNREADABLE' | 'IMPRINT' | 'NONCE' | 'SIGNATURE' | 'PURPOSE' | 'UNTRUSTED' | 'WEAK' | 'TIME';

const timeStamping = '1.3.6.1.5.5.7.3.8';
/** How far the authority's clock and this computer's may be apart. */
const clockTolerance = 3_600_000;

/**
 * Judges a fresh token before it is used: it answers this query and no other (RFC 3161 §2.2 (6), §2.4.2), its
 * signature holds and names its certificate (RFC 5816), whose only purpose is timestamping (§2.3) and whose chain
 * ends at an anchor, with nothing weak on the way.
 * @throws AppError TIMESTAMP_REFUSED {reason: TimestampRefusal}
 */
export function checkTimestamp(
  bytes: Uint8Array,
  query: TimestampQuery,
  trust: { readonly anchors: readonly Certificate[]; readonly now: Date },
): CheckedTimestamp {
  try {
    return check(bytes, query, trust);
  } catch (error) {
    if (error instanceof DerError) throw refused('UNREADABLE', error);
    throw error;
  }
}

function check(
  bytes: Uint8Array,
  query: TimestampQuery,
  trust: { readonly anchors: readonly Certificate[]; readonly now: Date },
): CheckedTimestamp {
  const token = parseTimestampToken(bytes);
  const [info, ...others] = token.signedData.signerInfos;
  if (!info || others.length > 0) throw refused('SIGNATURE');
  if (token.imprintHash !== 'sha256' || !same(token.imprint, query.imprint)) throw refused('IMPRINT');
  const nonce = nonceOf(token.content);
  if (!nonce || !same(nonce, magnitude(query.nonce))) throw refused('NONCE');
  const certificates = readAllCertificates(token.signedData.certificates);
  const signer = findSigner(info, certificates);
  if (!signer) throw refused('SIGNATURE');
  const verdict = verifySignerInfo(info, signer, token.signedData.contentType, [token.content]);
  const holds =
    verdict.digestMatches === true &&
    verdict.signature === 'valid' &&
    verdict.signingCertificate === 'match' &&
    verdict.contradictions.length === 0;
  if (!holds) throw refused('SIGNATURE');
  const { keyUsage, extendedKeyUsage } = signer;
  const maySign = !keyUsage || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
  if (!maySign || extendedKeyUsage?.length !== 1 || extendedKeyUsage[0] !== timeStamping) {
    throw refused('PURPOSE');
  }
  if (!strongDigest(digestName(info.digestAlgorithm.oid)) || !strongScheme(verdict.scheme)) {
    throw refused('WEAK');
  }
  if (Math.abs(token.time.getTime() - trust.now.getTime()) > clockTolerance) throw refused('TIME');
  if (token.time < signer.notBefore || token.time > signer.notAfter) throw refused('TIME');
  const chain = buildChain(signer, certificates, trust.anchors, token.time);
  if (!chain.ok) throw refused('UNTRUSTED');
  if (!strongPath(chain.path)) throw refused('WEAK');
  return { token: bytes, time: token.time, path: chain.path };
}

const refused = (reason: TimestampRefusal, cause?: unknown): AppError =>
  new AppError('TIMESTAMP_REFUSED', { reason }, cause);

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The nonce is the only INTEGER of TSTInfo behind genTime (§2.4.2). */
function nonceOf(content: Uint8Array): Uint8Array | null {
  const fields = sequenceOf(readOuter(content));
  const behind = fields.slice(fields.findIndex((field) => field.tag === tags.generalizedTime) + 1);
  const nonce = behind.find((field) => field.tag === tags.integer);
  return nonce ? magnitude(integerBytes(nonce)) : null;
}

/** Without leading zero octets, which an INTEGER adds or drops. */
function magnitude(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0);
  return start < 0 ? new Uint8Array() : octets.subarray(start);
}
