import { fold, foldedWords, hasDigit, squeeze } from '../contract/folding.ts';
import type { SearchField, Snippet } from '../contract/search.ts';
import type { Asker } from '../queries/index.ts';
import type { ReadDb } from '../vault/index.ts';
import type { Desk } from './desk.ts';
import { readNotes, readsNote } from './notes.ts';
import type { QueryTerm } from './query.ts';
import { letterText, readBases, readScans } from './text.ts';

/** Why a letter was found: the places where the words stand, each with a little of what is around. */

const maximumPlaces = 3;
const around = 60;

type Fields = readonly (readonly [SearchField, string])[];

/** What the person may read of each of these letters. */
function readableFields(
  db: ReadDb,
  asker: Asker,
  desk: Desk,
  positions: readonly number[],
): Map<number, Fields> {
  const found = new Map<number, Fields>();
  const others: number[] = [];
  for (const position of positions) {
    const known = desk.letters.get(position);
    if (known) found.set(position, known.text.fields);
    else others.push(position);
  }
  const scans = readScans(db, others);
  const notes = Map.groupBy(
    readNotes(db, others).filter((note) => readsNote(note, asker.accountId, asker.principals)),
    (note) => note.position,
  );
  for (const base of readBases(db, others)) {
    // A sealed letter that is not on the desk is not opened here either.
    if (base.content === '') continue;
    const { fields } = letterText(base, scans.get(base.position) ?? '');
    const told = (notes.get(base.position) ?? []).map((note): ['note', string] => ['note', note.words]);
    found.set(base.position, [...fields, ...told]);
  }
  return found;
}

/** @returns by position, the most telling places first. */
export function whyFound(
  db: ReadDb,
  asker: Asker,
  desk: Desk,
  terms: readonly QueryTerm[],
  positions: readonly number[],
): Map<number, Snippet[]> {
  if (terms.length === 0 || positions.length === 0) return new Map();
  return new Map(
    [...readableFields(db, asker, desk, positions)].map(([position, fields]) => [
      position,
      snippetsOf(fields, terms),
    ]),
  );
}

export function snippetsOf(fields: Fields, terms: readonly QueryTerm[]): Snippet[] {
  const found: Snippet[] = [];
  for (const [field, text] of fields) {
    const marks = marksIn(text, terms, field === 'number');
    if (marks.length > 0) found.push(excerpt(field, text, marks));
    if (found.length === maximumPlaces) break;
  }
  return found;
}

type Mark = readonly [number, number];

/** Words as they stand in the text, with their places. */
const pieces = /[\p{L}\p{N}\p{M}]+/gu;
/** More than this are not looked through for a picture of the place. */
const maximumMarks = 20;

function marksIn(text: string, terms: readonly QueryTerm[], isNumber: boolean): Mark[] {
  const marks: Mark[] = [];
  if (isNumber) {
    const squeezed = squeeze(text);
    for (const { fragment } of terms)
      if (fragment !== null && squeezed.includes(fragment)) marks.push(placeOf(text, fragment));
  }
  const wanted = new Set(terms.flatMap((term) => term.words));
  const open = terms.flatMap((term) => (term.open ? term.words.slice(-1) : []));
  for (const match of text.matchAll(pieces)) {
    if (marks.length >= maximumMarks) break;
    const hit = foldedWords(match[0]).some(
      (word) =>
        wanted.has(word) ||
        (!hasDigit(word) && open.some((beginning) => beginning.length > 1 && word.startsWith(beginning))),
    );
    if (hit) marks.push([match.index, match.index + match[0].length]);
  }
  return merged(marks);
}

/** Where a run of letters and digits stands in a number with its separators. */
function placeOf(text: string, fragment: string): Mark {
  const places: number[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at += 1) {
    const one = fold(text[at] ?? '').replace(/[^\p{L}\p{N}]/gu, '');
    for (const _ of one) places.push(at);
    plain += one;
  }
  const from = plain.indexOf(fragment);
  return [places[from] ?? 0, (places[from + fragment.length - 1] ?? text.length - 1) + 1];
}

function merged(marks: readonly Mark[]): Mark[] {
  const all: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && mark[0] <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], mark[1])];
    else all.push(mark);
  }
  return all;
}

/** The neighbourhood of the first place, cut at spaces. */
function excerpt(field: SearchField, text: string, marks: readonly Mark[]): Snippet {
  const [first] = marks;
  if (!first) return { field, text: '', marks: [] };
  let from = Math.max(0, first[0] - around);
  if (from > 0) from = Math.max(text.indexOf(' ', from) + 1 || from, 0);
  if (from > first[0]) from = first[0];
  let to = Math.min(text.length, Math.max(first[1], from + 2 * around + 40));
  if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), first[1]);
  const before = from > 0 ? '… ' : '';
  const shift = before.length - from;
  return {
    field,
    text: `${before}${text.slice(from, to).replace(/\s/g, ' ')}${to < text.length ? ' …' : ''}`,
    marks: marks.filter(([, end]) => end <= to).map(([begin, end]) => [begin + shift, end + shift]),
  };
}
