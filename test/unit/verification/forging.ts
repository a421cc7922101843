import {
  appendUpdate,
  dict,
  isArray,
  isDict,
  nextObjectNumber,
  parsePdf,
  ref,
  signatureFields,
  stream,
  name,
  array,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfDict, PdfFile, PdfValue, UpdateObject } from '../../../src/main/core/pdf/index.ts';
import type { SignatureReport, VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { at } from '../../fixtures/letter-kinds.ts';

/** A forger's bench: what is done to a signed letter, as bytes and as well-formed revisions. */

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const toBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

export const judge = (
  bytes: Uint8Array,
  trust: readonly Uint8Array[] = [testPki().root.certificate],
): Promise<VerificationReport> =>
  verifyPdf({
    file: 'surat.pdf',
    bytes,
    trust: trust.map((der) => ({ der, psre: false })),
    at: fixedNow.toISOString(),
    language: 'en',
    password: null,
  });

/** How a report reads where a test fails. */
export const summary = ({ conclusion, signatures, problems }: VerificationReport): string =>
  JSON.stringify([
    conclusion,
    problems.map(({ code }) => code),
    signatures.map((one: SignatureReport) => [
      one.integrity,
      one.changesAfter,
      one.changes.map(({ rule, verdict }) => `${rule ?? ''} ${verdict}`),
      one.problems.map(({ code }) => code),
    ]),
  ]);

export interface Change {
  readonly objects: readonly UpdateObject[];
  readonly trailer?: Entries;
}
export type Later = (file: PdfFile) => Change;

/** One well-formed revision after the file. */
export const later = (bytes: Uint8Array, make: Later): Uint8Array => {
  const file = parsePdf(bytes);
  return appendUpdate(file, make(file)).bytes;
};

export const dictAt = (file: PdfFile, num: number): PdfDict => {
  const value = file.resolve(ref(num));
  if (!isDict(value)) throw new Error(`object ${num} is no dictionary`);
  return value;
};
export const itemsAt = (file: PdfFile, num: number): readonly PdfValue[] => {
  const value = file.resolve(ref(num));
  return isArray(value) ? value.items : [];
};

export const edit =
  (num: number, entries: Record<string, PdfValue | undefined>): Later =>
  (file) => ({ objects: [{ num, value: withEntries(dictAt(file, num), entries) }] });

export const put =
  (num: number, value: PdfValue): Later =>
  () => ({ objects: [{ num, value }] });

export const together =
  (...all: readonly Later[]): Later =>
  (file) => ({
    objects: all.flatMap((one) => one(file).objects),
    trailer: Object.assign({}, ...all.map((one) => one(file).trailer ?? {})) as Entries,
  });

export const drawing = (content: string, box: readonly number[] = [0, 0, 600, 800]): PdfValue =>
  stream(
    { Type: name('XObject'), Subtype: name('Form'), BBox: array(...box), Resources: dict({}) },
    Buffer.from(content),
  );

/** A further annotation on the first page, with or without an appearance of its own. */
export const annotate =
  (entries: Entries, appearance: PdfValue | null = null): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    const value = dict({
      Type: name('Annot'),
      Rect: array(60, 630, 540, 660),
      F: 4,
      ...entries,
      ...(appearance ? { AP: dict({ N: ref(num + 1) }) } : {}),
    });
    return {
      objects: [
        { num: at.annotations, value: array(...itemsAt(file, at.annotations), ref(num)) },
        { num, value },
        ...(appearance ? [{ num: num + 1, value: appearance }] : []),
      ],
    };
  };

/** The signature dictionary of the first signed field, and the object that holds it. */
export function signatureOf(file: PdfFile): {
  readonly num: number;
  readonly value: PdfDict;
  readonly field: number;
} {
  const [field] = signatureFields(file).filter(({ value }) => value !== null);
  if (!field?.valueRef || !field.ref || !isDict(field.value)) throw new Error('not signed');
  return { num: field.valueRef.num, value: field.value, field: field.ref.num };
}

/** Numbers of the last /ByteRange. */
export function rangeOf(bytes: Uint8Array): readonly [number, number, number, number] {
  const found = [...latin1(bytes).matchAll(/\/ByteRange ?\[(\d+) +(\d+) +(\d+) +(\d+) *\]/g)].at(-1);
  const [a = 0, b = 0, c = 0, d = 0] = found?.slice(1).map(Number) ?? [];
  return [a, b, c, d];
}

/** Where the newest section stands. */
export const startOfSection = (bytes: Uint8Array): number =>
  Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(latin1(bytes))?.[1] ?? 0);

/** The trailer's entries that an appended trailer repeats. */
export const trailerWords = (bytes: Uint8Array): string => {
  const { trailer } = parsePdf(bytes);
  const words = ['Root', 'Info', 'Encrypt'].map((key) => {
    const value = trailer.entries.get(key);
    return typeof value === 'object' && value?.kind === 'ref' ? `/${key} ${value.num} ${value.gen} R` : '';
  });
  return `/Size ${nextObjectNumber(parsePdf(bytes))} ${words.join(' ')}`;
};
export const ten = (value: number): string => String(value).padStart(10, '0');
