import {
  array,
  arrayOf,
  dict,
  isArray,
  isDict,
  isRef,
  name,
  nameOf,
  ref,
  signatureFields,
  textString,
  withEntries,
} from '../pdf/index.ts';
import type { Page, PdfDict, PdfFile, PdfRef, PdfValue, UpdateObject } from '../pdf/index.ts';

/**
 * A visible mark in a tagged document becomes a Form element of the structure tree (ISO 32000-2 §14.8.4.8.2),
 * at its end, so that a screen reader comes upon it. Only while nobody has signed yet: a later change of the
 * tree is one that other validators may not forgive.
 */
export interface Tagging {
  /** For the widget (§14.7.5.4). */
  readonly structParent: number;
  readonly objects: readonly UpdateObject[];
}

/**
 * @param num the first of two object numbers that may be used.
 * @returns null where the document is not tagged, is signed, or keeps its tree in a form not handled here.
 */
export function tagWidget(
  file: PdfFile,
  widget: PdfRef,
  page: Page,
  text: string,
  num: number,
): Tagging | null {
  const catalog = file.catalog()?.dict;
  const rootRef = catalog?.entries.get('StructTreeRoot');
  const root = file.resolve(rootRef);
  if (file.get(file.get(catalog, 'MarkInfo'), 'Marked') !== true || !isRef(rootRef) || !isDict(root))
    return null;
  if (signatureFields(file).some((field) => field.value !== null)) return null;
  const key = file.get(root, 'ParentTreeNextKey');
  if (typeof key !== 'number' || key < 0) return null;
  const parentTree = addToParentTree(file, root, key, ref(num));
  if (!parentTree) return null;

  const kid = documentElement(file, root);
  const element = dict({
    Type: name('StructElem'),
    S: name('Form'),
    P: kid ? kid.ref : rootRef,
    Pg: page.ref,
    Alt: textString(text),
    K: dict({ Type: name('OBJR'), Obj: widget, Pg: page.ref }),
  });
  const grown = (holder: PdfDict): PdfValue => withKid(file, holder.entries.get('K'), ref(num));
  const rootEntries = { ...parentTree.rootEntries, ParentTreeNextKey: key + 1 };
  const newRoot = withEntries(root, kid ? rootEntries : { ...rootEntries, K: grown(root) });
  return {
    structParent: key,
    objects: [
      { num, value: element },
      ...parentTree.objects,
      { ...place(file, rootRef), value: newRoot },
      ...(kid ? [{ ...place(file, kid.ref), value: withEntries(kid.dict, { K: grown(kid.dict) }) }] : []),
    ],
  };
}

/** The element under the root that holds everything, where there is exactly one. */
function documentElement(file: PdfFile, root: PdfDict): { ref: PdfRef; dict: PdfDict } | null {
  const value = root.entries.get('K');
  const list = file.resolve(value);
  const only = isArray(list) ? (list.items.length === 1 ? list.items[0] : undefined) : value;
  const element = file.resolve(only);
  return isRef(only) && isDict(element) && nameOf(file.get(element, 'S')) !== null
    ? { ref: only, dict: element }
    : null;
}

function withKid(file: PdfFile, kids: PdfValue | undefined, added: PdfRef): PdfValue {
  const list = file.resolve(kids);
  if (isArray(list)) return arrayOf([...list.items, added]);
  return kids === undefined || kids === null ? added : array(kids, added);
}

/** One more entry at the end of the number tree (§7.9.7); its keys ascend and the new one is the highest. */
function addToParentTree(
  file: PdfFile,
  root: PdfDict,
  key: number,
  element: PdfRef,
): { rootEntries: Record<string, PdfValue>; objects: UpdateObject[] } | null {
  const value = root.entries.get('ParentTree');
  const tree = file.resolve(value);
  if (!isDict(tree)) return null;
  const nums = file.get(tree, 'Nums');
  const kids = file.get(tree, 'Kids');
  const leaf = ref(element.num + 1);
  const objects: UpdateObject[] = [];
  let grown: PdfDict;
  if (isArray(nums)) grown = withEntries(tree, { Nums: arrayOf([...nums.items, key, element]) });
  else if (isArray(kids)) {
    objects.push({ num: leaf.num, value: dict({ Limits: array(key, key), Nums: array(key, element) }) });
    grown = withEntries(tree, { Kids: arrayOf([...kids.items, leaf]) });
  } else return null;
  return isRef(value)
    ? { rootEntries: {}, objects: [...objects, { ...place(file, value), value: grown }] }
    : { rootEntries: { ParentTree: grown }, objects };
}

const place = (file: PdfFile, target: PdfRef): { num: number; gen: number } => ({
  num: target.num,
  gen: file.objectAt(target.num)?.gen ?? target.gen,
});
