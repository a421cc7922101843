import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePdf, reserialise } from '../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import { fixedNow, testPki } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** Files that qpdf encrypted, signed by us, read by qpdf, poppler and our verifier. */

const pki = testPki();
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'eletter-encrypted-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe', cwd: folder });
const sign = (pdf: Uint8Array, password: string | null, more = {}): Promise<Uint8Array> =>
  signPdf(pdf, {
    signer: signerFromPkcs8(pki.rsa.privateKey, pki.rsa.certificate, pki.rsa.chain),
    time: fixedNow,
    password,
    ...more,
  });

/** Handler revisions 2, 3, 4 (RC4 and AES), 5 and 6. */
const ways: Readonly<Record<string, readonly string[]>> = {
  'RC4, 40 bits': ['40', '--'],
  'RC4, 128 bits': ['128', '--use-aes=n', '--'],
  'RC4, by crypt filters': ['128', '--force-V4', '--'],
  'AES-128': ['128', '--use-aes=y', '--'],
  'AES-128, plain metadata': ['128', '--use-aes=y', '--cleartext-metadata', '--'],
  'AES-256, revision 5': ['256', '--force-R5', '--'],
  'AES-256': ['256', '--'],
};

async function encrypted(way: readonly string[], kind: 'table' | 'stream', user = 'baca'): Promise<Buffer> {
  writeFileSync(join(folder, 'plain.pdf'), await inputPdf(kind));
  run('qpdf', '--allow-weak-crypto', '--encrypt', user, 'milik', ...way, 'plain.pdf', 'encrypted.pdf');
  return readFileSync(join(folder, 'encrypted.pdf'));
}

const matrix = Object.entries(ways).flatMap(([name, way]) =>
  (['table', 'stream'] as const).map((kind) => [name, kind, way] as const),
);

describe.each(matrix)('%s, cross-reference %s', (_, kind, way) => {
  it('two signatures, by the reader’s and the owner’s password', async () => {
    const input = await encrypted(way, kind);
    const once = await sign(input, 'baca', { reason: 'Persetujuan (uji)', name: 'Siti Żółw' });
    const twice = await sign(once, 'milik');
    expect(Buffer.compare(twice.subarray(0, input.length), input)).toBe(0);
    // what the signer wrote is encrypted, except the signature itself
    expect(Buffer.from(twice).includes('Persetujuan')).toBe(false);

    writeFileSync(join(folder, 'signed.pdf'), twice);
    expect(run('qpdf', '--check', '--password=baca', 'signed.pdf')).toContain('No syntax');
    const report = run('pdfsig', '-upw', 'baca', 'signed.pdf');
    expect(report.match(/Signature is Valid\./g)).toHaveLength(2);
    const decrypted = run('qpdf', '--password=baca', '--qdf', '--decrypt', 'signed.pdf', '-');
    expect(decrypted).toContain('(Persetujuan \\(uji\\))');

    const ours = await verifyPdf({
      file: 'signed.pdf',
      bytes: twice,
      trust: [{ der: pki.root.certificate, psre: false }],
      at: fixedNow.toISOString(),
      language: 'id',
      password: 'baca',
    });
    expect(ours.signatures.map(({ integrity, changesAfter }) => [integrity, changesAfter])).toEqual([
      [true, 'permitted'],
      [true, 'none'],
    ]);
  });
});

describe('passwords', () => {
  it('none, a wrong one, and the right one', async () => {
    const input = await encrypted(ways['AES-256'] ?? [], 'table');
    await expect(sign(input, null)).rejects.toMatchObject({ code: 'PDF_ENCRYPTED' });
    await expect(sign(input, 'salah')).rejects.toMatchObject({ code: 'PDF_PASSWORD_WRONG' });
    expect(parsePdf(input, { password: 'baca' }).encryption?.openedAs).toBe('user');
    expect(parsePdf(input, { password: 'milik' }).encryption?.openedAs).toBe('owner');
  });

  it.each(['AES-128', 'AES-256'])('%s: a file that anybody may read needs none', async (name) => {
    const input = await encrypted(ways[name] ?? [], 'stream', '');
    const file = parsePdf(input);
    expect(file.needsRepair).toBe(false);
    // the copy for viewers is not encrypted
    expect(run('qpdf', '--check', put('copy.pdf', reserialise(file)))).toContain('not encrypted');
  });

  it('a letter of another script', async () => {
    const input = await encrypted(ways['AES-256'] ?? [], 'table', 'kata sandi ꦱ ż');
    expect(parsePdf(input, { password: 'kata sandi ꦱ ż' }).encryption?.openedAs).toBe('user');
  });

  it('says that the owner granted no filling in of forms', async () => {
    const closed = ['128', '--use-aes=y', '--modify=none', '--'];
    const warned: unknown[] = [];
    const warn = (risks: readonly unknown[]): void => void warned.push(...risks);
    await sign(await encrypted(closed, 'table'), 'baca', { warn });
    expect(warned).toEqual([{ code: 'NOT_GRANTED', where: 'file' }]);
    warned.length = 0;
    await sign(await encrypted(closed, 'table'), 'milik', { warn });
    expect(warned).toEqual([]);
  });
});

const put = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return name;
};

describe('hostile encryption', () => {
  const read = (text: string) => parsePdf(Buffer.from(text, 'latin1'), { password: 'baca' });

  it('saves that disagree about it', async () => {
    const input = await encrypted(ways['AES-128'] ?? [], 'table');
    const signed = Buffer.from(await sign(input, 'baca')).toString('latin1');
    expect(read(signed).needsRepair).toBe(false);
    const [first, last] = [signed.indexOf('/Encrypt '), signed.lastIndexOf('/Encrypt ')];
    expect(first).toBeLessThan(last);
    const without = (at: number): string => `${signed.slice(0, at)}/Decrypt${signed.slice(at + 8)}`;
    expect(read(without(first)).needsRepair).toBe(true);
    expect(() => read(without(last))).toThrow('PDF_ENCRYPTION_UNSUPPORTED');
  });

  it('a string that is not what the cipher makes', async () => {
    const input = (await encrypted(ways['AES-128'] ?? [], 'table')).toString('latin1');
    expect(input).toContain('0 0 595 842');
    expect(read(input).needsRepair).toBe(false);
    expect(read(input.replace('0 0 595 842', '0 0 5 (abc)')).needsRepair).toBe(true);
  });
});
