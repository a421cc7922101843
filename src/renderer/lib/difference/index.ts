/** What is different between two versions of a letter, in words that people read: fields, then line for line. */
import type { Block, Inline, LetterContent } from '../../../main/core/contract/index.ts';
import { steps } from './sequence.ts';

export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface FieldDifference {
  /** Name in the letter's content, as elsewhere (`event.place`, `details.dasar`). */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly pieces: readonly Piece[];
}

export interface LineDifference {
  /** `look`: the same words, set otherwise (bold, italic, as a heading, in a list). `gap`: lines left out, all the same. */
  readonly kind: 'same' | 'removed' | 'added' | 'changed' | 'look' | 'gap';
  readonly line: Omit<Line, 'key'>;
  readonly pieces: readonly Piece[];
  /** Lines left out. */
  readonly hidden: number;
}

export interface Difference {
  readonly fields: readonly FieldDifference[];
  readonly lines: readonly LineDifference[];
}

interface Line {
  readonly text: string;
  /** "2.", "•" or nothing; a table's rows have "|". */
  readonly mark: string;
  readonly depth: number;
  readonly heading: boolean;
  /** The same for lines that look the same, whatever their number. */
  readonly key: string;
}

/** @param say a field's value in words: ids of kinds and people mean nothing to people. */
export function difference(
  before: LetterContent,
  after: LetterContent,
  say: (field: string, value: string) => string,
): Difference {
  const old = fieldsOf(before);
  const now = fieldsOf(after);
  const fields = [...new Set([...old.keys(), ...now.keys()])].flatMap((field): FieldDifference[] => {
    const from = old.get(field) ?? '';
    const to = now.get(field) ?? '';
    if (from === to) return [];
    const [said, saidNow] = [say(field, from), say(field, to)];
    return [{ field, before: said, after: saidNow, pieces: words(said, saidNow) }];
  });
  const lines = compared(linesOf(before.body), linesOf(after.body));
  return { fields, lines: lines.every(({ kind }) => kind === 'same') ? [] : shortened(lines) };
}

function fieldsOf(content: LetterContent): Map<string, string> {
  const people = (list: LetterContent['recipients']): string =>
    list.map(({ name, place }) => (place === '' ? name : `${name} (${place})`)).join('; ');
  const { event, details, signers, review } = content;
  const behalf = (one: NonNullable<typeof signers>[number]): string =>
    one.behalf ? [one.behalf.principal, one.behalf.through].filter(Boolean).join(' / ') : '';
  return new Map([
    ['kind', content.kind],
    ['classification', content.classification],
    ['urgency', content.urgency],
    ['security', content.security],
    ['postId', content.postId ?? ''],
    ['subject', content.subject],
    ['attachments', content.attachments],
    ['recipients', people(content.recipients)],
    ['copies', people(content.copies)],
    ['event.date', event?.date ?? ''],
    ['event.time', event?.time ?? ''],
    ['event.place', event?.place ?? ''],
    ['event.agenda', event?.agenda ?? ''],
    ...Object.entries(details ?? {}).map(([name, text]) => [`details.${name}`, text] as const),
    ['signers', (signers ?? []).map((one) => `${one.accountId} ${behalf(one)}`.trim()).join('; ')],
    ['review', [...(review?.hierarchy ?? []), ...(review?.coordination ?? [])].join('; ')],
  ]);
}

const plainText = (content: readonly Inline[]): string =>
  content.map((one) => (one.type === 'break' ? '\n' : one.text)).join('');

function linesOf(blocks: readonly Block[], depth = 0): Line[] {
  const line = (content: readonly Inline[], mark: string, sort: string, heading = false): Line => ({
    text: plainText(content),
    mark,
    depth,
    heading,
    key: `${sort} ${depth} ${JSON.stringify(content)}`,
  });
  return blocks.flatMap((block): Line[] => {
    switch (block.type) {
      case 'paragraph':
        return [line(block.content, '', 'p')];
      case 'heading':
        return [line(block.content, '', 'h', true)];
      case 'list':
        return block.items.flatMap((item, index) => {
          const [first, ...rest] = linesOf(item, depth + 1);
          const mark = block.ordered ? `${index + 1}.` : '•';
          return first ? [{ ...first, mark, key: `${block.ordered ? 'o' : 'u'} ${first.key}` }, ...rest] : [];
        });
      case 'table':
        return block.rows.map((row) => ({
          text: row.map((cell) => plainText(cell.content)).join(' | '),
          mark: '|',
          depth,
          heading: false,
          key: `t ${JSON.stringify(row)}`,
        }));
    }
  });
}

