import { execFileSync } from 'node:child_process';
import { createHash, webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as asn1js from 'asn1js';
import { PDFDocument, degrees } from 'pdf-lib';
import * as pkijs from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { fixedNow, pem, testPki } from '../fixtures/pki.ts';
import type { TestCertificate } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import type { InputKind } from '../fixtures/signing-input.ts';

/**
 * What we sign, read by others: poppler (pdfsig), OpenSSL, qpdf, and pkijs for the baseline B-B checklist
 * (EN 319 142-1 §6.3). pdfsig knows no anchor here, hence only its word on the signature counts.
 */

const pki = testPki();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-sign-'));
  writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', pki.root.certificate));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe' });
const put = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const sign = (pdf: Uint8Array, who: TestCertificate, more = {}): Promise<Uint8Array> =>
  signPdf(pdf, {
    signer: signerFromPkcs8(who.privateKey, who.certificate, who.chain),
    time: fixedNow,
    ...more,
  });

interface Signed {
  readonly range: readonly number[];
  readonly covered: Buffer;
  readonly cms: Buffer;
  readonly dictionary: string;
}

/** The last signature dictionary, found as text: independent of our parser. */
function lastSignature(pdf: Uint8Array): Signed {
  const text = Buffer.from(pdf).toString('latin1');
  const start =
    text.lastIndexOf('/Type /Sig\n') >= 0
      ? text.lastIndexOf('/Type /Sig\n')
      : text.lastIndexOf('/ETSI.CAdES.detached');
  const open = text.lastIndexOf('obj', start);
  const dictionary = text.slice(open, text.indexOf('endobj', open));
  const range = (/\/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(dictionary) ?? []).slice(1).map(Number);
  const [, length = 0, second = 0] = range;
  const gap = text.slice(length, second);
  const der = Buffer.from(gap.slice(1, -1), 'hex');
  const size = 4 + der.readUInt16BE(2);
  const covered = Buffer.concat([pdf.subarray(0, length), pdf.subarray(second)]);
  return { range, covered, cms: der.subarray(0, size), dictionary };
}

const keys = { 'RSA-2048': pki.rsa, 'P-256': pki.p256, 'P-384': pki.p384 } as const;
const inputs: readonly InputKind[] = ['table', 'stream', 'hybrid'];
const matrix = inputs.flatMap((kind) => Object.entries(keys).map(([key, who]) => [kind, key, who] as const));

describe.each(matrix)('%s, %s', (kind, _key, who) => {
  let input: Uint8Array;
  let signed: Uint8Array;
  beforeAll(async () => {
    input = await inputPdf(kind);
    signed = await sign(input, who);
  });

  it('keeps every byte of the input and stays a sound PDF', () => {
    expect(Buffer.compare(signed.subarray(0, input.length), input)).toBe(0);
    expect(run('qpdf', '--check', put('signed.pdf', signed))).toContain(
      'No syntax or stream encoding errors',
    );
  });

  it('pdfsig: valid, total document signed', () => {
    const report = run('pdfsig', put('signed.pdf', signed));
    expect(report).toContain('Signature is Valid.');
    expect(report).toContain('Total document signed');
    expect(report).toContain('Signature Type: ETSI.CAdES.detached');
  });

  it('openssl cms -verify -cades, up to the root', () => {
    const { cms, covered } = lastSignature(signed);
    const input = [
      '-inform',
      'DER',
      '-in',
      put('cms.der', cms),
      '-content',
      put('covered', covered),
      '-binary',
    ];
    const trust = [
      '-CAfile',
      join(folder, 'root.pem'),
      '-purpose',
      'any',
      '-attime',
      String(fixedNow.getTime() / 1000),
    ];
    const args = ['cms', '-verify', '-cades', ...input, ...trust, '-out', '/dev/null'];
    expect(() => run('openssl', ...args)).not.toThrow();
    writeFileSync(join(folder, 'covered'), Buffer.concat([covered, Buffer.from('x')]));
    expect(() => run('openssl', ...args)).toThrow();
  });

  it('baseline B-B, as pkijs reads it', async () => {
    await expectBaseline(signed, who);
  });
});

