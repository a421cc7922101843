import { beforeAll, describe, expect, test } from 'vitest';
import { nextObjectNumber, parsePdf, withEntries } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { looksGreen, looksHarmless } from '../../conformance/corpus.ts';
import { at, letterKinds, letterOf, objectText, words } from '../../fixtures/letter-kinds.ts';
import type { LetterKind } from '../../fixtures/letter-kinds.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import {
  judge,
  latin1,
  rangeOf,
  signatureOf,
  startOfSection,
  summary,
  ten,
  toBytes,
  trailerWords,
} from './forging.ts';

/**
 * Attacks on the bytes of a signed letter (SIGNATURES §D): universal forgery, signature wrapping and incremental
 * saving, each in many forms and in every kind of file. None may look green or like a file without a signature.
 */

const pki = testPki();
const signed = new Map<LetterKind, Uint8Array>();

beforeAll(async () => {
  const { privateKey, certificate, chain } = pki.p256;
  const signer = signerFromPkcs8(privateKey, certificate, chain);
  for (const kind of letterKinds) {
    signed.set(kind, await signPdf(letterOf(kind), { signer, time: fixedNow, acceptRisks: true }));
  }
});

/** Null where the file has nothing of the sort to attack. */
type Attack = (bytes: Uint8Array) => Uint8Array | null;

const swap =
  (from: string | RegExp, to: string): Attack =>
  (bytes) => {
    const text = latin1(bytes);
    const changed = text.replace(from, to);
    return changed === text ? null : toBytes(changed);
  };

/** The last dictionary written anew behind the file, with its own table. */
const update =
  (entries: (bytes: Uint8Array) => readonly (readonly [number, string])[], more = ''): Attack =>
  (bytes) => {
    let text = latin1(bytes);
    const places = entries(bytes).map(([num, body]) => {
      const place = [num, text.length] as const;
      text += body;
      return place;
    });
    const rows = places.map(([num, offset]) => `${num} 1\n${ten(offset)} 00000 n\r\n`).join('');
    const start = text.length;
    text += `xref\n${rows}trailer\n<<${trailerWords(bytes)} ${more} /Prev ${startOfSection(bytes)}>>\nstartxref\n${start}\n%%EOF\n`;
    return toBytes(text);
  };

const dictionary =
  (change: (text: string) => string): Attack =>
  (bytes) =>
    update(() => {
      const { num, value } = signatureOf(parsePdf(bytes));
      const text = objectText(num, value);
      const changed = change(text);
      if (changed === text) throw new Error('the dictionary is not what the test thinks');
      return [[num, changed]];
    })(bytes);

const evil = `<</Length 400>>\nstream\n${words(72, 700, 30).padEnd(400).slice(0, 400)}\nendstream`;
const evilObject = `${at.content} 0 obj\n${evil}\nendobj\n`;

