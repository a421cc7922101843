import { AppError } from '../contract/errors.ts';
import {
  array,
  byteString,
  dict,
  isArray,
  isString,
  nextObjectNumber,
  ref,
  withEntries,
  writeUpdate,
} from '../pdf/index.ts';
import type { PdfFile, PdfRef, PdfValue, Tail, UpdateObject } from '../pdf/index.ts';
import { digest } from '../pki/index.ts';
import { emptyAppearance, markAppearance, markObjects, rectOnPage } from './appearance.ts';
import { lockOf, signatureDictionary } from './dictionary.ts';
import { existingTarget, listOnPage, newTarget, pageAt, updateForm, widgetFlags } from './form.ts';
import type { Rect, Target } from './form.ts';
import type { RevisionOptions } from './options.ts';
import { newLock } from './field-lock.ts';
import { checkFieldLocks } from './permissions.ts';
import { tagWidget } from './structure.ts';
import type { Tagging } from './structure.ts';

/**
 * The revision that a signature adds, /ByteRange and /Contents still empty.
 * @param capacity octets kept free for the CMS.
 */
export function signatureRevision(file: PdfFile, options: RevisionOptions, capacity: number): Tail {
  let next = nextObjectNumber(file);
  const signature = ref(next++);
  const drawn = ref(next++);
  const { visible } = options;
  const page = pageAt(file, visible?.page ?? 1);
  const rect: Rect = visible ? rectOnPage(file, page, visible) : [0, 0, 0, 0];
  const existing = options.field === undefined ? null : existingTarget(file, options.field);
  const target = existing ?? newTarget(file, options.field, page, rect, next++);
  checkFieldLocks(file, target.name);
  if (options.lock && existing) throw new AppError('SIGN_FAILED', { reason: 'LOCK_NOT_NEW' });
  const lock = options.lock ? newLock(file, options.lock) : lockOf(file, existing?.field.dict ?? null);
  // Table 235: a reference, never the dictionary itself
  const lockRef = options.lock ? ref(next++) : null;
  const marks = visible ? markAppearance(target, visible, drawn, next) : emptyAppearance(target.rect, drawn);
  const tagging =
    visible && target.isNew
      ? tagWidget(file, target.widget.ref, page, visible.lines.join(', '), next + markObjects(visible))
      : null;
  const objects: UpdateObject[] = [
    {
      num: signature.num,
      value: signatureDictionary(file, options, capacity, lock),
    },
    ...(lockRef && lock ? [{ num: lockRef.num, value: lock }] : []),
    ...signedTarget(target, signature, drawn, { tagging, lock: lockRef }),
    ...marks,
    ...(tagging?.objects ?? []),
    ...(target.isNew ? [listOnPage(file, page, target.widget.ref)] : []),
    ...updateForm(file, target.isNew ? target.field.ref : null, options.certify ? signature : null),
  ];
  return writeUpdate(file, {
    objects: withoutRepeatedLists(objects),
    trailer: newIdentifier(file, options),
  });
}

/** The field with its value, the widget with its appearance: one object or two. */
function signedTarget(
  target: Target,
  signature: PdfRef,
  drawn: PdfRef,
  { tagging, lock }: { readonly tagging: Tagging | null; readonly lock: PdfRef | null },
): UpdateObject[] {
  const { field, widget } = target;
  const value = { V: signature, ...(lock ? { Lock: lock } : {}) };
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
function newIdentifier(file: PdfFile, options: RevisionOptions): Record<string, PdfValue> {
  const identifier = file.get(file.trailer, 'ID');
  const halves = isArray(identifier) ? identifier.items.map((item) => file.resolve(item)) : [];
  const [first, last] = halves;
  if (!isString(first)) return {};
  const facts = `${file.places.size} ${options.time.toISOString()}`;
  const known = [first.bytes, isString(last) ? last.bytes : Buffer.alloc(0), Buffer.from(facts)];
  const second = digest('sha256', known).subarray(0, 16);
  return { ID: array(byteString(first.bytes, true), byteString(second, true)) };
}
