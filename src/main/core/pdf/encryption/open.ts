import { AppError } from '../../contract/errors.ts';
import type { AnomalyCode } from '../file.ts';
import type { ObjectStore } from '../objects.ts';
import type { Save } from '../revisions.ts';
import { isArray, isDict, isRef, isString } from '../values.ts';
import type { PdfValue } from '../values.ts';
import { openCipher } from './file-cipher.ts';
import type { FileCipher } from './file-cipher.ts';

/**
 * The cipher of a file whose trailer has /Encrypt, else null. One encryption holds for all revisions: a trailer
 * that lacks it or names another is an anomaly, since readers go by different trailers.
 * @throws AppError as `openCipher`.
 */
export function openEncryption(
  store: ObjectStore,
  saves: readonly Save[],
  password: string | null,
  report: (code: AnomalyCode, offset: number, detail: string) => void,
): FileCipher | null {
  const sections = saves.flatMap((save) => save.sections);
  const values = sections.map((section) => section.trailer.entries.get('Encrypt') ?? null);
  if (values.every((value) => value === null)) return null;
  const newest = saves.length;
  const trailer = saves.at(-1)?.sections[0]?.trailer;
  const value = trailer?.entries.get('Encrypt') ?? null;
  const dictionary = store.resolve(value, newest);
  if (!trailer || !isDict(dictionary)) throw new AppError('PDF_ENCRYPTION_UNSUPPORTED');
  sections.forEach((section, index) => {
    if (!sameEncryption(values[index] ?? null, value))
      report('OBJECT_MALFORMED', section.start, 'encryption differs between revisions');
  });
  const states = new Set(saves.map((_, index) => store.resolve(value, index + 1)));
  if (isRef(value) && states.size > 1) report('OBJECT_MALFORMED', 0, 'encryption differs between revisions');
  const get = (holder: PdfValue | undefined, key: string): PdfValue => {
    const found = store.resolve(holder, newest);
    return isDict(found) ? store.resolve(found.entries.get(key), newest) : null;
  };
  const identifier = get(trailer, 'ID');
  const first = isArray(identifier) ? store.resolve(identifier.items[0], newest) : null;
  return openCipher(dictionary, isString(first) ? first.bytes : new Uint8Array(0), get, password);
}

function sameEncryption(one: PdfValue, other: PdfValue): boolean {
  if (isRef(one) && isRef(other)) return one.num === other.num && one.gen === other.gen;
  if (!isDict(one) || !isDict(other)) return false;
  const owner = one.entries.get('O');
  const otherOwner = other.entries.get('O');
  return isString(owner) && isString(otherOwner) && Buffer.compare(owner.bytes, otherOwner.bytes) === 0;
}
