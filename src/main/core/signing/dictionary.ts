import {
  array,
  byteRangePlaceholder,
  byteString,
  contentsPlaceholder,
  dict,
  isDict,
  name,
  reserved,
  textString,
} from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfString, PdfValue } from '../pdf/index.ts';
import type { RevisionOptions } from './options.ts';

const permission = { 'no-changes': 1, 'form-filling': 2, annotations: 3 } as const;

/**
 * The signature dictionary of PAdES baseline B (EN 319 142-1 §6.3, ISO 32000-2 §12.8.1 table 255). No /Cert:
 * the certificates travel in the CMS.
 * @param capacity octets kept free for the CMS.
 * @param lock the field's /Lock dictionary, which becomes a FieldMDP transform (§12.8.2.4).
 */
export function signatureDictionary(
  file: PdfFile,
  options: RevisionOptions,
  capacity: number,
  lock: PdfDict | null,
): PdfDict {
  const references = [
    ...(options.certify ? [reference('DocMDP', { P: permission[options.certify] })] : []),
    ...(lock ? [reference('FieldMDP', lockEntries(file, lock))] : []),
  ];
  const texts = {
    Name: options.name,
    Reason: options.reason,
    Location: options.location,
    ContactInfo: options.contactInfo,
  };
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    ByteRange: reserved('byteRange', byteRangePlaceholder),
    Contents: reserved('contents', contentsPlaceholder(capacity)),
    M: zonedDate(options.time, options.offsetMinutes ?? 420),
    ...Object.fromEntries(
      Object.entries(texts).flatMap(([key, text]) => (text ? [[key, textString(text)]] : [])),
    ),
    ...(references.length > 0 ? { Reference: array(...references) } : {}),
  });
}

const reference = (method: string, parameters: Readonly<Record<string, PdfValue>>): PdfDict =>
  dict({
    Type: name('SigRef'),
    TransformMethod: name(method),
    TransformParams: dict({ Type: name('TransformParams'), ...parameters, V: name('1.2') }),
  });

function lockEntries(file: PdfFile, lock: PdfDict): Record<string, PdfValue> {
  const fields = file.get(lock, 'Fields');
  return { Action: file.get(lock, 'Action'), ...(fields === null ? {} : { Fields: fields }) };
}

/** `D:20261122100000+07'00'` (ISO 32000-2 §7.9.4). */
function zonedDate(time: Date, offsetMinutes: number): PdfString {
  const local = new Date(time.getTime() + offsetMinutes * 60_000);
  const digits = local.toISOString().replace(/\D/g, '').slice(0, 14);
  const two = (value: number): string => String(value).padStart(2, '0');
  const away = Math.abs(offsetMinutes);
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}'${two(away % 60)}'`;
  return byteString(Buffer.from(`D:${digits}${zone}`, 'latin1'));
}

/** The field's own lock, where it has one. */
export function lockOf(file: PdfFile, field: PdfDict | null): PdfDict | null {
  const lock = file.get(field ?? undefined, 'Lock');
  return isDict(lock) ? lock : null;
}
