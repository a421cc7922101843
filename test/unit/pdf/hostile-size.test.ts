import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import { pages, parsePdf, reserialise, signatureFields } from '../../../src/main/core/pdf/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import { makePdf, onePage } from './make-pdf.ts';

/** Small files that ask for a lot; each made here. What they must not cost is time and memory. */

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

interface Row {
  readonly type: number;
  readonly first: number;
  readonly second: number;
}

/** Objects and a cross-reference stream with further rows for higher numbers. */
function withRows(bodies: readonly (string | Buffer)[], rows: readonly Row[], padding = 0): Uint8Array {
  const parts: Buffer[] = [latin1(`%PDF-1.7\n%${'x'.repeat(padding)}\n`)];
  let length = parts[0]?.length ?? 0;
  const all: Row[] = [{ type: 0, first: 0, second: 0 }];
  const add = (body: string | Buffer): void => {
    const num = all.length;
    all.push({ type: 1, first: length, second: 0 });
    const text = Buffer.concat([latin1(`${num} 0 obj\n`), Buffer.from(body), latin1('\nendobj\n')]);
    parts.push(text);
    length += text.length;
  };
  for (const body of bodies) add(body);
  const start = length;
  const listed = [...all, { type: 1, first: start, second: 0 }, ...rows];
  const data = Buffer.alloc(listed.length * 7);
  listed.forEach(({ type, first, second }, index) => {
    data.writeUInt8(type, index * 7);
    data.writeUInt32BE(first, index * 7 + 1);
    data.writeUInt16BE(second, index * 7 + 5);
  });
  add(
    packed(
      `/Type /XRef /Size ${listed.length} /Root 1 0 R /W [1 4 2] /Filter /FlateDecode`,
      deflateSync(data),
    ),
  );
  return Uint8Array.from(Buffer.concat([...parts, latin1(`startxref\n${start}\n%%EOF\n`)]));
}

const packed = (entries: string, data: Buffer): Buffer =>
  Buffer.concat([latin1(`<<${entries} /Length ${data.length}>>\nstream\n`), data, latin1('\nendstream')]);

const base: readonly string[] = [1, 2, 3, 4].map((num) => onePage[num] ?? '');
/** Object 5 is the object stream, 6 the cross-reference, 7 the object that the stream should hold. */
const withObjectStream = (entries: string, data: Buffer): Uint8Array =>
  withRows([...base, packed(`/Type /ObjStm ${entries}`, data)], [{ type: 2, first: 5, second: 0 }]);

