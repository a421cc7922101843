import { AppError } from '../contract/errors.ts';
import {
  byteRangeDicts,
  isArray,
  isDict,
  nameOf,
  numberOf,
  removedSignatures,
  signatureFields,
  textOf,
} from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfValue } from '../pdf/index.ts';

/**
 * May this file take another signature? Asked of everything with a /ByteRange in any revision, not only of
 * what /Perms or the newest form name, because a certification binds also where a later save has hidden it
 * (ISO 32000-2 §12.8.2.2), and a new signature must not cover up that an old one was taken out.
 * @throws AppError PDF_ALREADY_CERTIFIED; SIGN_FAILED {reason: CERTIFY_NOT_FIRST | SIGNATURE_REMOVED}
 */
export function checkPermissions(file: PdfFile, certify: boolean): void {
  const signed = signatureFields(file).filter((field) => isDict(field.value));
  const levels = certificationsOf(file);
  // §12.8.2.2.1: at most one certification signature, and it is the first of all
  if (levels.includes(1) || lockLevels(file).includes(1) || (certify && levels.length > 0))
    throw new AppError('PDF_ALREADY_CERTIFIED');
  if (removedSignatures(file).length > 0) throw new AppError('SIGN_FAILED', { reason: 'SIGNATURE_REMOVED' });
  if (certify && signed.length > 0) throw new AppError('SIGN_FAILED', { reason: 'CERTIFY_NOT_FIRST' });
}

/** What the certifications of a file permit, whoever tries to hide them. */
function certificationsOf(file: PdfFile): number[] {
  const levels = [...byteRangeDicts(file)]
    .flatMap(([dict, revision]) => [levelOf(file, dict, revision), levelOf(file, dict)])
    .filter((level) => level !== null);
  const perms = file.get(file.get(file.catalog()?.dict, 'Perms'), 'DocMDP');
  if (isDict(perms)) levels.push(levelOf(file, perms) ?? 2);
  return levels;
}

/** /P of the locks of signed fields: what their signers still permit (PDF 2.0, ISO 32000-2 Table 236). */
const lockLevels = (file: PdfFile): number[] =>
  signatureFields(file)
    .filter(({ value }) => isDict(value))
    .map(({ dict }) => numberOf(file.get(file.get(dict, 'Lock'), 'P')))
    .filter((level) => level !== null);

/** The strictest of them; 3 where nobody restricts anything. */
export const permissionInForce = (file: PdfFile): number =>
  Math.min(3, ...certificationsOf(file), ...lockLevels(file));

const maximumReferences = 32;

/** /P of a DocMDP transform: 1 none, 2 forms and signing, 3 annotations too; 2 where it is not given. */
function levelOf(file: PdfFile, signature: PdfDict, revision?: number): number | null {
  const references = file.get(signature, 'Reference', revision);
  if (!isArray(references)) return null;
  // far more than any signature has; one that tries to hide a rule behind the others gets the strictest
  if (references.items.length > maximumReferences) return 1;
  for (const reference of references.items) {
    if (nameOf(file.get(reference, 'TransformMethod', revision)) !== 'DocMDP') continue;
    return numberOf(file.get(file.get(reference, 'TransformParams', revision), 'P', revision)) ?? 2;
  }
  return null;
}

/**
 * May this field get a value although others have signed? A FieldMDP transform of theirs may have locked it
 * (ISO 32000-2 §12.8.2.4), and their signatures would then count as broken.
 * @param wanted full name of the field; names are compared whole, a parent's name covers its children.
 * @throws AppError SIGN_FAILED {reason: FIELD_LOCKED}
 */
export function checkFieldLocks(file: PdfFile, wanted: string): void {
  const signatures = new Set(signatureFields(file).map((field) => field.value));
  for (const signature of signatures) {
    const references = file.get(isDict(signature) ? signature : undefined, 'Reference');
    for (const reference of isArray(references) ? references.items : []) {
      if (nameOf(file.get(reference, 'TransformMethod')) !== 'FieldMDP') continue;
      if (locks(file, file.get(reference, 'TransformParams'), wanted)) {
        throw new AppError('SIGN_FAILED', { reason: 'FIELD_LOCKED' });
      }
    }
  }
}

function locks(file: PdfFile, parameters: PdfValue, wanted: string): boolean {
  const fields = file.get(parameters, 'Fields');
  const names = isArray(fields) ? fields.items.map((item) => textOf(file.resolve(item))) : [];
  const listed = names.some((name) => name !== null && (name === wanted || wanted.startsWith(`${name}.`)));
  // an action that is missing or unknown is read as the strictest
  const action = nameOf(file.get(parameters, 'Action'));
  return action === 'Include' ? listed : action === 'Exclude' ? !listed : true;
}
