import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateKey, sign as signWithKey } from 'node:crypto';
import { PDF } from '@libpdf/core';
import { degrees, PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePdf } from '../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import { fixedNow, pem, testPki } from '../fixtures/pki.ts';
import { contentsOf } from '../fixtures/signed-bytes.ts';
import { inputPdf, pdfWithEmptyField } from '../fixtures/signing-input.ts';
import { makePdf, onePage } from '../unit/pdf/make-pdf.ts';

/**
 * Every shape of file that an office holds, signed twice, each time judged by poppler, OpenSSL, qpdf, mupdf and our
 * own verifier. Nobody but us looks at what was changed between two signatures.
 */

const pki = testPki();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-shapes-'));
  writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', pki.root.certificate));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe', cwd: folder });
const put = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return name;
};
const font = readFileSync('resources/fonts/Arimo_400Regular.ttf');
const sign = (pdf: Uint8Array, who: 'rsa' | 'p256', more = {}): Promise<Uint8Array> =>
  signPdf(pdf, {
    signer: signerFromPkcs8(pki[who].privateKey, pki[who].certificate, pki[who].chain),
    time: fixedNow,
    ...more,
  });

async function byQpdf(...options: readonly string[]): Promise<Buffer> {
  run('qpdf', ...options, put('plain.pdf', await inputPdf('table')), 'made.pdf');
  return readFileSync(join(folder, 'made.pdf'));
}

function ofVersion(version: string): Buffer {
  const bytes = Buffer.from(makePdf({ objects: onePage }));
  bytes.write(version, 5, 'latin1');
  return bytes;
}

async function turned(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([500, 400]);
  page.setRotation(degrees(90));
  page.setCropBox(50, 40, 400, 300);
  return document.save();
}

async function withForm(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([500, 400]);
  document.getForm().createTextField('nama').addToPage(page, { x: 50, y: 300, width: 200, height: 20 });
  return document.save({ useObjectStreams: false });
}

async function signedByOthers(): Promise<Uint8Array> {
  const { certificate, chain, privateKey } = pki.rsa;
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const document = await PDF.load(await inputPdf('stream'));
  const { bytes } = await document.sign({
    signer: {
      certificate,
      certificateChain: [...chain],
      keyType: 'RSA',
      signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
      sign: async (data) => Uint8Array.from(signWithKey('sha256', data, key)),
    },
    signingTime: fixedNow,
  });
  return bytes;
}

interface Shape {
  readonly make: () => Promise<Uint8Array> | Uint8Array;
  /** Signatures of others that it has already. */
  readonly signed?: number;
  readonly field?: string;
}

const shapes: Readonly<Record<string, Shape>> = {
  'PDF 1.3, a table': { make: () => ofVersion('1.3') },
  'PDF 1.4, a table': { make: () => ofVersion('1.4') },
  'PDF 2.0, a table': { make: () => ofVersion('2.0') },
  'PDF 2.0, a stream': { make: () => byQpdf('--force-version=2.0', '--object-streams=generate') },
  'a stream': { make: () => inputPdf('stream') },
  hybrid: { make: () => inputPdf('hybrid') },
  'object streams': { make: () => byQpdf('--object-streams=generate') },
  linearized: { make: () => byQpdf('--linearize') },
  'linearized, object streams': { make: () => byQpdf('--linearize', '--object-streams=generate') },
  'turned and cropped': { make: turned },
  'a form with fields': { make: withForm },
  'an empty signature field': { make: () => pdfWithEmptyField('TTD'), field: 'TTD' },
  'signed by another program': { make: signedByOthers, signed: 1 },
};

/** mupdf says of each signature whether its digest fits and what came after it. */
function askMupdf(name: string): string[] {
  const { stdout } = spawnSync('mutool', ['sign', '-v', name], { encoding: 'utf8', cwd: folder });
  return (
    stdout.match(
      /The document is unchanged since signing\.|The document has been changed[^\n]*|Digest error[^\n]*|edits?[^\n]*/g,
    ) ?? []
  );
}

describe.each(Object.entries(shapes))('%s', (_, shape) => {
  let input: Uint8Array;
  let once: Uint8Array;
  let twice: Uint8Array;
  const before = shape.signed ?? 0;
  beforeAll(async () => {
    input = await shape.make();
    const mark = { page: 1, x: 20, y: 20, w: 160, h: 40, lines: ['Siti Żółw'], font };
    once = await sign(input, 'rsa', shape.field ? { field: shape.field } : { visible: mark });
    twice = await sign(once, 'p256');
  });

  it('keeps every byte, and numbers its objects without gaps', () => {
    expect(Buffer.compare(twice.subarray(0, input.length), input)).toBe(0);
    expect(Buffer.compare(twice.subarray(0, once.length), once)).toBe(0);
    const [old, file] = [parsePdf(once), parsePdf(twice)];
    const fresh = (file.revisions.at(-1)?.defined ?? []).filter((num) => old.objectAt(num) === null);
    const size = old.trailer.entries.get('Size');
    expect(fresh).toEqual(fresh.map((_num, index) => Number(size) + index));
  });

  it('qpdf: no errors', () => {
    for (const bytes of [once, twice])
      expect(run('qpdf', '--check', put('signed.pdf', bytes))).toContain(
        'No syntax or stream encoding errors',
      );
  });

  it('pdfsig: all valid', () => {
    const report = run('pdfsig', put('signed.pdf', twice));
    expect(report.match(/Signature is Valid\./g)).toHaveLength(2 + before);
    expect(report.match(/^ {2}- Total document signed/gm)).toHaveLength(1);
  });

  it('openssl cms: valid up to the root', () => {
    const { contents, covered } = contentsOf(Buffer.from(twice));
    const args = ['cms', '-verify', '-cades', '-inform', 'DER', '-in', put('cms.der', contents), '-binary'];
    args.push(
      '-content',
      put('covered', covered),
      '-CAfile',
      'root.pem',
      '-purpose',
      'any',
      '-out',
      '/dev/null',
    );
    args.push('-attime', String(fixedNow.getTime() / 1000));
    expect(() => run('openssl', ...args)).not.toThrow();
  });

  it('mutool: unchanged since signing', () => {
    // Only the last signature: mupdf 1.21 calls a further signature an edit of what was signed before.
    put('signed.pdf', once);
    expect(askMupdf('signed.pdf').at(-1)).toBe('The document is unchanged since signing.');
  });

  it('our verifier: sound, nothing forbidden', async () => {
    const report = await verifyPdf({
      file: 'signed.pdf',
      bytes: twice,
      trust: [{ der: pki.root.certificate, psre: false }],
      at: fixedNow.toISOString(),
      language: 'id',
      password: null,
    });
    expect(report.signatures).toHaveLength(2 + before);
    expect(report.signatures.map(({ integrity }) => integrity)).not.toContain(false);
    const ours = report.signatures.slice(before);
    // nobody gave revocation data here; nothing else is missing
    const missing = ours.flatMap(({ problems }) => problems.map(({ code }) => code));
    expect(missing.filter((code) => code !== 'REVOCATION_NOT_CHECKED')).toEqual([]);
    for (const { changesAfter } of report.signatures) expect(['none', 'permitted']).toContain(changesAfter);
  });
});
