/**
 * PDF as bytes: reading every revision strictly, appending without touching what is there, and writing a
 * clean copy for display. No cryptography, no storage; it knows signatures only as form fields.
 *
 * Signing in short:
 *   const file = parsePdf(bytes);
 *   const num = nextObjectNumber(file);
 *   const out = appendUpdate(file, { objects: [
 *     { num, value: dict({ Type: name('Sig'), …, ByteRange: reserved('byteRange', byteRangePlaceholder),
 *                          Contents: reserved('contents', contentsPlaceholder(8192)) }) },
 *     { num: page.num, gen: page.gen, value: withEntries(page.dict, { Annots: … }) } ] });
 *   const contents = out.spans.get('contents');   // { start, end } of `<000…0>` in out.bytes
 * then write the real [0 start end length-end] over the byteRange span and the hexadecimal CMS inside the
 * contents span.
 */
export type { Entries, PdfDict, PdfRef, PdfStream, PdfString, PdfValue } from './values.ts';
export {
  array,
  arrayOf,
  byteString,
  dateString,
  dict,
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  name,
  nameOf,
  numberOf,
  ref,
  reserved,
  stream,
  textOf,
  textString,
  withEntries,
} from './values.ts';
export type { AnomalyCode, PdfFile, Revision } from './file.ts';
export { parsePdf } from './parse.ts';
export { condense } from './condense.ts';
export type { ByteSource } from './condense.ts';
export { decodeStream } from './filters.ts';
export {
  appendUpdate,
  byteRangePlaceholder,
  contentsPlaceholder,
  nextObjectNumber,
  writeUpdate,
} from './append.ts';
export type { Span, Tail, UpdateObject } from './append.ts';
export { pageObjects, pages } from './pages.ts';
export type { Page } from './pages.ts';
export { byteRangeDicts, countByteRanges, removedSignatures, signatureFields } from './fields.ts';
export type { RemovedSignature, SignatureField } from './fields.ts';
export { reserialise } from './reserialise.ts';
export { joined } from './bytes.ts';