const universal: readonly (readonly [string, Attack])[] = [
  ['/Contents under another name', swap('/Contents <30', '/Contentz <30')],
  ['/Contents null', dictionary((text) => text.replace(/\/Contents <[^>]*>/, '/Contents null'))],
  ['/Contents away', dictionary((text) => text.replace(/\/Contents <[^>]*>/, ''))],
  ['/Contents of one zero', dictionary((text) => text.replace(/\/Contents <[^>]*>/, '/Contents <00>'))],
  ['/Contents empty', dictionary((text) => text.replace(/\/Contents <[^>]*>/, '/Contents <>'))],
  ['/Contents a number', dictionary((text) => text.replace(/\/Contents <[^>]*>/, '/Contents 0'))],
  [
    '/Contents a reference to nothing',
    dictionary((text) => text.replace(/\/Contents <[^>]*>/, '/Contents 999 0 R')),
  ],
  ['/Contents in brackets', dictionary((text) => text.replace(/\/Contents (<[^>]*>)/, '/Contents [$1]'))],
  ['/Contents twice', dictionary((text) => text.replace('/Contents <', '/Contents <00> /Contents <'))],
  ['/Contents wiped in place', (bytes) => wiped(bytes, '0')],
  ['/Contents wiped with blanks', (bytes) => wiped(bytes, ' ')],
  ['/ByteRange under another name', swap(/\/ByteRange(?= ?\[)/, '/ByteRangf')],
  ['/ByteRange null', dictionary((text) => text.replace(/\/ByteRange \[[^\]]*\]/, '/ByteRange null'))],
  ['/ByteRange away', dictionary((text) => text.replace(/\/ByteRange \[[^\]]*\]/, ''))],
  ['/ByteRange empty', dictionary((text) => text.replace(/\/ByteRange \[[^\]]*\]/, '/ByteRange []'))],
  [
    '/ByteRange of nothing',
    dictionary((text) => text.replace(/\/ByteRange \[[^\]]*\]/, '/ByteRange [0 0 0 0]')),
  ],
  [
    '/ByteRange of two',
    dictionary((text) => text.replace(/\/ByteRange \[(\d+ \d+)[^\]]*\]/, '/ByteRange [$1]')),
  ],
  ['/ByteRange of six', dictionary((text) => text.replace(/(\/ByteRange \[[^\]]*)\]/, '$1 0 0]'))],
  ['/ByteRange negative', dictionary((text) => text.replace(/\/ByteRange \[\d+/, '/ByteRange [-1'))],
  ['/ByteRange with letters', dictionary((text) => text.replace(/\/ByteRange \[\d+/, '/ByteRange [(a)'))],
  [
    '/ByteRange beyond all',
    dictionary((text) => text.replace(/\/ByteRange \[\d+/, '/ByteRange [99999999999')),
  ],
  ['/ByteRange the same again', dictionary((text) => `${text} `.replace('/ByteRange', '/Z 0 /ByteRange'))],
  ['/SubFilter away', dictionary((text) => text.replace(/\/SubFilter \/\S+/, ''))],
  ['/SubFilter null', dictionary((text) => text.replace(/\/SubFilter \/\S+/, '/SubFilter null'))],
  ['/Filter and /SubFilter away', dictionary((text) => text.replace(/\/(Sub)?Filter \/\S+/g, ''))],
  ['/Type another', dictionary((text) => text.replace('/Type /Sig', '/Type /Sug'))],
];

function wiped(bytes: Uint8Array, by: string): Uint8Array {
  const [, start, end] = rangeOf(bytes);
  const text = latin1(bytes);
  return toBytes(`${text.slice(0, start + 1)}${by.repeat(end - start - 2)}${text.slice(end - 1)}`);
}

/** The tail moved down, something else in between (signature wrapping). */
const wrap =
  (
    between: (room: { readonly start: number; readonly gap: readonly [number, number] }) => string,
    range?: (numbers: readonly [number, number, number, number], by: number) => string,
  ): Attack =>
  (bytes) => {
    const numbers = rangeOf(bytes);
    const [, start, end] = numbers;
    const text = latin1(bytes);
    const inner = between({ start: end, gap: [start, end] });
    let head = text.slice(0, end);
    if (range) {
      const old = [...head.matchAll(/\/ByteRange ?\[[^\]]*\]/g)].at(-1)?.[0] ?? '';
      head = head.replace(
        old,
        `/ByteRange [${range(numbers, inner.length)}]`.padEnd(old.length).slice(0, Math.max(old.length, 1)),
      );
    }
    return toBytes(head + inner + text.slice(end));
  };

const wrapping: readonly (readonly [string, Attack])[] = [
  ['a second content in the gap', wrap(() => ` /Contents <00> `)],
  ['an object in the gap', wrap(() => `>>\nendobj\n${evilObject}900 0 obj\n<<`)],
  [
    'the range follows the tail',
    wrap(
      () => `\n${' '.repeat(40)}\n`,
      ([a, b, c, d], by) => `${a} ${b} ${c + by} ${d}`,
    ),
  ],
  [
    'the range follows, with an object',
    wrap(
      () => `>>\nendobj\n${evilObject}900 0 obj\n<<`,
      ([a, b, c, d], by) => `${a} ${b} ${c + by} ${d}`,
    ),
  ],
  [
    'a second /ByteRange before the first',
    dictionary((text) => text.replace('/ByteRange', '/ByteRange [0 1 2 3] /ByteRange')),
  ],
  [
    'a second /ByteRange after the first',
    dictionary((text) => text.replace(/(\/ByteRange \[[^\]]*\])/, '$1 /ByteRange [0 1 2 3]')),
  ],
  [
    'another dictionary with the old value and a range that fits it',
    (bytes) => {
      const [a, b, c, d] = rangeOf(bytes);
      const file = parsePdf(bytes);
      const { value, field, num } = signatureOf(file);
      const copy = nextObjectNumber(file);
      const moved = objectText(copy, withEntries(value, {})).replace(
        /\/ByteRange \[[^\]]*\]/,
        `/ByteRange [${a} ${b} ${c} ${d}]`,
      );
      return update(() => [
        [copy, moved],
        [
          field,
          objectText(
            field,
            withEntries(file.resolve({ kind: 'ref', num: field, gen: 0 }) as typeof value, {
              V: { kind: 'ref', num: copy, gen: 0 },
            }),
          ),
        ],
        [at.content, evilObject],
        ...(num > 0 ? [] : []),
      ])(bytes);
    },
  ],
  [
    'the table of the forger where the old one is looked for',
    (bytes) => {
      const [, , end] = rangeOf(bytes);
      const text = latin1(bytes);
      const old = startOfSection(bytes);
      if (old < end) return null;
      // fills the file up so that the old number leads to the forger's table
      const table = (offset: number): string =>
        `xref\n${at.content} 1\n${ten(offset)} 00000 n\r\ntrailer\n<<${trailerWords(bytes)} /Prev 15>>\n`;
      const filler = '\n'.repeat(Math.max(1, old - end - evilObject.length - 8));
      const inner = `>>\nendobj\n${evilObject}${filler}`;
      return toBytes(text.slice(0, end) + inner + table(end + 10) + text.slice(end));
    },
  ],
  ['text after the last byte that is covered', (bytes) => toBytes(`${latin1(bytes)}${evilObject}`)],
];

