import type { FieldLock } from '../contract/revision.ts';
import { AppError } from '../contract/errors.ts';
import { arrayOf, dict, name, textString } from '../pdf/index.ts';
import type { PdfDict, PdfFile } from '../pdf/index.ts';
import { permissionInForce } from './permissions.ts';

const permission = { 'no-changes': 1, 'form-filling': 2, annotations: 3 } as const;
const action = { all: 'All', include: 'Include', exclude: 'Exclude' } as const;
/** More than any form has; a longer list is a mistake. */
const mostFields = 10_000;

/**
 * The /Lock dictionary of a new signature field (ISO 32000-2 Table 236), which becomes the FieldMDP transform of its
 * signature as well. /P may narrow what a certification permits, never widen it.
 * @throws AppError SIGN_FAILED {reason: LOCK_EMPTY | LOCK_TOO_WIDE}
 */
export function newLock(file: PdfFile, lock: FieldLock): PdfDict {
  const fields = lock.action === 'all' ? null : [...new Set(lock.fields)];
  if (fields && (fields.length === 0 || fields.length > mostFields || fields.includes('')))
    throw new AppError('SIGN_FAILED', { reason: 'LOCK_EMPTY' });
  const permit = lock.permit === undefined ? null : permission[lock.permit];
  if (permit !== null && permit > permissionInForce(file))
    throw new AppError('SIGN_FAILED', { reason: 'LOCK_TOO_WIDE' });
  return dict({
    Type: name('SigFieldLock'),
    Action: name(action[lock.action]),
    ...(fields ? { Fields: arrayOf(fields.map(textString)) } : {}),
    ...(permit === null ? {} : { P: permit }),
  });
}
