import { expect, test } from 'vitest';
import { pages, parsePdf, reserialise, signatureFields } from '../../../src/main/core/pdf/index.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import { asText, makePdf, onePage } from './make-pdf.ts';

const hostile = makePdf(
  {
    objects: {
      ...onePage,
      1: '<</Type /Catalog /Pages 2 0 R /OpenAction 7 0 R /AA <</WC 7 0 R>> /AcroForm <</Fields [8 0 R] /XFA (x)>> /Names <</JavaScript <</Names [(a) 7 0 R]>> /EmbeddedFiles <</Names [(f) 6 0 R]>> /Dests <</Names []>>>> /Perms <</DocMDP 11 0 R>>>>',
      3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /AA <</O 7 0 R>> /Annots [5 0 R 8 0 R 9 0 R 13 0 R] /Resources <</XObject <</JS 10 0 R /AA 10 0 R>>>>>>',
      5: '<</Subtype /Link /A <</S /URI /URI (https://evil.invalid)>> /PA 12 0 R>>',
      6: '<</Type /Filespec /EF <</F 4 0 R>>>>',
      7: '<</S /JavaScript /JS (app.alert\\(1\\))>>',
      8: '<</Subtype /Widget /FT /Sig /T (S) /V 11 0 R /AP <</N 10 0 R>> /Rect [0 0 9 9]>>',
      9: '<</Subtype /RichMedia /RichMediaContent 6 0 R>>',
      10: '<</Subtype /Form /BBox [0 0 9 9] /F (other.pdf) /Length 3>>\nstream\nq Q\nendstream',
      11: '<</Type /Sig /ByteRange [0 1 2 3] /Contents <00> /Canary 14 0 R>>',
      12: '<</S /Launch /F (cmd.exe)>>',
      13: '<</Subtype /Link /A <</S /GoTo /D [3 0 R /Fit] /Next 7 0 R>>>>',
      14: '(unreachable canary)',
      15: '(never referenced)',
    },
  },
  { objects: { 4: '<</Length 3>>\nstream\nf*S\nendstream' } },
);

test('actions, scripts, attachments and signatures go, appearances stay', () => {
  const out = reserialise(parsePdf(hostile));
  const text = asText(out);
  for (const word of [
    'JavaScript',
    'app.alert',
    'URI',
    'evil',
    'Launch',
    'cmd.exe',
    'OpenAction',
    'XFA',
    'RichMedia',
  ]) {
    expect(text).not.toContain(word);
  }
  for (const word of [
    'EmbeddedFiles',
    'Filespec',
    'ByteRange',
    'canary',
    'never',
    'other.pdf',
    '/Perms',
    '9 w',
  ]) {
    expect(text).not.toContain(word);
  }
  const file = parsePdf(out);
  expect([file.anomalies, file.revisions.length]).toEqual([[], 1]);
  const [field] = signatureFields(file);
  expect(field?.name).toBe('S');
  expect(file.get(file.get(field?.dict, 'AP'), 'N')).toMatchObject({ kind: 'stream' });
  const [page] = pages(file);
  expect(file.get(page?.dict, 'Annots')).toMatchObject({ items: { length: 3 } });
  // free names that look like words of PDF are resources, and drawing needs them
  const resources = file.get(file.get(page?.dict, 'Resources'), 'XObject');
  expect([file.get(resources, 'JS'), file.get(resources, 'AA')]).toMatchObject([
    { kind: 'stream' },
    { kind: 'stream' },
  ]);
  expect(text).toContain('/GoTo');
  expect(text).toContain('f*S');
});

test('packed objects come out unpacked, and the same file gives the same bytes', async () => {
  const file = parsePdf(await inputPdf('stream'));
  const out = reserialise(file);
  expect(asText(out)).not.toContain('ObjStm');
  expect(parsePdf(out).anomalies).toEqual([]);
  expect(Buffer.from(reserialise(file)).equals(out)).toBe(true);
});

test('an action that poses as a structure element loses its script', () => {
  const file = parsePdf(
    makePdf({
      objects: {
        ...onePage,
        3: '<</Type /Page /Parent 2 0 R /Annots [<</Subtype /Link /A 5 0 R /Foo 5 0 R>>]>>',
        5: '<</S /JavaScript /P 3 0 R /JS (canary)>>',
      },
    }),
  );
  expect(asText(reserialise(file))).not.toContain('canary');
});

test.each([
  [
    'behind a move, marked like structure elements',
    {
      3: '<</Type /Page /Parent 2 0 R /Annots [4 0 R]>>',
      4: '<</Subtype /Link /A <</S /GoTo /D [3 0 R /Fit] /Next [<</S /Launch /P 0 /F (canary)>> <</S /SubmitForm /P 0 /F (canary)>>]>>>>',
    },
  ],
  [
    'that is first met among free names',
    {
      3: '<</Type /Page /Parent 2 0 R /Resources <</Properties 5 0 R /ExtGState 4 0 R>> /Annots [4 0 R]>>',
      4: '<</Subtype /Link /A 5 0 R /AA <</E 5 0 R>>>>',
      5: '<</S /JavaScript /P 0 /JS (canary)>>',
    },
  ],
  [
    'in an annotation that is also a resource',
    {
      3: '<</Type /Page /Parent 2 0 R /Resources <</ExtGState 4 0 R>> /Annots [4 0 R]>>',
      4: '<</Subtype /Link /A <</S /URI /P 0 /URI (canary)>> /AA <</E <</S /Named /P 0 /N (canary)>>>>>>',
    },
  ],
  [
    'of a kind that no standard names',
    { 3: '<</Type /Page /Parent 2 0 R /Annots [<</Subtype /Link /A <</S /OpenCalc /What (canary)>>>>]>>' },
  ],
])('an action %s goes', (_, objects) => {
  const out = reserialise(parsePdf(makePdf({ objects: { ...onePage, ...objects } })));
  expect(asText(out)).not.toContain('canary');
  expect(asText(out)).toContain('/Link');
  expect(parsePdf(out).anomalies).toEqual([]);
});

test('no catalog, no copy', () => {
  const file = parsePdf(makePdf({ objects: { 2: '(x)' }, trailer: '/Root 9 0 R' }));
  expect(() => reserialise(file)).toThrow('PDF_UNREADABLE');
});
