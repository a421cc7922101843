import type { SignatureReport } from '../contract/verification.ts';
import { isArray, isDict, nameOf, textOf } from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfValue, SignatureField } from '../pdf/index.ts';
import type { Coverage } from './byte-range.ts';
import { kindOf } from './diff/index.ts';
import type { Change } from './diff/index.ts';

type Level = 1 | 2 | 3;

/** Fields that a signature locked (ISO 32000-2 §12.8.2.4, Table 259). */
interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
}

/** What one signature allows to happen after it. */
export interface Restriction {
  readonly revision: number;
  /** null where it says nothing. */
  readonly level: Level | null;
  readonly locks: readonly FieldLock[];
}

/** Without any certification: filling in and signing, as a form is meant to be used, and no more. */
const defaultLevel: Level = 2;
const maximumReferences = 32;
const maximumNames = 10_000;

/** The /P of a certification signature (ISO 32000-2 §12.8.2.2, Table 257), else null. */
export function readDocMdp(file: PdfFile, dict: PdfDict): SignatureReport['docMdp'] {
  const levels = references(file, dict)
    .filter(({ method }) => method === 'DocMDP')
    .map(({ params }) => levelOf(file.get(params, 'P')));
  return levels.length === 0 ? null : strictest(levels);
}

/** /P defaults to 2. */
const levelOf = (value: PdfValue): Level => (value === 1 || value === 3 ? value : 2);

const strictest = (levels: readonly Level[]): Level =>
  levels.reduce<Level>((so, level) => (level < so ? level : so), 3);

function references(
  file: PdfFile,
  dict: PdfValue,
): readonly { readonly method: string | null; readonly params: PdfValue }[] {
  const list = file.get(dict, 'Reference');
  const items = isArray(list) ? list.items.slice(0, maximumReferences) : [];
  return items.map((item) => ({
    method: nameOf(file.get(item, 'TransformMethod')),
    params: file.get(item, 'TransformParams'),
  }));
}

/** Of all signatures whose form is sound; a broken one still restricts nobody. */
export function readRestrictions(
  file: PdfFile,
  candidates: readonly { readonly coverage: Coverage | null; readonly field: SignatureField }[],
): readonly Restriction[] {
  return candidates.flatMap(({ coverage, field }) => {
    if (!coverage) return [];
    const at = coverage.revision.number;
    const holder = field.ref ? file.resolve(field.ref, at) : field.dict;
    return [restrictionOf(file, coverage, file.get(holder, 'Lock', at), at)];
  });
}

function restrictionOf(file: PdfFile, coverage: Coverage, lock: PdfValue, revision: number): Restriction {
  const locks = references(file, coverage.dict)
    .filter(({ method }) => method === 'FieldMDP')
    .map(({ params }) => readLock(file, params, revision));
  if (isDict(lock)) locks.push(readLock(file, lock, revision));
  const levels = [
    readDocMdp(file, coverage.dict),
    isDict(lock) && lock.entries.has('P') ? levelOf(file.get(lock, 'P', revision)) : null,
  ].filter((level) => level !== null);
  return { revision, level: levels.length === 0 ? null : strictest(levels), locks };
}

/** One that cannot be read locks everything. */
function readLock(file: PdfFile, params: PdfValue, revision: number): FieldLock {
  const action = nameOf(file.get(params, 'Action', revision));
  const list = file.get(params, 'Fields', revision);
  const fields = isArray(list)
    ? list.items.slice(0, maximumNames).map((item) => textOf(file.resolve(item, revision)) ?? '')
    : [];
  return action === 'Include' || action === 'Exclude' ? { action, fields } : { action: 'All', fields: [] };
}

/** Whole names only: `Signature1` says nothing about `Signature10`, but all about `Signature1.date`. */
const covers = (fields: readonly string[], name: string): boolean =>
  fields.some((field) => name === field || name.startsWith(`${field}.`));

function locked(lock: FieldLock, name: string): boolean {
  if (lock.action === 'All') return true;
  return covers(lock.fields, name) === (lock.action === 'Include');
}

/** Signing in a field that is new is no change of a field; only what a lock names itself is closed to it. */
function isLocked(lock: FieldLock, { rule, field }: Change): boolean {
  if (field === null) return false;
  if (rule === 'FIELD_FILLED') return locked(lock, field);
  return lock.action === 'Include' && covers(lock.fields, field);
}

/** What the signatures up to one revision permit together. */
export interface Limits {
  readonly level: Level;
  readonly locks: readonly FieldLock[];
}

export function limitsAt(restrictions: readonly Restriction[], revision: number): Limits {
  const inForce = restrictions.filter((one) => one.revision <= revision);
  const levels = inForce.map(({ level }) => level).filter((level) => level !== null);
  return {
    level: levels.length === 0 ? defaultLevel : strictest(levels),
    locks: inForce.flatMap(({ locks }) => locks),
  };
}

/** May this change follow the signatures in force (ISO 32000-2 §12.8.2)? */
export function isPermitted(
  change: Change,
  { level, locks }: Limits,
): 'permitted' | 'level' | 'locked' | 'never' {
  const kind = kindOf(change.rule);
  if (kind === 'forbidden') return 'never';
  if (kind === 'evidence') return 'permitted';
  if (level < (kind === 'form' ? 2 : 3)) return 'level';
  return locks.some((lock) => isLocked(lock, change)) ? 'locked' : 'permitted';
}