const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code} ${error.cause instanceof Error ? error.cause.message : ''}`;
  }
  return 'none';
};

const details = (bytes: Uint8Array): string =>
  parsePdf(bytes)
    .anomalies.map(({ detail }) => detail)
    .join('; ');

function timed<T>(work: () => T, most = 3_000): T {
  // Processor time: what else the machine does is nothing to this.
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(most);
  return result;
}

test.each([
  ['more objects than bytes of head', '/N 500000 /First 4 /Filter /FlateDecode', '1 0 '.repeat(500_000)],
  ['more objects than any file', '/N 60000000 /First 240000000', 'x'],
  ['no head at all', '/N 1 /First 0', '1 0 '],
])('an object stream with %s', (_, entries, head) => {
  const data = entries.includes('Flate') ? deflateSync(latin1(head)) : latin1(head);
  expect(timed(() => details(withObjectStream(entries, data)))).toContain('malformed object stream');
});

test.each([
  ['ASCII85Decode', 'z', 40],
  ['ASCIIHexDecode', '0', 120],
  ['RunLengthDecode', '\x81', 100],
])('an object stream that swells by Flate and %s', (filter, byte, megabytes) => {
  const bomb = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, byte, 'latin1'));
  const bytes = withObjectStream(`/N 1 /First 4 /Filter [/FlateDecode /${filter}]`, bomb);
  expect(timed(() => details(bytes))).toContain('too many bytes');
});

test('many object streams that decode to nothing share one allowance', () => {
  const bomb = packed(
    '/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /RunLengthDecode]',
    deflateSync(Buffer.alloc(60 * 1024 * 1024, 0x80)),
  );
  const count = 60;
  const bodies = [...base, ...Array.from({ length: count }, () => bomb)];
  const rows = bodies.slice(4).map((_, index) => ({ type: 2, first: 5 + index, second: 0 }));
  expect(timed(() => details(withRows(bodies, rows)))).toMatch(/too many bytes|Flate/);
});

test('cross-reference sections share one count of entries', () => {
  const rows = Array.from({ length: 400_000 }, () => ({ type: 1, first: 9, second: 0 }));
  const one = withRows(base, rows);
  expect(timed(() => refusal(() => parsePdf(one)))).toContain('too many unreadable objects');
  const start = Buffer.from(one).lastIndexOf('5 0 obj');
  const again = packed(
    `/Type /XRef /Size 900000 /Root 1 0 R /W [1 0 0] /Index [5 400000] /Prev ${start} /Filter /FlateDecode`,
    deflateSync(Buffer.alloc(400_000, 1)),
  );
  const text = Buffer.concat([
    latin1('900 0 obj\n'),
    again,
    latin1(`\nendobj\nstartxref\n${one.length}\n%%EOF\n`),
  ]);
  const two = Uint8Array.from(Buffer.concat([one, text]));
  expect(timed(() => refusal(() => parsePdf(two)))).toContain('too many cross-reference entries');
});

test('objects that cannot be read end the reading', () => {
  const rows = Array.from({ length: 300_000 }, (_, index) => ({ type: 1, first: 20 + index, second: 0 }));
  expect(timed(() => refusal(() => parsePdf(withRows(base, rows, 400_000))))).toContain(
    'too many unreadable',
  );
});

test('many fields that share one long title', () => {
  const fields = '<</FT /Sig /T 5 0 R>>'.repeat(50_000);
  const file = parsePdf(
    makePdf({
      objects: {
        ...onePage,
        1: `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [${fields}]>>>>`,
        5: `(${'a'.repeat(500_000)})`,
      },
    }),
  );
  const found = timed(() => signatureFields(file));
  expect([found.length, found[0]?.name.length]).toEqual([50_000, 4_096]);
});

test('names that grow with every level of a deep form', () => {
  const count = 20_000;
  const objects: Record<number, string> = {
    ...onePage,
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [10 0 R]>>>>',
  };
  for (let num = 10; num < 10 + count; num++) {
    objects[num] = `<</T (${'a'.repeat(100)}) /Kids [${num + 1} 0 R]>>`;
  }
  const file = parsePdf(makePdf({ objects }));
  expect(timed(() => refusal(() => signatureFields(file)))).toContain('field names too long');
});

test('a string of many megabytes, plain, escaped and hexadecimal', () => {
  const size = 12_000_000;
  for (const text of [`(${'a'.repeat(size)})`, `(${'\\n'.repeat(size / 2)})`, `<${'ab'.repeat(size / 2)}>`]) {
    const objects = { ...onePage, 1: '<</Type /Catalog /Pages 2 0 R /Lang 5 0 R>>', 5: text };
    const copy = timed(() => reserialise(parsePdf(makePdf({ objects }))));
    expect(copy.length).toBeGreaterThan(size);
  }
});

test('a name or an array longer than any', () => {
  const objects = { ...onePage, 5: `/${'n'.repeat(5_000)}` };
  expect(details(makePdf({ objects }))).toContain('name too long');
  for (const [item, count] of [
    ['0 ', 6_100_000],
    ['<<>>', 700_000],
    ['()', 1_300_000],
  ] as const) {
    const list = { ...onePage, 5: `[${item.repeat(count)}]` };
    expect(
      timed(() => details(makePdf({ objects: list }))),
      item,
    ).toContain('too many values');
  }
});

test('many pages that share one long /MediaBox', () => {
  const kids = Array.from({ length: 3_000 }, (_, index) => 10 + index);
  const objects: Record<number, string> = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Count ${kids.length} /Kids [${kids.map((num) => `${num} 0 R`).join(' ')}]>>`,
    5: `[${'0 '.repeat(200_000)}]`,
  };
  for (const num of kids) objects[num] = '<</Type /Page /Parent 2 0 R /MediaBox 5 0 R>>';
  const file = parsePdf(makePdf({ objects }));
  expect(timed(() => pages(file), 1_000)).toHaveLength(kids.length);
});

test('many pages that share one list of large annotations: the copy holds it once', () => {
  const kids = Array.from({ length: 500 }, (_, index) => 10 + index);
  const objects: Record<number, string> = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Count ${kids.length} /Kids [${kids.map((num) => `${num} 0 R`).join(' ')}]>>`,
    5: `[<</Subtype /Text /Contents (${'a'.repeat(1_000_000)})>> <</Subtype /RichMedia>>]`,
  };
  for (const num of kids) objects[num] = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots 5 0 R>>';
  const bytes = makePdf({ objects });
  const copy = timed(() => reserialise(parsePdf(bytes)));
  expect(copy.length).toBeLessThan(bytes.length * 1.2);
  expect(Buffer.from(copy).includes('RichMedia')).toBe(false);
});

test('a file whose copy would be far larger than itself', () => {
  const text = deflateSync(latin1(`7 0 (${'\x01'.repeat(6 * 1024 * 1024)})`));
  const bodies = [
    '<</Type /Catalog /Pages 2 0 R /Lang 7 0 R>>',
    ...base.slice(1),
    packed('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', text),
  ];
  const file = parsePdf(withRows(bodies, [{ type: 2, first: 5, second: 0 }]));
  expect(file.needsRepair).toBe(false);
  expect(timed(() => refusal(() => reserialise(file)))).toContain('PDF_TOO_LARGE');
});

test('many signatures over a large file are listed in part', async () => {
  const fields = Array.from({ length: 240 }, (_, index) => `<</FT /Sig /T (${index}) /V <</A ${index}>>>>`);
  const objects = {
    ...onePage,
    1: `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [${fields.join(' ')}]>>>>`,
    5: `<</Length 20000000>>\nstream\n${'x'.repeat(20_000_000)}\nendstream`,
  };
  const report = await verifyPdf({
    file: 'f',
    bytes: makePdf({ objects }),
    trust: [],
    at: '2026-11-22T03:00:00Z',
    language: 'en',
    password: null,
  });
  expect(report.problems.map(({ code }) => code)).toContain('TOO_MANY_SIGNATURES');
  expect(report.signatures.length).toBeLessThan(60);
});
