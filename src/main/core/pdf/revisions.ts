import { afterEol, asBuffer, isDigit, isWhite, startsWithAt } from './bytes.ts';
import type { AnomalyCode, XrefSection } from './file.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { Reader } from './reader.ts';
import { isRef } from './values.ts';
import { readSection } from './xref.ts';
import type { XrefContext } from './xref.ts';

type Report = (code: AnomalyCode, offset: number, detail: string) => void;

/** A revision before its objects are read. */
export interface Save {
  readonly start: number;
  readonly eofEnd: number;
  readonly end: number;
  /** Newest first. */
  readonly sections: readonly XrefSection[];
  /** Spans of `startxref … %%EOF`. */
  readonly tails: readonly Tail[];
}

interface Tail {
  readonly start: number;
  /** After `%%EOF`. */
  readonly end: number;
  readonly value: number;
}

/** What is known of a file's beginning because it was read before. */
export interface Saves {
  readonly saves: readonly Save[];
  readonly linearized: boolean;
}

/**
 * The saves of a file, oldest first: from the last `startxref` along /Prev, each closed by its own
 * `startxref … %%EOF`. A linearized file (ISO 32000-2 Annex F) keeps two sections in its first save.
 *
 * @param before the saves that the file begins with; the chain must lead to the newest of them.
 * @throws PdfSyntaxError where the chain cannot be followed.
 */
export function readSaves(context: XrefContext, report: Report, before: Saves | null): Saves {
  const { bytes } = context;
  const last = asBuffer(bytes).lastIndexOf('startxref', undefined, 'latin1');
  const tail = last < 0 ? null : readTail(context, last);
  if (!tail) throw new PdfSyntaxError('no startxref with %%EOF', Math.max(0, last));
  const sections = readChain(context, tail.value, before?.saves.at(-1)?.sections[0]?.start ?? null);
  const linearized = before ? before.linearized : isLinearized(bytes, sections);
  const saves: Save[] = [...(before?.saves ?? [])];
  let start = saves.at(-1)?.end ?? 0;
  const groups = group(sections, linearized && !before);
  groups.forEach((group, index) => {
    const save = closeSave(context, group, start, index === groups.length - 1 ? tail : null, report);
    start = save.end;
    saves.push(save);
  });
  checkAgreement(saves, before?.saves.length ?? 0, report);
  // White space there changes nothing for any reader; a signature still has to cover it.
  if (!bytes.subarray(start).every(isWhite))
    report('BYTES_AFTER_END', start, `${bytes.length - start} bytes`);
  return { saves, linearized };
}

/**
 * What a later save says of earlier objects must mean the same to every reader. A newest /Size below their numbers
 * makes some forget them (§7.5.5); one that would take the catalog too is only a writer's slip, since whoever obeyed
 * it would see nothing. A hybrid table may not call free what its stream calls in use (§7.5.8.4), where a reader of
 * tables alone knew the object before.
 */
function checkAgreement(saves: readonly Save[], from: number, report: Report): void {
  const newest = saves.at(-1);
  const trailer = newest?.sections[0]?.trailer;
  if (newest && trailer && saves.length > 1) {
    const [size, root] = [trailer.entries.get('Size'), trailer.entries.get('Root')];
    const least = isRef(root) ? root.num : 0;
    const highest = highestInUse(saves);
    if (typeof size === 'number' && size > least && size <= highest)
      report('SIZE_WRONG', newest.start, `Size ${size}, ${highest} in an earlier revision`);
  }
  saves.forEach(({ sections, start }, index) => {
    if (index < Math.max(1, from)) return;
    for (const num of sections.flatMap(({ hidden }) => [...hidden])) {
      if (saves.slice(0, index).some((save) => isPlainIn(save, num)))
        report('XREF_DUPLICATE', start, `object ${num} free and in use`);
    }
  });
}

function highestInUse(saves: readonly Save[]): number {
  let highest = -1;
  for (const { entries } of saves.flatMap(({ sections }) => sections)) {
    for (const [num, { type }] of entries) if (num > highest && type !== 'free') highest = num;
  }
  return highest;
}

const isPlainIn = ({ sections }: Save, num: number): boolean =>
  sections.some(({ entries, hidden }) => (entries.get(num)?.type ?? 'free') !== 'free' && !hidden.has(num));

