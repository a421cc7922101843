import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { afterAll, expect, test } from 'vitest';
import { parsePdf, reserialise } from '../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { fixedNow, testPki } from '../fixtures/pki.ts';

/** What the clean copy shows must be what the signed file shows, the signature's mark included. */
const folder = mkdtempSync(join(tmpdir(), 'eletter-display-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const font = readFileSync('resources/fonts/Arimo_400Regular.ttf');

function typeset(): Uint8Array {
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: [font] }] });
  const source =
    '#set text(font: "Arimo")\n#set page("a4")\n= Nota Dinas\nDengan hormat, #lorem(80)\n#pagebreak()\nTembusan';
  const pdf = compiler.pdf(
    { mainFileContent: source },
    { pdfStandard: 'a-2a', creationTimestamp: 1_763_780_400 },
  );
  return Uint8Array.from(pdf);
}

/** Both pages as pixels, by poppler. */
function pixels(name: string, pdf: Uint8Array): readonly Buffer[] {
  const path = join(folder, name);
  writeFileSync(`${path}.pdf`, pdf);
  const { status, stderr } = spawnSync('pdftoppm', ['-r', '50', `${path}.pdf`, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return [1, 2].map((page) => readFileSync(`${path}-${page}.ppm`));
}

test('a typeset letter, signed with a visible mark, looks the same in its clean copy', async () => {
  const letter = typeset();
  const parsed = parsePdf(letter);
  expect(parsed.anomalies).toEqual([]);
  const { privateKey, certificate, chain } = testPki().p256;
  const signed = await signPdf(letter, {
    signer: signerFromPkcs8(privateKey, certificate, chain),
    time: fixedNow,
    visible: { page: 1, x: 60, y: 60, w: 200, h: 60, lines: ['Ditandatangani secara elektronik'], font },
  });
  const copy = reserialise(parsePdf(signed));
  const [plain, whole, clean] = [pixels('plain', letter), pixels('signed', signed), pixels('copy', copy)];
  expect(clean.map((page, index) => page.equals(whole[index] ?? Buffer.alloc(0)))).toEqual([true, true]);
  expect(whole[0]?.equals(plain[0] ?? Buffer.alloc(0))).toBe(false);
  expect(Buffer.from(copy).includes('/ByteRange')).toBe(false);
});
