import { AppError } from '../contract/errors.ts';
import {
  appendUpdate,
  array,
  byteString,
  dict,
  isArray,
  isString,
  nextObjectNumber,
  parsePdf,
  ref,
  withEntries,
} from '../pdf/index.ts';
import type { Appended, PdfFile, PdfRef, PdfValue, UpdateObject } from '../pdf/index.ts';
import {
  buildSignedData,
  checkSigningCertificate,
  digest,
  parseCertificate,
  parseSignedData,
  signedDataSize,
  verifySignerInfo,
} from '../pki/index.ts';
import type { Certificate, Signer } from '../pki/index.ts';
import { emptyAppearance, rectOnPage, textAppearance } from './appearance.ts';
import { lockOf, signatureDictionary } from './dictionary.ts';
import { existingTarget, listOnPage, newTarget, pageAt, updateForm, widgetFlags } from './form.ts';
import type { Rect, Target } from './form.ts';
import type { SignOptions } from './options.ts';
import { checkFieldLocks, checkPermissions } from './permissions.ts';
import { tagWidget } from './structure.ts';
import type { Tagging } from './structure.ts';
import { fontObjects } from './text-font.ts';

/**
 * Signs as PAdES baseline B-B (EN 319 142-1 §6): a revision is appended, what was there stays byte for byte,
 * so earlier signatures keep standing.
 * @returns the whole signed file.
 * @throws AppError CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_WRONG_USAGE, KEY_UNSUPPORTED,
 *   PDF_UNREADABLE, PDF_ENCRYPTED, PDF_ALREADY_CERTIFIED, GLYPH_MISSING, SIGN_FAILED {reason}
 */
export async function signPdf(pdf: Uint8Array, options: SignOptions): Promise<Uint8Array> {
  const { signer } = options;
  const certificate = parseCertificate(signer.certificate);
  checkSigningCertificate(certificate, options.time);
  const file = parsePdf(pdf);
  checkPermissions(file, options.certify !== undefined);
  const appended = appendSignature(file, options, signedDataSize(signer));
  return fill(appended, signer, certificate);
}

/** The new revision, with room for the CMS. */
function appendSignature(file: PdfFile, options: SignOptions, capacity: number): Appended {
  let next = nextObjectNumber(file);
  const signature = ref(next++);
  const drawn = ref(next++);
  const { visible } = options;
  const page = pageAt(file, visible?.page ?? 1);
  const rect: Rect = visible ? rectOnPage(file, page, visible) : [0, 0, 0, 0];
  const existing = options.field === undefined ? null : existingTarget(file, options.field);
  const target = existing ?? newTarget(file, options.field, page, rect, next++);
  checkFieldLocks(file, target.name);
  const marks = visible ? textAppearance(target, visible, drawn, next) : emptyAppearance(target.rect, drawn);
  const tagging =
    visible && target.isNew
      ? tagWidget(file, target.widget.ref, page, visible.lines.join(', '), next + fontObjects)
      : null;
  const objects: UpdateObject[] = [
    {
      num: signature.num,
      value: signatureDictionary(file, options, capacity, lockOf(file, existing?.field.dict ?? null)),
    },
    ...signedTarget(target, signature, drawn, tagging),
    ...marks,
    ...(tagging?.objects ?? []),
    ...(target.isNew ? [listOnPage(file, page, target.widget.ref)] : []),
    ...updateForm(file, target.isNew ? target.field.ref : null, options.certify ? signature : null),
  ];
  return appendUpdate(file, {
    objects: withoutRepeatedLists(objects),
    trailer: newIdentifier(file, options),
  });
}

/** The field with its value, the widget with its appearance: one object or two. */
function signedTarget(
  target: Target,
  signature: PdfRef,
  drawn: PdfRef,
  tagging: Tagging | null,
): UpdateObject[] {
  const { field, widget } = target;
  const value = { V: signature };
  const look = {
    AP: dict({ N: drawn }),
    F: widget.dict.entries.get('F') ?? widgetFlags,
    ...(tagging ? { StructParent: tagging.structParent } : {}),
  };
  if (field.ref.num === widget.ref.num) {
    return [
      { num: field.ref.num, gen: field.ref.gen, value: withEntries(field.dict, { ...value, ...look }) },
    ];
  }
  return [
    { num: field.ref.num, gen: field.ref.gen, value: withEntries(field.dict, value) },
    { num: widget.ref.num, gen: widget.ref.gen, value: withEntries(widget.dict, look) },
  ];
}

/** Some writers let a page's /Annots and the form's /Fields be one array object: it is then lengthened once. */
function withoutRepeatedLists(objects: readonly UpdateObject[]): UpdateObject[] {
  return objects.filter(
    ({ num, value }, index) => !isArray(value) || objects.findIndex((other) => other.num === num) === index,
  );
}

/** The second half of /ID changes with every save (ISO 32000-2 §14.4); the same input gives the same one. */
function newIdentifier(file: PdfFile, options: SignOptions): Record<string, PdfValue> {
  const identifier = file.get(file.trailer, 'ID');
  const first = isArray(identifier) ? file.resolve(identifier.items[0]) : null;
  if (!isString(first)) return {};
  const second = digest('sha256', [file.bytes, Buffer.from(options.time.toISOString())]).subarray(0, 16);
  return { ID: array(byteString(first.bytes, true), byteString(second, true)) };
}

/**
 * Writes /ByteRange and /Contents into their places and proves the result: a signature that would not verify
 * never leaves this function.
 */
async function fill(appended: Appended, signer: Signer, certificate: Certificate): Promise<Uint8Array> {
  const { bytes, spans } = appended;
  const range = spans.get('byteRange');
  const contents = spans.get('contents');
  if (!range || !contents) throw new TypeError('The update holds no signature.');
  const parts = `[0 ${contents.start} ${contents.end} ${bytes.length - contents.end}]`;
  Buffer.from(bytes.buffer, bytes.byteOffset).write(
    parts.padEnd(range.end - range.start),
    range.start,
    'latin1',
  );

  const covered = [bytes.subarray(0, contents.start), bytes.subarray(contents.end)];
  const cms = await signedData(covered, signer, certificate);
  const room = (contents.end - contents.start - 2) / 2;
  if (cms.length > room) throw new AppError('SIGN_FAILED', { reason: 'CMS_TOO_LARGE' });
  const text = cms.toString('hex').toUpperCase();
  Buffer.from(bytes.buffer, bytes.byteOffset).write(text, contents.start + 1, 'latin1');
  return bytes;
}

async function signedData(
  covered: readonly Uint8Array[],
  signer: Signer,
  certificate: Certificate,
): Promise<Buffer> {
  let cms: Buffer;
  try {
    const messageDigest = digest(signer.algorithm.digest, covered);
    cms = await buildSignedData({ messageDigest, signer });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('SIGN_FAILED', { reason: 'SIGNER' }, cause);
  }
  const { contentType, signerInfos } = parseSignedData(cms);
  const [info] = signerInfos;
  const check = info && verifySignerInfo(info, certificate, contentType, covered);
  if (!check?.digestMatches || check.signature !== 'valid' || check.contradictions.length > 0) {
    throw new AppError('SIGN_FAILED', { reason: 'SELF_CHECK' });
  }
  return cms;
}