/** `startxref`, an integer and `%%EOF`, nothing but white space between (§7.5.5). */
export function readTail(
  { bytes, places }: Pick<XrefContext, 'bytes' | 'places'>,
  start: number,
): Tail | null {
  let at = start + 'startxref'.length;
  const begin = at;
  while (isWhite(bytes[at])) at++;
  const digits = at;
  let value = 0;
  while (isDigit(bytes[at]) && at - digits < 15) value = value * 10 + (bytes[at++] ?? 0) - 0x30;
  if (digits === begin || at === digits) return null;
  const afterDigits = at;
  while (isWhite(bytes[at])) at++;
  if (at === afterDigits || !startsWithAt(bytes, '%%EOF', at)) return null;
  return { start, end: at + 5, value: places.toImage(value) };
}

/** @param known where to stop: a section that was read before. */
function readChain(context: XrefContext, newest: number, known: number | null): XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let next: number | null = newest;
  while (next !== known) {
    if (next === null) throw new PdfSyntaxError('chain leaves what was read before', newest);
    if (seen.has(next)) throw new PdfSyntaxError('cross-reference chain loops', next);
    if (sections.length >= limits.sections)
      throw new PdfSyntaxError('too many cross-reference sections', next);
    seen.add(next);
    const section = readSection(context, next);
    sections.push(section);
    const previous = section.trailer.entries.get('Prev');
    if (previous !== undefined && typeof previous !== 'number')
      throw new PdfSyntaxError('malformed Prev', section.start);
    // Offset 0 holds the header; some writers give it for "none".
    next = previous === undefined || previous === 0 ? null : context.places.toImage(previous);
  }
  return sections;
}

function isLinearized(bytes: Uint8Array, sections: readonly XrefSection[]): boolean {
  const main = sections.at(-1);
  const front = sections.at(-2);
  if (!main || !front || front.start > main.start) return false;
  const reader = new Reader(bytes, 0);
  reader.skipSpace();
  if (!reader.takeObjectHeader()) return false;
  try {
    const first = reader.value();
    return typeof first === 'object' && first?.kind === 'dict' && first.entries.has('Linearized');
  } catch {
    return false;
  }
}

/** Oldest first; the two sections of a linearized file count as one save. */
function group(sections: readonly XrefSection[], linearized: boolean): XrefSection[][] {
  const groups = sections.map((section) => [section]);
  if (linearized) groups.splice(-2, 2, sections.slice(-2));
  return groups.reverse();
}

function closeSave(
  context: XrefContext,
  sections: readonly XrefSection[],
  start: number,
  last: Tail | null,
  report: Report,
): Save {
  const { bytes } = context;
  const [newest] = sections;
  const oldest = sections.at(-1);
  if (!newest || !oldest) throw new PdfSyntaxError('no cross-reference section', start);
  if (oldest.start < start) report('XREF_ORDER', oldest.start, 'section lies in an earlier revision');
  const front = sections.length > 1 ? findTail(context, newest.end, oldest.start, null) : null;
  const tail = last ?? findTail(context, oldest.end, bytes.length, newest.start);
  if (!tail || tail.start < oldest.end)
    report('STARTXREF_WRONG', oldest.start, 'no startxref closes this section');
  const eofEnd = Math.max(start, tail?.end ?? oldest.end);
  const end = Math.max(eofEnd, afterEol(bytes, eofEnd));
  return { start, eofEnd, end, sections, tails: [front, tail].filter((found) => found !== null) };
}

/** Does this offset lead to that section? White space before it is passed over, as `readSection` does. */
function names(bytes: Uint8Array, offset: number, section: number): boolean {
  let at = offset;
  while (at < section && isWhite(bytes[at])) at++;
  return at === section;
}

/** The first well-formed tail in a range; with a value, the first that names this section. */
function findTail(context: XrefContext, from: number, to: number, value: number | null): Tail | null {
  const { bytes } = context;
  const buffer = asBuffer(bytes);
  let at = buffer.indexOf('startxref', from, 'latin1');
  for (let tries = 0; at >= 0 && at < to && tries < 100; tries++) {
    const tail = readTail(context, at);
    if (tail && (value === null || names(bytes, tail.value, value))) return tail;
    at = buffer.indexOf('startxref', at + 1, 'latin1');
  }
  return null;
}
