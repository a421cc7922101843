import { createHash } from 'node:crypto';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  type PDFObject,
  type PDFRef,
} from 'pdf-lib';
import { AppError } from '../contract/errors.ts';
import type { PagePicture } from '../contract/attachments.ts';
import type { TypesetLetter } from '../contract/letters.ts';

/** The first three octets of a placeholder's two pixels; the other three are its number (attachments.typ). */
const sign = Buffer.from('eLt');

/**
 * Puts the pictures of a letter's attachments where its typesetting left placeholders. All else stays as it was set:
 * structure, alternative texts, fonts, metadata. The pictures keep to ISO 19005-2: no transparency, no interpolation,
 * sRGB or grey under the document's output intent, DCT or Flate. Same input, same bytes.
 * @param pdf as our typesetting made it, not signed yet.
 * @param pictures by the placeholders' numbers.
 * @param letter that was typeset.
 * @throws AppError TYPESET_FAILED when they are not as many as its attachments' pages.
 */
export async function insertPictures(
  pdf: Uint8Array,
  pictures: readonly PagePicture[],
  { attached = [] }: Pick<TypesetLetter, 'attached'>,
): Promise<Uint8Array> {
  const expected = attached.reduce((sum, one) => sum + one.pages.length, 0);
  if (expected !== pictures.length)
    throw new AppError('TYPESET_FAILED', undefined, new Error(`${pictures.length} pictures of ${expected}`));
  if (pictures.length === 0) return pdf;
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { context } = document;
  const places = new Map<number, { readonly ref: PDFRef; readonly dict: PDFDict }>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const number = placeholder(object);
    if (number !== null) places.set(number, { ref, dict: (object as PDFRawStream).dict });
  }
  if (places.size !== pictures.length) throw new AppError('TYPESET_FAILED', undefined, new Error('pictures'));
  const hash = createHash('sha256').update(pdf);
  for (const [number, picture] of pictures.entries()) {
    const place = places.get(number);
    if (!place) throw new AppError('TYPESET_FAILED', undefined, new Error(`no place for picture ${number}`));
    hash.update(picture.bytes);
    context.assign(place.ref, imageOf(place.dict, picture));
  }
  tellApart(context.trailerInfo.ID, hash.digest());
  return document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
}

function placeholder(object: PDFObject): number | null {
  if (!(object instanceof PDFRawStream)) return null;
  const { dict } = object;
  const size = ([key, value]: readonly [string, number]): boolean => {
    const found = dict.get(PDFName.of(key));
    return found instanceof PDFNumber && found.asNumber() === value;
  };
  if (dict.get(PDFName.of('Subtype')) !== PDFName.of('Image')) return null;
  if (![['Width', 2] as const, ['Height', 1] as const].every(size)) return null;
  const pixels = Buffer.from(decodePDFRawStream(object).decode());
  return pixels.length === 6 && pixels.subarray(0, 3).equals(sign) ? pixels.readUIntBE(3, 3) : null;
}

/** As the placeholder, with what differs between pictures. Three colours are those of its profile, sRGB. */
function imageOf(place: PDFDict, { encoding, width, height, bytes }: PagePicture): PDFRawStream {
  const dict = place.clone(place.context);
  for (const key of ['DecodeParms', 'Interpolate', 'SMask', 'Decode']) dict.delete(PDFName.of(key));
  dict.set(PDFName.of('Width'), PDFNumber.of(width));
  dict.set(PDFName.of('Height'), PDFNumber.of(height));
  dict.set(PDFName.of('BitsPerComponent'), PDFNumber.of(encoding === 'jpeg' ? 8 : 4));
  dict.set(PDFName.of('Filter'), PDFName.of(encoding === 'jpeg' ? 'DCTDecode' : 'FlateDecode'));
  if (encoding === 'grey') dict.set(PDFName.of('ColorSpace'), PDFName.of('DeviceGray'));
  dict.set(PDFName.of('Length'), PDFNumber.of(bytes.length));
  return PDFRawStream.of(dict, bytes);
}

/** Typesetting knew nothing of the pictures: the second file identifier counts them in (ISO 32000-2 §14.4). */
function tellApart(identifiers: PDFObject | undefined, hash: Buffer): void {
  if (identifiers instanceof PDFArray && identifiers.size() === 2)
    identifiers.set(1, PDFHexString.of(hash.toString('hex', 0, 16)));
}
