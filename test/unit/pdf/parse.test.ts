import { deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import {
  isDict,
  isStream,
  nameOf,
  pages,
  parsePdf,
  signatureFields,
} from '../../../src/main/core/pdf/index.ts';
import type { AnomalyCode, PdfFile } from '../../../src/main/core/pdf/index.ts';
import { append, asText, exchange, makePdf, onePage } from './make-pdf.ts';

const codes = (file: PdfFile): readonly AnomalyCode[] => file.anomalies.map(({ code }) => code);
const refusal = (bytes: Uint8Array): string => {
  try {
    parsePdf(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `${error.message}: ${error.cause instanceof Error ? error.cause.message : ''}`;
  }
  return 'no refusal';
};
const twice = (): Uint8Array =>
  makePdf({ objects: onePage }, { objects: { 4: '<</Length 3>>\nstream\nq Q\nendstream', 5: '(new)' } });

test('an entry that points at the white space before its object is read as any reader does', () => {
  const sound = makePdf({ objects: onePage });
  const at = asText(sound).indexOf('3 0 obj');
  const ten = (value: number): string => String(value).padStart(10, '0');
  const early = exchange(sound, ten(at), ten(at - 1));
  const file = parsePdf(early);
  expect([file.needsRepair, codes(file)]).toEqual([false, []]);
  expect(file.objectAt(3)?.start).toBe(at);
  expect(parsePdf(exchange(sound, ten(at), ten(at - 2))).needsRepair).toBe(true);
});

describe('a sound file', () => {
  test('one revision, one page, every byte accounted for', () => {
    const file = parsePdf(makePdf({ objects: onePage }));
    expect(codes(file)).toEqual([]);
    expect([file.needsRepair, file.version, file.revisions.length]).toEqual([false, '1.7', 1]);
    expect(file.revisions[0]?.defined).toEqual([1, 2, 3, 4]);
    expect(file.revisions[0]?.end).toBe(file.bytes.length);
    expect(pages(file).map(({ mediaBox, rotate }) => [mediaBox, rotate])).toEqual([[[0, 0, 600, 800], 0]]);
  });

  test('two revisions: each object as of each', () => {
    const file = parsePdf(twice());
    expect(codes(file)).toEqual([]);
    const [first, second] = file.revisions;
    expect([first?.end, second?.end]).toEqual([second?.start, file.bytes.length]);
    expect([second?.defined, second?.freed]).toEqual([[4, 5], []]);
    const old = file.objectAt(4, 1)?.value ?? null;
    const now = file.objectAt(4)?.value ?? null;
    expect([isStream(old) && asText(old.raw), isStream(now) && asText(now.raw)]).toEqual([
      '0 0 m 9 w',
      'q Q',
    ]);
    expect([file.objectAt(5, 1), file.numbers(1), file.numbers()]).toEqual([
      null,
      [1, 2, 3, 4],
      [1, 2, 3, 4, 5],
    ]);
  });

  test('a freed object is gone, and a reference to it is null', () => {
    const file = parsePdf(
      makePdf({ objects: { ...onePage, 5: '(x)' } }, { objects: { 6: '5 0 R' }, free: [5] }),
    );
    expect([file.objectAt(5), file.resolve({ kind: 'ref', num: 6, gen: 0 })]).toEqual([null, null]);
    expect(file.revisions[1]?.freed).toEqual([5]);
  });

  test('another generation is another object', () => {
    const file = parsePdf(makePdf({ objects: onePage }));
    expect(file.resolve({ kind: 'ref', num: 1, gen: 1 })).toBeNull();
  });

  test('cross-reference stream and object streams, as pdf-lib writes them', async () => {
    const made = await PDFDocument.create();
    made.addPage([300, 400]);
    const file = parsePdf(await made.save({ useObjectStreams: true }));
    expect(codes(file)).toEqual([]);
    expect(file.revisions[0]?.sections[0]?.kind).toBe('stream');
    expect(pages(file)[0]?.mediaBox).toEqual([0, 0, 300, 400]);
    expect(file.numbers().some((num) => file.objectAt(num)?.container !== null)).toBe(true);
  });

  test('a hybrid file: the stream fills what the table hides', () => {
    const file = parsePdf(hybrid());
    expect(codes(file)).toEqual([]);
    const section = file.revisions[0]?.sections[0];
    expect([section?.kind, section?.hybrid]).toEqual(['table', true]);
    expect(file.objectAt(5)?.value).toBe(42);
    expect(file.objectAt(5)?.container).toBe(6);
  });

  test('a stream whose /Length is a reference', () => {
    const file = parsePdf(
      makePdf({ objects: { ...onePage, 4: '<</Length 5 0 R>>\nstream\nq Q\nendstream', 5: '3' } }),
    );
    expect(codes(file)).toEqual([]);
  });

  test('an older copy that the same save replaced is no anomaly', () => {
    const bytes = makePdf({ objects: { 9: '(kept)', ...onePage } });
    const file = exchange(bytes, '%\xe2\xe3\xcf\xd3\n', '%\xe2\xe3\xcf\xd3\n1 0 obj(old)endobj\n');
    expect(refusal(file)).toMatch(/PDF_UNREADABLE/);
    expect(codes(parsePdf(shifted(file, 19)))).toEqual([]);
  });
});

describe('what a strict reader does not accept silently', () => {
  const sound = makePdf({ objects: onePage });
  const cases: readonly (readonly [string, AnomalyCode, () => Uint8Array])[] = [
    ['text behind the end', 'BYTES_AFTER_END', () => append(sound, 'more')],
    ['an object behind the end', 'OBJECT_UNLISTED', () => append(sound, '1 0 obj<</Type/Catalog>>endobj\n')],
    [
      'an object inside a comment',
      'OBJECT_UNLISTED',
      () => append(sound, '%1 0 obj<</Type/Catalog>>endobj\n'),
    ],
    [
      'a later section that lists nothing',
      'XREF_EMPTY',
      () =>
        append(
          twice(),
          `9 0 obj(x)endobj\nxref\n0 0\ntrailer<</Size 6/Root 1 0 R/Prev ${lastXref(twice())}>>\nstartxref\n${twice().length + 17}\n%%EOF`,
        ),
    ],
    ['an entry that leads elsewhere', 'XREF_ENTRY_WRONG', () => exchange(sound, '3 0 obj', '7 0 obj')],
    ['endobj missing', 'OBJECT_MALFORMED', () => exchange(sound, '>>>>\nendobj', '>>>>\n      ')],
    ['/Length too short', 'OBJECT_MALFORMED', () => exchange(sound, '/Length 9', '/Length 2')],
    ['the same key twice', 'DUPLICATE_KEY', () => exchange(sound, '/Count 1', '/Type /X')],
    ['/Size too small', 'SIZE_WRONG', () => exchange(sound, '/Size 5', '/Size 4')],
    ['no catalog', 'CATALOG_MISSING', () => exchange(sound, '/Root 1 0 R', '/Root 9 0 R')],
    ['bytes before the header', 'HEADER_DISPLACED', () => shifted(exchange(sound, '%PDF', 'xx%PDF'), 2)],
    ['an entry that is not 20 bytes long', 'XREF_ENTRY_WRONG', () => exchange(sound, 'n\r\n2 1', 'n\n2 1')],
  ];
  test.each(cases)('%s: %s', (_, code, make) => {
    const file = parsePdf(make());
    expect(codes(file)).toContain(code);
    expect(file.needsRepair).toBe(true);
  });

  test('two entries for one number in one section', () => {
    const file = parsePdf(exchange(sound, '4 1\n', '3 1\n'));
    expect(codes(file)).toContain('XREF_DUPLICATE');
  });

  test('an object that a later revision fetches from an earlier one needs no repair, but is told', () => {
    const first = makePdf({ objects: { ...onePage, 5: '(x)' } });
    const offset = asText(first).indexOf('5 0 obj');
    const hidden = exchange(
      first,
      `5 1\n${String(offset).padStart(10, '0')} 00000 n`,
      `5 1\n0000000000 00001 f`,
    );
    const update = `xref\n5 1\n${String(offset).padStart(10, '0')} 00000 n\r\ntrailer<</Size 6/Root 1 0 R/Prev ${lastXref(first)}>>\nstartxref\n${first.length}\n%%EOF\n`;
    const file = parsePdf(append(hidden, update));
    expect(codes(file)).toContain('OBJECT_ELSEWHERE');
    expect(file.revisions[1]?.defined).toEqual([5]);
  });
});

describe('what cannot be read', () => {
  const sound = makePdf({ objects: onePage });
  test.each([
    ['nothing', new Uint8Array(0), /no %PDF header/],
    ['no header', exchange(sound, '%PDF', '%QDF'), /no %PDF header/],
    ['no startxref', exchange(sound, 'startxref', 'startxxxx'), /startxref/],
    ['startxref to nowhere', exchange(sound, 'startxref\n', 'startxref\n9'), /PDF_UNREADABLE/],
    ['cut off', sound.subarray(0, sound.length - 30), /PDF_UNREADABLE/],
    ['a loop of /Prev', loop(), /loops/],
    ['nesting', makePdf({ objects: onePage, trailer: `/Root 1 0 R /X ${'['.repeat(500)}` }), /too deeply/],
    ['a bomb as cross-reference stream', xrefBomb(), /PDF_UNREADABLE/],
  ])('%s', (_, bytes, reason) => {
    expect(refusal(bytes)).toMatch(reason);
  });

  test('an encryption that is none', () => {
    expect(refusal(makePdf({ objects: onePage, trailer: '/Root 1 0 R /Encrypt 5 0 R' }))).toMatch(
      /^PDF_ENCRYPTION_UNSUPPORTED/,
    );
  });

  test('objects inside one another cannot make parsing quadratic', () => {
    const count = 3_000;
    const nested = Array.from({ length: count }, (_, index) => `${index + 5} 0 obj(`).join('');
    const bytes = Buffer.from(
      makePdf({ objects: { ...onePage, 5: `${nested}${'x'.repeat(200_000)}` } }),
    ).toString('latin1');
    const entries = Array.from({ length: count }, (_, index) => {
      const offset = bytes.indexOf(`${index + 5} 0 obj(`);
      return `${String(offset).padStart(10, '0')} 00000 n\r\n`;
    });
    const table = `xref\n0 1\n0000000000 65535 f\r\n5 ${count}\n${entries.join('')}trailer<</Size ${count + 5}/Root 1 0 R>>\nstartxref\n${bytes.length}\n%%EOF`;
    const started = performance.now();
    expect(refusal(Uint8Array.from(Buffer.from(bytes + table, 'latin1')))).toMatch(/too much work/);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('work stays in proportion to the file', () => {
  const timed = (work: () => unknown): number => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };

  test('entries that each begin a long comment', () => {
    const count = 60_000;
    const head = '%PDF-1.7\n%';
    const body = `${head}${'1 %'.repeat(count)}\n`;
    const rows = Array.from({ length: count }, (_, index) => {
      return `${String(head.length + 3 * index).padStart(10, '0')} 00000 n\r\n`;
    });
    const table = `xref\n0 1\n0000000000 65535 f\r\n1 ${count}\n${rows.join('')}`;
    const end = `trailer<</Size ${count + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
    const bytes = Uint8Array.from(Buffer.from(body + table + end, 'latin1'));
    expect(timed(() => expect(refusal(bytes)).toMatch(/too much work/))).toBeLessThan(3_000);
  });

  test('nodes that share one long list of kids', () => {
    const count = 3_000;
    const nodes = Array.from(
      { length: count },
      (_, index) => [10 + index, '<</Type /Pages /Kids 5 0 R>>'] as const,
    );
    const list = nodes.map(([num]) => `${num} 0 R`).join(' ');
    const objects = {
      ...onePage,
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields 5 0 R>>>>',
      2: '<</Type /Pages /Kids 5 0 R>>',
      5: `[${list}]`,
      ...Object.fromEntries(nodes),
    };
    const file = parsePdf(makePdf({ objects }));
    expect(timed(() => [pages(file), signatureFields(file)])).toBeLessThan(2_000);
  });
});

test('the page tree: inherited values, loops, and a turned page', () => {
  const objects = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R 5 0 R 2 0 R] /MediaBox [600 0 0 800] /Rotate -90>>',
    3: '<</Type /Page /Rotate 450>>',
    5: '<</Type /Pages /Kids [6 0 R 2 0 R]>>',
    6: '<</Type /Page /MediaBox [0 0 10 20]>>',
  };
  const file = parsePdf(makePdf({ objects }));
  expect(pages(file).map((page) => [page.ref.num, page.mediaBox, page.rotate])).toEqual([
    [3, [0, 0, 600, 800], 90],
    [6, [0, 0, 10, 20], 270],
  ]);
  expect(isDict(pages(file)[0]?.dict) && nameOf(file.get(pages(file)[0]?.dict, 'Type'))).toBe('Page');
});

const lastXref = (bytes: Uint8Array): number =>
  asText(bytes).lastIndexOf('xref\n', asText(bytes).lastIndexOf('startxref'));

/** Every offset of the only table moved, after bytes were put before the first object. */
function shifted(bytes: Uint8Array, by: number): Uint8Array {
  const moved = asText(bytes).replace(
    /^(\d{10}) 00000 n/gm,
    (_, offset: string) => `${String(Number(offset) + by).padStart(10, '0')} 00000 n`,
  );
  return Uint8Array.from(
    Buffer.from(
      moved.replace(/startxref\n\d+/, `startxref\n${lastXref(Buffer.from(moved, 'latin1'))}`),
      'latin1',
    ),
  );
}

function loop(): Uint8Array {
  const bytes = makePdf({ objects: onePage });
  return exchange(bytes, '/Root 1 0 R', `/Root 1 0 R /Prev ${lastXref(bytes)}`);
}

function hybrid(): Uint8Array {
  const packed = '5 0 42';
  const head = asText(
    makePdf({
      objects: { ...onePage, 6: `<</Type /ObjStm /N 1 /First 4 /Length 6>>\nstream\n${packed}\nendstream` },
    }),
  );
  const body = head.slice(0, head.lastIndexOf('xref\n', head.lastIndexOf('startxref')));
  const beside = body.length;
  const row = String.fromCharCode(2, 6, 0);
  const stream = `7 0 obj\n<</Type /XRef /Size 8 /W [1 1 1] /Index [5 1] /Length 3>>\nstream\n${row}\nendstream\nendobj\n`;
  const table = [1, 2, 3, 4, 6].map(
    (num) => `${num} 1\n${String(body.indexOf(`${num} 0 obj`)).padStart(10, '0')} 00000 n\r\n`,
  );
  const xref = `xref\n0 1\n0000000000 65535 f\r\n5 1\n0000000000 00000 f\r\n${table.join('')}`;
  const trailer = `trailer\n<</Size 8 /Root 1 0 R /XRefStm ${beside}>>\nstartxref\n${body.length + stream.length}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(body + stream + xref + trailer, 'latin1'));
}

function xrefBomb(): Uint8Array {
  const data = deflateSync(Buffer.alloc(300 * 1024 * 1024)).toString('latin1');
  const body = '%PDF-1.7\n';
  const stream = `1 0 obj\n<</Type /XRef /Size 9 /W [1 1 1] /Filter /FlateDecode /Length ${data.length}>>\nstream\n${data}\nendstream\nendobj\n`;
  return Uint8Array.from(Buffer.from(`${body}${stream}startxref\n${body.length}\n%%EOF\n`, 'latin1'));
}