const bare = ({ key: _key, ...line }: Line): Omit<Line, 'key'> => line;
const whole = (kind: 'same' | 'removed' | 'added', line: Line): LineDifference => ({
  kind,
  line: bare(line),
  pieces: [{ kind, text: line.text }],
  hidden: 0,
});

function compared(before: readonly Line[], after: readonly Line[]): LineDifference[] {
  const found: LineDifference[] = [];
  let removed: Line[] = [];
  let added: Line[] = [];
  const settle = (): void => {
    found.push(...paired(removed, added));
    removed = [];
    added = [];
  };
  for (const { kind, item } of steps(before, after, (line) => line.key)) {
    if (kind === 'removed') removed.push(item);
    else if (kind === 'added') added.push(item);
    else {
      settle();
      found.push(whole('same', item));
    }
  }
  settle();
  return found;
}

/** Lines alike enough to be one that was rewritten. */
const alike = 0.4;
const mostPairs = 4000;

/** Which removed line became which added one: the pairing in order whose lines are most alike. */
function paired(removed: readonly Line[], added: readonly Line[]): LineDifference[] {
  if (removed.length * added.length > mostPairs)
    return [...removed.map((line) => whole('removed', line)), ...added.map((line) => whole('added', line))];
  const best = Array.from({ length: removed.length + 1 }, () => new Float64Array(added.length + 1));
  const likeness = removed.map((from) => added.map((to) => similarity(from.text, to.text)));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const like = (i: number, j: number): number => likeness[i]?.[j] ?? 0;
  for (let i = removed.length - 1; i >= 0; i -= 1)
    for (let j = added.length - 1; j >= 0; j -= 1) {
      const pair = like(i, j) >= alike ? like(i, j) + at(i + 1, j + 1) : 0;
      const row = best[i];
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), pair);
    }
  const found: LineDifference[] = [];
  let i = 0;
  let j = 0;
  while (i < removed.length || j < added.length) {
    const from = removed[i];
    const to = added[j];
    if (from && to && like(i, j) >= alike && at(i, j) === like(i, j) + at(i + 1, j + 1)) {
      found.push(rewritten(from, to));
      i += 1;
      j += 1;
    } else if (from && (!to || at(i, j) === at(i + 1, j))) {
      found.push(whole('removed', from));
      i += 1;
    } else if (to) {
      found.push(whole('added', to));
      j += 1;
    }
  }
  return found;
}

const rewritten = (from: Line, to: Line): LineDifference =>
  from.text === to.text
    ? { kind: 'look', line: bare(to), pieces: [{ kind: 'same', text: to.text }], hidden: 0 }
    : { kind: 'changed', line: bare(to), pieces: words(from.text, to.text), hidden: 0 };

const split = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
const wordsIn = (text: string): string[] => split(text).filter((part) => part.trim() !== '');

/** How many of the words are in both: 0 to 1 (Dice). */
function similarity(one: string, other: string): number {
  if (one === other) return 1;
  const counted = new Map<string, number>();
  const first = wordsIn(one);
  const second = wordsIn(other);
  for (const word of first) counted.set(word, (counted.get(word) ?? 0) + 1);
  let both = 0;
  for (const word of second) {
    const left = counted.get(word) ?? 0;
    if (left === 0) continue;
    counted.set(word, left - 1);
    both += 1;
  }
  return first.length + second.length === 0 ? 0 : (2 * both) / (first.length + second.length);
}

/** Word by word; neighbours of one kind are one piece. */
export function words(before: string, after: string): Piece[] {
  const pieces: Piece[] = [];
  let removed = '';
  let added = '';
  const push = (kind: Piece['kind'], text: string): void => {
    const last = pieces.at(-1);
    if (text === '') return;
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  const settle = (): void => {
    push('removed', removed);
    push('added', added);
    removed = '';
    added = '';
  };
  const found = steps(split(before), split(after), (part) => part);
  for (const [index, { kind, item }] of found.entries()) {
    if (kind === 'removed') removed += item;
    else if (kind === 'added') added += item;
    else if (item.trim() === '' && removed !== '' && added !== '' && found[index + 1]?.kind !== 'same') {
      // One space that stayed between two words that did not: easier to read as one change.
      removed += item;
      added += item;
    } else {
      settle();
      push('same', item);
    }
  }
  settle();
  return pieces;
}

/** Lines that stayed, shown around each change. */
const around = 1;

function shortened(lines: readonly LineDifference[]): LineDifference[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const found: LineDifference[] = [];
  let hidden = 0;
  const gap = (): void => {
    if (hidden > 0)
      found.push({ kind: 'gap', line: { text: '', mark: '', depth: 0, heading: false }, pieces: [], hidden });
    hidden = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (near[index]) {
      gap();
      found.push(line);
    } else hidden += 1;
  }
  gap();
  return found;
}
