import { asBuffer, isEol, isWhite } from './bytes.ts';
import type { AnomalyCode } from './file.ts';
import { Budget, readIndirect } from './indirect.ts';
import type { ObjectSource } from './indirect.ts';
import { PdfSyntaxError } from './limits.ts';
import { Reader } from './reader.ts';
import type { Save } from './revisions.ts';
import { numberOf } from './values.ts';

interface Spanned {
  readonly start: number;
  readonly end: number;
}

type Report = (code: AnomalyCode, offset: number, detail: string) => void;

/**
 * Accounts for every byte: listed objects, cross-reference sections and their tails; between them only white
 * space and comments. What else stands there is invisible to a strict reader and visible to a repairing one,
 * which is how incremental-saving attacks work (SIGNATURES §D, ISA).
 *
 * @param from where to begin: what stands before was accounted for already.
 */
export function accountForBytes(
  source: Omit<ObjectSource, 'budget'>,
  saves: readonly Save[],
  objects: readonly (Spanned & { readonly num: number })[],
  report: Report,
  from: number,
): void {
  const spans: Spanned[] = [...objects];
  for (const save of saves) {
    spans.push(...save.tails);
    for (const section of save.sections) {
      spans.push({ start: section.start, end: section.end });
      if (section.streamSpan) spans.push(section.streamSpan);
    }
  }
  spans.sort((one, other) => one.start - other.start || one.end - other.end);
  const lastOf = new Map<number, number>();
  for (const { num, start } of objects) lastOf.set(num, Math.max(start, lastOf.get(num) ?? 0));
  const gaps = new GapCheck(source, lastOf, report);
  let done = from;
  let previous: Spanned | null = null;
  for (const span of spans) {
    // A cross-reference stream that lists itself is one span seen twice.
    if (previous && span.start === previous.start && span.end === previous.end) continue;
    if (span.start < done) report('OBJECTS_OVERLAP', span.start, `before byte ${done}`);
    else gaps.check(done, span.start);
    done = Math.max(done, span.end);
    previous = span;
  }
  gaps.check(done, source.bytes.length);
}

class GapCheck {
  private readonly bytes: Uint8Array;
  private readonly lastOf: ReadonlyMap<number, number>;
  private readonly report: Report;
  private readonly source: ObjectSource;

  constructor(source: Omit<ObjectSource, 'budget'>, lastOf: ReadonlyMap<number, number>, report: Report) {
    this.bytes = source.bytes;
    this.lastOf = lastOf;
    this.report = report;
    this.source = { ...source, budget: new Budget(source.bytes.length) };
  }

  check(from: number, to: number): void {
    let at = from;
    while (at < to) {
      if (isWhite(this.bytes[at])) at++;
      else if (this.bytes[at] === 0x25) at = this.comment(at, to);
      else {
        const after = this.leftover(at, to);
        if (after === null) return;
        at = after;
      }
    }
  }

  /**
   * An older copy of an object that the same save replaced: a repairing reader takes the last one of a number
   * and so agrees with the cross-reference. Anything else ends the check of this gap.
   */
  private leftover(at: number, to: number): number | null {
    const header = new Reader(this.bytes.subarray(0, to), at).takeObjectHeader();
    if (!header) {
      this.report('BYTES_UNACCOUNTED', at, `${to - at} bytes`);
      return null;
    }
    const replaced = (this.lastOf.get(header.num) ?? -1) > at;
    const end = replaced ? this.endOfObject(at) : null;
    if (end !== null && end <= to) return end;
    this.report('OBJECT_UNLISTED', at, `object ${header.num}`);
    return null;
  }

  private endOfObject(at: number): number | null {
    try {
      const { end, faults } = readIndirect(this.source, at, numberOf);
      return faults.length === 0 ? end : null;
    } catch (cause) {
      if (cause instanceof PdfSyntaxError) return null;
      throw cause;
    }
  }

  /** A comment is nothing to a strict reader, but a repairing one may find an object in it. */
  private comment(at: number, to: number): number {
    let end = at;
    while (end < to && !isEol(this.bytes[end])) end++;
    const text = asBuffer(this.bytes)
      .subarray(at, Math.min(end, at + 4096))
      .toString('latin1');
    if (/\d\s{1,9}obj/.test(text) || text.includes('xref') || text.includes('trailer')) {
      this.report('OBJECT_UNLISTED', at, 'structure inside a comment');
    }
    return end;
  }
}
