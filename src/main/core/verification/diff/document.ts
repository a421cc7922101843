import { isArray, isDict, isStream, signatureFields } from '../../pdf/index.ts';
import type { PdfDict, PdfValue } from '../../pdf/index.ts';
import { foreignTrailerKeys } from './references.ts';
import { asDict, entry, keysOf, refNumber } from './transition.ts';
import type { Transition } from './transition.ts';

/** What a trailer says about its own section (ISO 32000-2 Tables 15 and 17), and the file identifier. */
const sectionKeys: ReadonlySet<string> = new Set([
  'Size',
  'Prev',
  'XRefStm',
  'ID',
  'Type',
  'W',
  'Index',
  'Filter',
  'DecodeParms',
  'Length',
]);

/** The trailer: same catalog, same encryption; the information dictionary says nothing that is shown. */
export function compareTrailer(t: Transition): void {
  const before = t.file.revisions[t.from - 1]?.trailer ?? null;
  const after = t.file.revisions[t.to - 1]?.trailer ?? null;
  for (const key of keysOf(before, after)) {
    if (sectionKeys.has(key) || foreignTrailerKeys.has(key)) continue;
    const [one, other] = [entry(before, key), entry(after, key)];
    if (key === 'Info') compareInformation(t, one, other);
    else if (key === 'AuthCode') compareIntegrityCode(t, one, other);
    // What an older trailer said beyond the standard may be forgotten; nothing may be added.
    else if (!t.same(one, other) && !(other === null && key !== 'Root' && key !== 'Encrypt'))
      t.add('TRAILER_CHANGED', { detail: key });
  }
}

/** ISO 32000-2 §14.3.3: texts and dates. */
function compareInformation(t: Transition, before: PdfValue, after: PdfValue): void {
  t.whole(null, before, after);
  const num = refNumber(after);
  if (!t.same(before, after) || (num !== null && t.changed.has(num))) t.add('METADATA', { detail: 'Info' });
}

/** ISO/TS 32004: each revision of an encrypted file carries its own code. */
function compareIntegrityCode(t: Transition, before: PdfValue, after: PdfValue): void {
  const encrypted = entry(t.file.trailer, 'Encrypt') !== null;
  t.whole(null, before, after);
  if (!encrypted) t.add('TRAILER_CHANGED', { detail: 'AuthCode' });
  else if (!t.same(before, after)) t.add('INTEGRITY_CODE');
}

/** The catalog, but for its form and pages. */
export function compareCatalog(t: Transition, old: PdfDict, now: PdfDict, num: number | null): void {
  t.judge(num);
  for (const key of keysOf(old, now)) {
    const [before, after] = [entry(old, key), entry(now, key)];
    if (key === 'AcroForm') continue;
    if (key === 'DSS') compareStore(t, before, after, num);
    else if (key === 'Metadata') compareMetadata(t, before, after, num);
    else if (key === 'Extensions') compareExtensions(t, before, after, num);
    else if (key === 'Perms') comparePermissions(t, before, after, num);
    else if (key === 'Version' || t.same(before, after)) continue;
    else t.add('CATALOG_CHANGED', { detail: key });
  }
}

const storeKeys: ReadonlySet<string> = new Set(['Type', 'VRI', 'Certs', 'OCSPs', 'CRLs']);
const vriKeys: ReadonlySet<string> = new Set(['Type', 'Cert', 'CRL', 'OCSP', 'TU', 'TS']);

/**
 * The document security store (ISO 32000-2 §12.8.4.3, EN 319 142-1 §5.4.2) is evidence, not content: it may
 * be added to, rebuilt or dropped, also key by key of /VRI, as long as it is a store and nothing else.
 */
function compareStore(t: Transition, before: PdfValue, after: PdfValue, holder: number | null): void {
  const now = t.now(after);
  if (!isStore(t, now) && now !== null) {
    t.add('CATALOG_CHANGED', { detail: 'DSS' });
    return;
  }
  const count = t.changed.size;
  if (count === 0 && t.same(before, after)) return;
  t.whole(holder, before, after);
  if (!t.sameResolved(before, after) || refNumber(before) !== refNumber(after)) t.add('DSS');
}

function isStore(t: Transition, value: PdfValue): boolean {
  const dict = asDict(value);
  if (!dict || [...dict.entries.keys()].some((key) => !storeKeys.has(key))) return false;
  const lists = ['Certs', 'OCSPs', 'CRLs'].every((key) => isListOfStreams(t, entry(dict, key)));
  const records = t.now(entry(dict, 'VRI'));
  if (!lists || (records !== null && !isDict(records))) return false;
  return [...(records?.entries.values() ?? [])].every((one) => isRecord(t, t.now(one)));
}

function isRecord(t: Transition, value: PdfValue): boolean {
  const dict = asDict(value);
  if (!dict || [...dict.entries.keys()].some((key) => !vriKeys.has(key))) return false;
  const stamp = t.now(entry(dict, 'TS'));
  return (
    ['Cert', 'CRL', 'OCSP'].every((key) => isListOfStreams(t, entry(dict, key))) &&
    (stamp === null || isStream(stamp))
  );
}

function isListOfStreams(t: Transition, value: PdfValue): boolean {
  const list = t.now(value);
  if (list === null) return true;
  if (!isArray(list)) return isStream(list);
  t.step(list.items.length);
  return list.items.every((item) => {
    const one = t.now(item);
    return one === null || isStream(one);
  });
}

/** XMP (§14.3.2): statements about the document that no page shows. */
function compareMetadata(t: Transition, before: PdfValue, after: PdfValue, holder: number | null): void {
  t.whole(holder, before, after);
  const num = refNumber(after);
  if (!t.same(before, after) || (num !== null && t.changed.has(num))) t.add('METADATA', { detail: 'XMP' });
}

/** §7.12: which extensions the file uses; names and numbers only. */
function compareExtensions(t: Transition, before: PdfValue, after: PdfValue, holder: number | null): void {
  t.whole(holder, before, after);
  if (!t.same(before, after))
    t.add(isDict(t.now(after)) || after === null ? 'EXTENSIONS' : 'CATALOG_CHANGED', {
      detail: 'Extensions',
    });
}

/** §12.8.6: a certification is entered here; whether it may come is judged where it is signed. */
function comparePermissions(t: Transition, before: PdfValue, after: PdfValue, holder: number | null): void {
  if (t.same(before, after) && !t.changed.has(refNumber(after) ?? -1)) return;
  t.part(holder, before);
  t.part(holder, after);
  const [old, now] = [t.old(before), t.now(after)];
  const first = signatureFields(t.file, t.from).every(({ value }) => value === null);
  for (const key of keysOf(old, now)) {
    const [one, other] = [entry(old, key), entry(now, key)];
    t.part(refNumber(after) ?? holder, other);
    const rights = key === 'UR' || key === 'UR3';
    const added = key === 'DocMDP' && t.old(one) === null && first;
    if (t.same(one, other) || added || (rights && other === null)) continue;
    t.add('CATALOG_CHANGED', { detail: 'Perms' });
  }
}