async function expectBaseline(pdf: Uint8Array, who: TestCertificate): Promise<void> {
  const { range, covered, cms, dictionary } = lastSignature(pdf);
  // signature dictionary
  expect(dictionary).toMatch(/\/Filter\s*\/Adobe\.PPKLite/);
  expect(dictionary).toMatch(/\/SubFilter\s*\/ETSI\.CAdES\.detached/);
  expect(dictionary).toMatch(/\/M\s*\(D:20261122100000\+07'00'?\)/);
  expect(dictionary).not.toMatch(/\/Cert\b/);
  const [zero, length = 0, second = 0, rest = 0] = range;
  expect(zero).toBe(0);
  expect(second + rest).toBe(pdf.length);
  expect(Buffer.from(pdf.subarray(length, second)).toString('latin1')).toMatch(/^<[0-9A-F]+>$/);

  // CMS
  pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto }));
  const parsed = asn1js.fromBER(Uint8Array.from(cms).buffer);
  expect(parsed.offset).toBe(cms.length);
  const signedData = new pkijs.SignedData({
    schema: new pkijs.ContentInfo({ schema: parsed.result }).content as asn1js.Sequence,
  });
  expect(signedData.signerInfos).toHaveLength(1);
  expect(signedData.encapContentInfo.eContentType).toBe('1.2.840.113549.1.7.1');
  expect(signedData.encapContentInfo.eContent).toBeUndefined();
  const certificates = (signedData.certificates ?? []).map((c) =>
    Buffer.from((c as pkijs.Certificate).toSchema().toBER()),
  );
  for (const der of [who.certificate, ...who.chain])
    expect(certificates.some((c) => c.equals(der))).toBe(true);

  const [info] = signedData.signerInfos;
  const attributes = info?.signedAttrs?.attributes ?? [];
  const values = new Map(attributes.map((a) => [a.type, a.values[0] as asn1js.BaseBlock]));
  expect([...values.keys()].sort()).toEqual(
    [
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
      '1.2.840.113549.1.9.52',
    ].sort(),
  );
  expect(info?.unsignedAttrs).toBeUndefined();
  const hash = { '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384' }[
    info?.digestAlgorithm.algorithmId ?? ''
  ];
  const digest = values.get('1.2.840.113549.1.9.4') as asn1js.OctetString;
  expect(Buffer.from(digest.valueBlock.valueHexView)).toEqual(
    createHash(hash ?? '')
      .update(covered)
      .digest(),
  );

  // signing-certificate-v2: hash of the certificate, and issuerSerial
  const essCertId = (
    (values.get('1.2.840.113549.1.9.16.2.47') as asn1js.Sequence).valueBlock.value[0] as asn1js.Sequence
  ).valueBlock.value[0] as asn1js.Sequence;
  const [certHash, issuerSerial] = essCertId.valueBlock.value;
  expect(Buffer.from((certHash as asn1js.OctetString).valueBlock.valueHexView)).toEqual(
    createHash('sha256').update(who.certificate).digest(),
  );
  expect(issuerSerial).toBeInstanceOf(asn1js.Sequence);

  // DER: encoding what was parsed gives the same bytes, and the attributes are in ascending order
  expect(Buffer.from(parsed.result.toBER()).equals(cms)).toBe(true);
  const encodings = attributes.map((a) => Buffer.from(a.toSchema().toBER()));
  expect(encodings).toEqual(encodings.toSorted((a, b) => Buffer.compare(a, b)));

  const outcome = await signedData.verify({ signer: 0, data: Uint8Array.from(covered).buffer });
  expect(outcome).toBe(true);
}

describe('several signatures', () => {
  it('a second and a third leave the earlier ones valid', async () => {
    for (const kind of inputs) {
      let pdf = await inputPdf(kind);
      for (const who of [pki.rsa, pki.p256, pki.p384]) pdf = await sign(pdf, who);
      const report = run('pdfsig', put('three.pdf', pdf));
      expect(report.match(/Signature is Valid\./g), kind).toHaveLength(3);
      expect(report.match(/Not total document signed/g), kind).toHaveLength(2);
      expect(run('qpdf', '--check', join(folder, 'three.pdf'))).toContain('No syntax');
    }
  });

  it('an approval after a certification that allows it', async () => {
    const certified = await sign(await inputPdf('table'), pki.rsa, { certify: 'form-filling' });
    const pdf = await sign(certified, pki.p256);
    expect(run('pdfsig', put('certified.pdf', pdf)).match(/Signature is Valid\./g)).toHaveLength(2);
  });
});

describe('a visible mark', () => {
  const font = readFileSync('resources/fonts/Arimo_400Regular.ttf');
  const mark = { page: 1, x: 40, y: 60, w: 160, h: 40, lines: ['Ditandatangani', 'Siti Żółw'], font };

  it.each([0, 90, 180, 270])('stands upright where it was asked for on a page turned by %i', async (turn) => {
    const document = await PDFDocument.create();
    const page = document.addPage([500, 400]);
    page.setRotation(degrees(turn));
    const signed = await sign(await document.save({ useObjectStreams: false }), pki.rsa, { visible: mark });
    const file = put('visible.pdf', signed);
    expect(run('pdfsig', file)).toContain('Signature is Valid.');
    expect(run('qpdf', '--check', file)).toContain('No syntax');
    // poppler gives words in the coordinates of the page as shown, from the top
    const shownHeight = turn === 90 || turn === 270 ? 500 : 400;
    const words = run('pdftotext', '-bbox', file, '-');
    const place = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">Ditandatangani</.exec(
      words,
    );
    const [left = 0, top = 0, right = 0, bottom = 0] = (place ?? []).slice(1).map(Number);
    expect(left).toBeGreaterThanOrEqual(40);
    expect(right).toBeLessThanOrEqual(200);
    expect(right - left).toBeGreaterThan(40);
    expect(top).toBeGreaterThanOrEqual(shownHeight - 100 - 2);
    expect(bottom).toBeLessThanOrEqual(shownHeight - 60);
  });

  it('has its font embedded, as a subset, with Unicode', async () => {
    const signed = await sign(await inputPdf('stream'), pki.rsa, { visible: mark });
    const fonts = run('pdffonts', put('visible.pdf', signed));
    expect(fonts).toMatch(/[A-Z]{6}\+Arimo-Regular\s+CID TrueType\s+Identity-H\s+yes yes yes/);
    expect(run('pdftotext', join(folder, 'visible.pdf'), '-')).toContain('Siti Żółw');
  });
});
