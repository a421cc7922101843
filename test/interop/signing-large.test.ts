import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf, signPdfFile } from '../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../src/main/core/signing/index.ts';
import { writeLargePdf } from '../fixtures/large-pdf.ts';
import { fixedNow, testPki } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** Files that are signed where they lie, without being held in memory. */

const pki = testPki();
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'eletter-large-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe' });
const options: SignOptions = {
  signer: signerFromPkcs8(pki.rsa.privateKey, pki.rsa.certificate, pki.rsa.chain),
  time: fixedNow,
};

describe('a file signed where it lies', () => {
  it('is what signing in memory gives, byte for byte', async () => {
    for (const kind of ['table', 'stream', 'hybrid'] as const) {
      const input = await inputPdf(kind);
      writeFileSync(at('in.pdf'), input);
      await signPdfFile(at('in.pdf'), at('out.pdf'), options);
      expect(Buffer.compare(readFileSync(at('out.pdf')), await signPdf(input, options)), kind).toBe(0);
    }
    // long streams, their lengths in objects of their own, words in them that look like structure
    writeLargePdf(at('in.pdf'), 3, 400_000);
    await signPdfFile(at('in.pdf'), at('out.pdf'), options);
    const whole = await signPdf(readFileSync(at('in.pdf')), options);
    expect(Buffer.compare(readFileSync(at('out.pdf')), whole)).toBe(0);
  });

  it('may be signed again, also in place', async () => {
    writeLargePdf(at('again.pdf'), 2, 300_000);
    await signPdfFile(at('again.pdf'), at('again.pdf'), options);
    await signPdfFile(at('again.pdf'), at('again.pdf'), options);
    expect(run('pdfsig', at('again.pdf')).match(/Signature is Valid\./g)).toHaveLength(2);
    expect(run('qpdf', '--check', at('again.pdf'))).toContain('No syntax');
  });

  it('leaves nothing behind where it is refused', async () => {
    const refused = async (bytes: Uint8Array | string, code: string): Promise<void> => {
      writeFileSync(at('bad.pdf'), bytes);
      await expect(signPdfFile(at('bad.pdf'), at('never.pdf'), options)).rejects.toMatchObject({ code });
    };
    await refused('bukan pdf', 'PDF_UNREADABLE');
    writeLargePdf(at('sound.pdf'), 1, 300_000);
    const sound = readFileSync(at('sound.pdf')).toString('latin1');
    const changed = (from: string | RegExp, to: string): Buffer =>
      Buffer.from(sound.replace(from, to), 'latin1');
    // a length that is not the stream's, an object that no section lists, an offset into the data of a stream
    await refused(changed(/obj\n300000/, 'obj\n299999'), 'PDF_UNREADABLE');
    await refused(changed('xref\n0', '9 0 obj\n(x)\nendobj\nxref\n0'), 'PDF_UNREADABLE');
    await refused(changed(/0000000\d{3} 00000 n/, '0000100000 00000 n'), 'PDF_UNREADABLE');
    const broken = { ...options.signer, sign: () => Promise.reject(new Error('token gone')) };
    await expect(
      signPdfFile(at('sound.pdf'), at('never.pdf'), { ...options, signer: broken }),
    ).rejects.toMatchObject({ code: 'SIGN_FAILED' });
    await expect(signPdfFile(at('absent.pdf'), at('never.pdf'), options)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
    await expect(signPdfFile(at('sound.pdf'), at('no/such.pdf'), options)).rejects.toMatchObject({
      code: 'FILE_NOT_WRITTEN',
    });
    expect(readdirSync(folder).filter((name) => /never|part/.test(name))).toEqual([]);
  });
});

describe('200 MB', () => {
  it('in less than 40 MB beyond what the process has at its start', () => {
    const size = writeLargePdf(at('large.pdf'), 100, 2_000_000);
    expect(size).toBeGreaterThan(200_000_000);
    const child = join(import.meta.dirname, '../fixtures/large-signing-child.ts');
    const { grown } = JSON.parse(run(process.execPath, child, at('large.pdf'), at('signed.pdf'))) as {
      grown: number;
    };
    expect(grown).toBeLessThan(40 * 1024 * 1024);
    expect(run('pdfsig', at('signed.pdf'))).toContain('Signature is Valid.');
  });
});
