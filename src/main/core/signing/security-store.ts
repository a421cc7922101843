import { createHash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import {
  arrayOf,
  decodeStream,
  dict,
  isArray,
  isDict,
  isRef,
  isStream,
  name,
  nextObjectNumber,
  ref,
  stream,
  withEntries,
  writeUpdate,
} from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfRef, PdfValue, UpdateObject } from '../pdf/index.ts';
import type { ValidationData } from './validation-data.ts';

/**
 * The document security store (ISO 32000-2 §12.8.4.3, EN 319 142-1 §5.4.2): certificates, OCSP answers and lists
 * that a verifier will need later. It only grows; what other programs put there stays as it is.
 */

type Kind = 'Certs' | 'OCSPs' | 'CRLs';
const kinds = ['Certs', 'OCSPs', 'CRLs'] as const;
/** The same under /VRI (Table 262). */
const inVri = { Certs: 'Cert', OCSPs: 'OCSP', CRLs: 'CRL' } as const;

/** No real store comes near it. */
const maximumItems = 2_000;
const maximumBytes = 64 * 1024 * 1024;

export interface StoredData {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** What the newest revision's store holds; unreadable entries are passed over. */
export function readSecurityStore(file: PdfFile): StoredData {
  const store = storeOf(file);
  const bytes = (kind: Kind): Uint8Array[] => [...itemsOf(file, store, kind).values()];
  return { certificates: bytes('Certs'), ocsps: bytes('OCSPs'), crls: bytes('CRLs') };
}

/**
 * A revision with this data, to stand behind the file; entries that are there already are not written twice.
 * @param signature the bytes of /Contents, padding included, of the signature that the data is for: its /VRI entry
 *   is made (the key is the upper-case SHA-1 of exactly these bytes). Null: for the file as a whole.
 */
export function securityStoreRevision(
  file: PdfFile,
  data: Pick<ValidationData, 'certificates' | 'ocsps' | 'crls'>,
  signature: Uint8Array | null,
): Uint8Array {
  const catalog = file.catalog();
  if (!catalog?.ref) throw new AppError('PDF_UNREADABLE');
  const objects: UpdateObject[] = [];
  let next = nextObjectNumber(file);
  const store = storeOf(file);
  const wanted = { Certs: data.certificates, OCSPs: data.ocsps, CRLs: data.crls } as const;
  const entries: Record<string, PdfValue> = { Type: name('DSS') };
  const vri: Record<string, PdfValue> = { Type: name('VRI') };
  for (const kind of kinds) {
    const known = itemsOf(file, store, kind);
    const places = new Map([...known].map(([place, bytes]) => [fingerprint(bytes), place]));
    const listed: PdfRef[] = [];
    const added: PdfRef[] = [];
    for (const bytes of wanted[kind]) {
      let place = places.get(fingerprint(bytes));
      if (!place) {
        place = ref(next++);
        places.set(fingerprint(bytes), place);
        objects.push({ num: place.num, value: stream({}, bytes) });
        added.push(place);
      }
      listed.push(place);
    }
    const old = file.get(store ?? undefined, kind);
    const all = [...(isArray(old) ? old.items : []), ...added];
    if (all.length > 0) entries[kind] = arrayOf(all);
    if (listed.length > 0) vri[inVri[kind]] = arrayOf(listed);
  }
  if (signature) {
    const key = createHash('sha1').update(signature).digest('hex').toUpperCase();
    const old = file.get(store ?? undefined, 'VRI');
    entries['VRI'] = withEntries(isDict(old) ? old : dict({}), { [key]: dict(vri) });
  }
  const value = withEntries(store ?? dict({}), entries);
  const holder = catalog.dict.entries.get('DSS');
  if (isRef(holder) && store) {
    objects.push({ num: holder.num, gen: file.objectAt(holder.num)?.gen ?? holder.gen, value });
  } else {
    const place = ref(next++);
    const gen = file.objectAt(catalog.ref.num)?.gen ?? catalog.ref.gen;
    objects.push(
      { num: place.num, value },
      { num: catalog.ref.num, gen, value: withEntries(catalog.dict, { DSS: place }) },
    );
  }
  return writeUpdate(file, { objects }).tail;
}

const fingerprint = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

function storeOf(file: PdfFile): PdfDict | null {
  const store = file.get(file.catalog()?.dict, 'DSS');
  return isDict(store) ? store : null;
}

/** Streams by the reference under which the store lists them. */
function itemsOf(file: PdfFile, store: PdfDict | null, kind: Kind): Map<PdfRef, Uint8Array> {
  const list = file.get(store ?? undefined, kind);
  const found = new Map<PdfRef, Uint8Array>();
  const allowance = { left: maximumBytes };
  for (const item of isArray(list) ? list.items.slice(0, maximumItems) : []) {
    const value = file.resolve(item);
    if (!isRef(item) || !isStream(value)) continue;
    try {
      found.set(
        item,
        decodeStream(value, (inner) => file.resolve(inner), allowance),
      );
    } catch {
      // one entry that cannot be read does not spoil the others
    }
  }
  return found;
}
