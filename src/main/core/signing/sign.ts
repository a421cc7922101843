import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { parsePdf } from '../pdf/index.ts';
import type { PdfFile, Tail } from '../pdf/index.ts';
import {
  buildSignedData,
  certificateOf,
  checkSigningCertificate,
  parseSignedData,
  signedDataSize,
  verifySignerInfo,
  withUnsignedAttributes,
} from '../pki/index.ts';
import type { Certificate, Signer } from '../pki/index.ts';
import type { RevisionOptions, SignOptions } from './options.ts';
import { checkPermissions } from './permissions.ts';
import { signatureRevision } from './revision.ts';
import { checkRisks } from './risks.ts';

/**
 * Signs as PAdES baseline B-B (EN 319 142-1 §6): a revision is appended, what was there stays byte for byte,
 * so earlier signatures keep standing.
 * @returns the whole signed file.
 * @throws AppError CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_WRONG_USAGE, KEY_UNSUPPORTED,
 *   PDF_UNREADABLE, PDF_ENCRYPTED, PDF_ALREADY_CERTIFIED, GLYPH_MISSING, SIGN_FAILED {reason}
 */
export async function signPdf(pdf: Uint8Array, options: SignOptions): Promise<Uint8Array> {
  checkSigningCertificate(certificateOf(options.signer), options.time);
  const known = (pdf as SignedBytes)[earlier];
  const file = parsePdf(pdf, { password: options.password ?? null, after: known?.before ?? null });
  const { tail, gap } = prepare(file, options, capacityFor(options));
  const { digest } = options.signer.algorithm;
  const [before, after] = gap.covered;
  const upToGap = (known?.digest === digest ? known.hash.copy() : createHash(digest).update(pdf)).update(
    before,
  );
  const whole = upToGap.copy();
  await fillGap(gap, upToGap.update(after).digest(), options);
  const signed = new Uint8Array(pdf.length + tail.length);
  signed.set(pdf);
  signed.set(tail, pdf.length);
  if (signed.length <= largestRemembered) {
    const value = { before: file, digest, hash: whole.update(tail.subarray(before.length)) };
    Object.defineProperty(signed, earlier, { value });
  }
  return signed;
}

/**
 * What was signed here: how it was read before, and its hash so far. The next signer of the same bytes reads and
 * hashes only what was added. It is kept on the bytes themselves, which nobody may write into.
 */
interface SignedBytes extends Uint8Array {
  [earlier]?: { readonly before: PdfFile; readonly digest: string; readonly hash: Hash };
}
const earlier = Symbol('earlier');
const largestRemembered = 1024 * 1024;

/**
 * All that can be refused before the key is used, then the new revision with its gap open.
 * @param capacity octets to keep free for the CMS, as `capacityFor` tells.
 * @throws AppError as `signPdf`.
 */
export function prepare(
  file: PdfFile,
  options: RevisionOptions,
  capacity: number,
): { readonly tail: Uint8Array; readonly gap: Gap } {
  // readers disagree about what such a file holds, so nothing may be built on it
  if (file.needsRepair)
    throw new AppError('PDF_UNREADABLE', undefined, new Error(file.anomalies[0]?.code ?? 'needs repair'));
  checkPermissions(file, options.certify !== undefined);
  const risks = checkRisks(file, options.acceptRisks ?? false);
  if (risks.length > 0) options.warn?.(risks);
  const revision = signatureRevision(file, options, capacity);
  return { tail: revision.tail, gap: openGap(revision) };
}

const sizes = new WeakMap<Signer, number>();

/** Octets to keep free for the CMS. */
export function capacityFor({ signer, unsigned }: SignOptions): number {
  const size = sizes.get(signer) ?? signedDataSize(signer);
  sizes.set(signer, size);
  return size + (unsigned?.octets ?? 0);
}

export interface Gap {
  /** The inside of `<…>` in the revision's bytes. */
  readonly hexadecimal: Buffer;
  /** What is signed beside the file before: both sides of the gap. */
  readonly covered: readonly [Uint8Array, Uint8Array];
}

/** Writes the true /ByteRange into its place. */
function openGap({ base, tail, spans }: Tail): Gap {
  const range = spans.get('byteRange');
  const contents = spans.get('contents');
  if (!range || !contents) throw new TypeError('The update holds no signature.');
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.length);
  const numbers = `[0 ${contents.start} ${contents.end} ${base + tail.length - contents.end}]`;
  bytes.write(numbers.padEnd(range.end - range.start), range.start - base, 'latin1');
  return {
    hexadecimal: bytes.subarray(contents.start - base + 1, contents.end - base - 1),
    covered: [tail.subarray(0, contents.start - base), tail.subarray(contents.end - base)],
  };
}

/**
 * Makes the CMS, proves it and writes it into its place: a signature that would not verify goes nowhere.
 * @param messageDigest of all that the signature covers.
 */
export async function fillGap(
  gap: Gap,
  messageDigest: Uint8Array,
  { signer, unsigned }: SignOptions,
): Promise<void> {
  const bare = await signedData(messageDigest, signer, certificateOf(signer));
  const cms = unsigned ? await withUnsignedAttributes(bare, unsigned.attributes) : bare;
  if (2 * cms.length > gap.hexadecimal.length) throw new AppError('SIGN_FAILED', { reason: 'CMS_TOO_LARGE' });
  gap.hexadecimal.write(cms.toString('hex').toUpperCase(), 'latin1');
}

async function signedData(
  messageDigest: Uint8Array,
  signer: Signer,
  certificate: Certificate,
): Promise<Buffer> {
  let cms: Buffer;
  try {
    cms = await buildSignedData({ messageDigest, signer });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('SIGN_FAILED', { reason: 'SIGNER' }, cause);
  }
  const { contentType, signerInfos } = parseSignedData(cms);
  const [info] = signerInfos;
  const stated = info?.signedAttributes?.messageDigest;
  // the content is not hashed a second time: what it hashes to is known and held against the attribute
  const check = info && verifySignerInfo(info, certificate, contentType, []);
  const holds = stated && Buffer.compare(stated, messageDigest) === 0 && check?.signature === 'valid';
  if (!holds || check.contradictions.length > 0) throw new AppError('SIGN_FAILED', { reason: 'SELF_CHECK' });
  return cms;
}