const bodyAnd =
  (rest: (bytes: Uint8Array, offset: number) => string, body = evilObject): Attack =>
  (bytes) => {
    const text = latin1(bytes);
    return toBytes(text + body + rest(bytes, text.length));
  };
const trailerAnd = (bytes: Uint8Array, more = ''): string =>
  `trailer\n<<${trailerWords(bytes)} /Prev ${startOfSection(bytes)} ${more}>>\n`;
const end = (start: number): string => `startxref\n${start}\n%%EOF\n`;

/** What stands behind the last signed byte: bodies with, without and with a wrong cross-reference. */
const saving: readonly (readonly [string, Attack])[] = [
  ['A: a body alone', bodyAnd(() => '')],
  ['B: an empty section', bodyAnd((b, o) => `xref\n0 0\n${trailerAnd(b)}${end(o + evilObject.length)}`)],
  [
    'B: a section of the free head alone',
    bodyAnd((b, o) => `xref\n0 1\n0000000000 65535 f\r\n${trailerAnd(b)}${end(o + evilObject.length)}`),
  ],
  [
    'B: an empty section without subsections',
    bodyAnd((b, o) => `xref\n${trailerAnd(b)}${end(o + evilObject.length)}`),
  ],
  ['C: a trailer without a section', bodyAnd((b, o) => `${trailerAnd(b)}${end(o + evilObject.length)}`)],
  ['C: a trailer, startxref to the old section', bodyAnd((b) => `${trailerAnd(b)}${end(startOfSection(b))}`)],
  ['D: startxref to the old section', bodyAnd((b) => end(startOfSection(b)))],
  ['D: startxref 0', bodyAnd(() => end(0))],
  ['D: startxref far away', bodyAnd(() => end(99_999_999))],
  ['D: startxref without a number', bodyAnd(() => 'startxref\n\n%%EOF\n')],
  [
    'E: a section whose offsets are wrong',
    bodyAnd(
      (b, o) =>
        `xref\n${at.content} 1\n${ten(o + 7)} 00000 n\r\n${trailerAnd(b)}${end(o + evilObject.length)}`,
    ),
  ],
  [
    'E: a section that leads to the old object, the new one beside',
    bodyAnd(
      (b, o) => `xref\n${at.font} 1\n${ten(o)} 00000 n\r\n${trailerAnd(b)}${end(o + evilObject.length)}`,
    ),
  ],
  [
    'E: a section of another object',
    bodyAnd(
      (b, o) =>
        `xref\n900 1\n${ten(o)} 00000 n\r\n${trailerAnd(b, '/Size 901')}${end(o + evilObject.length)}`,
    ),
  ],
  [
    'F: a body without endobj',
    bodyAnd(
      (b, o) => `xref\n0 0\n${trailerAnd(b)}${end(o + evilObject.length - 8)}`,
      evilObject.replace('endobj\n', ''),
    ),
  ],
  ['F: a body without endstream', bodyAnd(() => '', evilObject.replace('endstream\n', ''))],
  ['G: behind a comment that ends with CR', (b) => toBytes(`${latin1(b)}%\r${evilObject}%%EOF\n`)],
  [
    'G: behind a comment on the last line',
    (b) => toBytes(`${latin1(b).trimEnd()} % \r${evilObject}${end(startOfSection(b))}`),
  ],
  ['G: in a comment as a whole', (b) => toBytes(`${latin1(b)}%${evilObject.replaceAll('\n', '\r%')}\n`)],
  [
    'H: with a copy of the signature',
    (b) => {
      const { num, value } = signatureOf(parsePdf(b));
      return toBytes(
        `${latin1(b)}${evilObject}${objectText(num, value)}${trailerAnd(b)}${end(startOfSection(b))}`,
      );
    },
  ],
  [
    'I: the same with a well-formed section',
    (b) => {
      const { num, value } = signatureOf(parsePdf(b));
      return update(() => [
        [at.content, evilObject],
        [num, objectText(num, value)],
      ])(b);
    },
  ],
  ['I: well-formed, the body alone', (b) => update(() => [[at.content, evilObject]])(b)],
  [
    'past the signed revision: /Prev leads before it',
    (b) => {
      const first = parsePdf(b).revisions[0]?.sections[0]?.start ?? 0;
      const text = latin1(b) + evilObject;
      return toBytes(
        `${text}xref\n${at.content} 1\n${ten(text.length - evilObject.length)} 00000 n\r\ntrailer\n<<${trailerWords(b)} /Prev ${first}>>\n${end(text.length)}`,
      );
    },
  ],
  [
    'no /Prev at all',
    (b) => {
      const text = latin1(b) + evilObject;
      return toBytes(
        `${text}xref\n${at.content} 1\n${ten(text.length - evilObject.length)} 00000 n\r\ntrailer\n<<${trailerWords(b)}>>\n${end(text.length)}`,
      );
    },
  ],
  [
    'a smaller /Size that hides the content',
    (b) => {
      const text = latin1(b);
      const words = trailerWords(b).replace(/\/Size \d+/, `/Size ${at.content}`);
      return toBytes(
        `${text}xref\n0 1\n0000000000 65535 f\r\ntrailer\n<<${words} /Prev ${startOfSection(b)}>>\n${end(text.length)}`,
      );
    },
  ],
  [
    'an object freed',
    (b) => {
      const text = latin1(b);
      return toBytes(
        `${text}xref\n${at.content} 1\n0000000000 00001 f\r\n${trailerAnd(b)}${end(text.length)}`,
      );
    },
  ],
  [
    'freed in the table, in use in the stream beside it',
    (b) => {
      const offset = latin1(b).indexOf(`\n${at.content} 0 obj`) + 1;
      if (offset === 0) return null;
      const text = latin1(b);
      const num = nextObjectNumber(parsePdf(b));
      const row = String.fromCharCode(1, (offset >> 16) & 255, (offset >> 8) & 255, offset & 255, 0);
      const words = trailerWords(b).replace(/\/Size \d+/, `/Size ${num + 1}`);
      const beside = `${num} 0 obj\n<</Type /XRef ${words} /W [1 3 1] /Index [${at.content} 1] /Length 5>>\nstream\n${row}\nendstream\nendobj\n`;
      const start = text.length + beside.length;
      return toBytes(
        `${text}${beside}xref\n${at.content} 1\n0000000000 00001 f\r\n${num} 1\n${ten(text.length)} 00000 n\r\ntrailer\n<<${words} /XRefStm ${text.length} /Prev ${startOfSection(b)}>>\n${end(start)}`,
      );
    },
  ],
  [
    'another generation of an object',
    (b) => {
      const text = latin1(b);
      const body = evilObject.replace(`${at.content} 0 obj`, `${at.content} 1 obj`);
      return toBytes(
        `${text}${body}xref\n${at.content} 1\n${ten(text.length)} 00001 n\r\n${trailerAnd(b)}${end(text.length + body.length)}`,
      );
    },
  ],
  [
    'a section that is listed twice',
    (b) => {
      const text = latin1(b) + evilObject;
      const row = `${at.content} 1\n${ten(text.length - evilObject.length)} 00000 n\r\n`;
      return toBytes(`${text}xref\n${row}${row}${trailerAnd(b)}${end(text.length)}`);
    },
  ],
  ['a second signed part behind: the file twice', (b) => toBytes(latin1(b) + latin1(b))],
  ['another file behind', (b) => toBytes(latin1(b) + latin1(letterOf('table')))],
  ['another file before', (b) => toBytes(latin1(letterOf('table')) + latin1(b))],
  ['a byte before', (b) => toBytes(`\n${latin1(b)}`)],
  [
    'words in the white space behind the mark',
    (b) => toBytes(`${latin1(b).trimEnd()}\n\n\n1 0 obj null endobj\n`),
  ],
  ['%%EOF once more, with a body between', bodyAnd(() => '%%EOF\n')],
  ['startxref in a comment', bodyAnd((b) => `%startxref\n${startOfSection(b)}\n%%EOF\n`)],
];

const classes = [
  ['universal forgery', universal],
  ['signature wrapping', wrapping],
  ['incremental saving', saving],
] as const;

test.each(letterKinds)('the letter itself is good (%s)', async (kind) => {
  const report = await judge(signed.get(kind) ?? new Uint8Array(0));
  expect(looksGreen(report), summary(report)).toBe(true);
});

describe.each(classes)('%s', (_, attacks) => {
  test.each(attacks)('%s', async (_, attack) => {
    let tried = 0;
    for (const kind of letterKinds) {
      const bytes = signed.get(kind) ?? new Uint8Array(0);
      const forged = attack(bytes);
      if (!forged) continue;
      tried += 1;
      expect(Buffer.compare(forged, bytes), kind).not.toBe(0);
      const report = await judge(forged);
      expect(looksHarmless(report), `${kind}: ${summary(report)}`).toBe(false);
    }
    expect(tried).toBeGreaterThan(0);
  });
});
