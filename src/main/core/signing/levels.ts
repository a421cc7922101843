import type { SignatureLevel } from '../contract/tools.ts';
import { AppError } from '../contract/errors.ts';
import {
  buildChain,
  digest,
  parseCertificate,
  readAllCertificates,
  signatureTimestampAttribute,
} from '../pki/index.ts';
import type { Certificate, CheckedTimestamp, ChainResult } from '../pki/index.ts';
import { appendArchiveTimestamp } from './archive-timestamp.ts';
import { tokenRoom } from './document-timestamp.ts';
import { lastSignature } from './existing.ts';
import type { SignOptions } from './options.ts';
import { GrowingBytes } from './growing.ts';
import type { GrowingFile } from './growing.ts';
import { securityStoreRevision } from './security-store.ts';
import type { Lowering, ValidationServices } from './services.ts';
import { outageOf, requestTimestamp } from './timestamping.ts';
import type { Stamping } from './timestamping.ts';
import { collectValidationData } from './validation-data.ts';

export interface LevelledSignature {
  /** The whole signed file. */
  readonly pdf: Uint8Array;
  /** What was reached. */
  readonly level: SignatureLevel;
  /** Why that is less than what was asked for; null where it is not. */
  readonly lowering: Lowering | null;
}

/** The token's attribute around it, and a little. */
const attributeRoom = tokenRoom + 64;

/**
 * Signs and brings the signature to a level: B-T by a signature timestamp, B-LT by revocation data of both chains
 * in the document security store, B-LTA by a document timestamp over that. Where somebody does not answer, the
 * signature is given at the level that was reached.
 * @throws AppError what `signPdf` throws; CERTIFICATE_REVOKED {date}, CHAIN_INCOMPLETE {issuer} (asked before the
 *   key is used), TIMESTAMP_REFUSED {reason}.
 */
export async function signAtLevel(
  pdf: Uint8Array,
  options: SignOptions,
  level: SignatureLevel,
  services: ValidationServices,
): Promise<LevelledSignature> {
  const file = new GrowingBytes(pdf, options.password ?? null);
  const reached = await growToLevel(file, options, level, services);
  return { pdf: file.bytes, ...reached };
}

export type ReachedLevel = Omit<LevelledSignature, 'pdf'>;

/** The same, wherever the file is. @throws as `signAtLevel`; what was appended until then is not to be kept. */
export async function growToLevel(
  file: GrowingFile,
  options: SignOptions,
  level: SignatureLevel,
  services: ValidationServices,
): Promise<ReachedLevel> {
  if (level === 'b') {
    await file.sign(options);
    return { level, lowering: null };
  }
  const longTerm = level !== 't';
  const signer = parseCertificate(options.signer.certificate);
  const chain = longTerm ? await signerChain(signer, options, services) : null;
  // asked before the key is used: a revoked certificate signs nothing
  if (chain?.path)
    await collectValidationData([{ path: chain.path, whose: 'signer', provenAt: null }], services);

  const signed = await signWithTimestamp(file, options, signer, services);
  if (!signed.stamp) return { level: 'b', lowering: signed.lowering };
  if (!chain) return { level: 't', lowering: null };
  if (!chain.path) return { level: 't', lowering: chain.lowering };

  const paths = [
    { path: chain.path, whose: 'signer', provenAt: null },
    { path: signed.stamp.path, whose: 'timestamp', provenAt: null },
  ] as const;
  const data = await collectValidationData(paths, services);
  if (data.missing) return { level: 't', lowering: data.missing };
  const now = file.parse();
  file.append(securityStoreRevision(now, data, lastSignature(now)));
  if (level === 'lt') return { level, lowering: null };

  const { stamp, lowering } = await appendArchiveTimestamp(file, services);
  return stamp ? { level: 'lta', lowering: null } : { level: 'lt', lowering };
}

async function signWithTimestamp(
  file: GrowingFile,
  options: SignOptions,
  signer: Certificate,
  services: ValidationServices,
): Promise<Stamping> {
  let stamp: CheckedTimestamp | null = null;
  let lowering: Lowering = { code: 'TSA_UNREACHABLE', reason: null };
  const attributes = async (signatureValue: Uint8Array): Promise<readonly Uint8Array[]> => {
    const answer = await requestTimestamp(digest('sha256', [signatureValue]), services);
    if (!answer.stamp) {
      lowering = answer.lowering;
      return [];
    }
    const attribute = signatureTimestampAttribute(answer.stamp.token);
    if (attribute.length > attributeRoom) {
      lowering = { code: 'TSA_ANSWER_TOO_LARGE', reason: null };
      return [];
    }
    // EN 319 142-1 §6.3: made while the signing certificate is valid
    const { time } = answer.stamp;
    if (time < signer.notBefore || time > signer.notAfter) {
      throw new AppError('TIMESTAMP_REFUSED', { reason: 'TIME' });
    }
    stamp = answer.stamp;
    return [attribute];
  };
  await file.sign({ ...options, unsigned: { octets: attributeRoom, attributes } });
  return stamp === null ? { stamp, lowering } : { stamp, lowering: null };
}

type SignerChain =
  { readonly path: readonly Certificate[] } | { readonly path: null; readonly lowering: Lowering };

/**
 * The chain to an anchor: to a trusted one, else to the root that came with the key, which the verifier may or may
 * not trust. Missing issuers are fetched from where the certificates say they are.
 */
async function signerChain(
  signer: Certificate,
  options: SignOptions,
  services: ValidationServices,
): Promise<SignerChain> {
  const candidates = readAllCertificates(options.signer.chain);
  let result = chainOf(signer, candidates, options.time, services);
  let unreachable = false;
  for (let hop = 0; hop < 4 && !result.ok && result.reason === 'NO_PATH'; hop++) {
    const last = result.path.at(-1) ?? signer;
    const fetched = await fetchIssuers(last, services);
    if (!fetched) unreachable = true;
    if (!fetched || fetched.length === 0) break;
    candidates.push(...fetched);
    result = chainOf(signer, candidates, options.time, services);
  }
  if (result.ok) return { path: result.path };
  if (unreachable) return { path: null, lowering: { code: 'ISSUER_UNREACHABLE', reason: null } };
  const last = result.path.at(-1) ?? signer;
  throw new AppError('CHAIN_INCOMPLETE', { issuer: last.issuerCommonName });
}

function chainOf(
  signer: Certificate,
  candidates: readonly Certificate[],
  at: Date,
  { anchors }: ValidationServices,
): ChainResult {
  const trusted = buildChain(signer, candidates, anchors, at);
  if (trusted.ok) return trusted;
  const roots = candidates.filter((one) => one.selfIssued && one.basicConstraints?.ca);
  const own = buildChain(signer, candidates, [...anchors, ...roots], at);
  return own.ok ? own : trusted;
}

/** Null where nobody answers, empty where the certificate names no place. */
async function fetchIssuers(
  certificate: Certificate,
  services: ValidationServices,
): Promise<readonly Certificate[] | null> {
  const [url] = certificate.caIssuersUrls.filter((one) => /^https?:\/\//i.test(one));
  if (url === undefined) return [];
  try {
    return readAllCertificates(await services.issuer(url));
  } catch (error) {
    if (outageOf(error) !== null) return null;
    throw error;
  }
}
