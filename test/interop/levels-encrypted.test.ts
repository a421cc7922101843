import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePdf } from '../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { existingSignatures } from '../../src/main/core/signing/existing.ts';
import { renewPdf, signAtLevel } from '../../src/main/core/signing/index.ts';
import { readSecurityStore } from '../../src/main/core/signing/security-store.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import { fakeNetwork } from '../unit/signing/fake-network.ts';

/** An encrypted file stays encrypted, and its security store with it. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-levels-encrypted-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(['256', '128'])('B-LTA and its renewal on a file encrypted with %s bits', async (bits) => {
  const path = (name: string): string => join(folder, name);
  const password = 'sandi berkas';
  writeFileSync(path('plain.pdf'), await inputPdf('table'));
  const aes = bits === '128' ? ['--use-aes=y'] : [];
  const encrypt = ['--encrypt', password, 'pemilik', bits, ...aes, '--', path('plain.pdf'), path('in.pdf')];
  execFileSync('qpdf', encrypt);
  const input = new Uint8Array(readFileSync(path('in.pdf')));

  const network = fakeNetwork(new Date().toISOString());
  const siti = network.issue({ name: 'Siti' });
  const signer = signerFromPkcs8(siti.privateKey, siti.certificate, siti.chain.slice(0, 1));
  const options = { signer, time: network.now, password };
  const signed = await signAtLevel(input, options, 'lta', network.services);
  expect(signed).toMatchObject({ level: 'lta', lowering: null });
  const renewed = await renewPdf(signed.pdf, 99_999, network.services, password);
  if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);

  const file = parsePdf(renewed.pdf, { password });
  expect(existingSignatures(file).map(({ kind }) => kind)).toEqual(['signature', 'timestamp', 'timestamp']);
  const stored = readSecurityStore(file).certificates.map((der) => Buffer.from(der).toString('hex'));
  expect(stored).toContain(Buffer.from(siti.certificate).toString('hex'));
  // the store's streams are encrypted like all others
  expect(Buffer.from(renewed.pdf).includes(Buffer.from(network.root.certificate))).toBe(false);

  writeFileSync(path('out.pdf'), renewed.pdf);
  const check = spawnSync('qpdf', ['--check', `--password=${password}`, path('out.pdf')], {
    encoding: 'utf8',
  });
  expect(check.stdout + check.stderr).toContain('No syntax or stream encoding errors found');
  const sig = spawnSync('pdfsig', ['-nocert', '-upw', password, path('out.pdf')], { encoding: 'utf8' });
  expect(sig.stdout).toContain('Signature is Valid.');
});
