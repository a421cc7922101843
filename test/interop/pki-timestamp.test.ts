import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { extension } from '../../src/main/core/pki/x509/issue.ts';
import { objectIdentifier, sequence } from '../../src/main/core/pki/der/write.ts';
import {
  DerError,
  findSigner,
  parseCertificate,
  parseSignedData,
  parseTimestampToken,
  verifySignerInfo,
} from '../../src/main/core/pki/index.ts';
import { issue, pem, testPki } from '../fixtures/pki.ts';

/** RFC 3161 tokens as `openssl ts` makes them. */

let folder: string;
let token: Buffer;
const imprint = createHash('sha512').update('nilai tanda tangan').digest();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-tsa-'));
  const timeStamping = extension('2.5.29.37', true, sequence(objectIdentifier('1.3.6.1.5.5.7.3.8')));
  const tsa = issue({
    name: 'TSA Uji',
    kind: 'rsa-2048',
    issuer: testPki().root,
    extra: [timeStamping],
    usages: ['digitalSignature'],
    notBefore: '2020-01-01T00:00:00Z',
    notAfter: '2049-01-01T00:00:00Z',
  });
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('tsa.pem'), pem('CERTIFICATE', tsa.certificate));
  writeFileSync(path('tsa.key'), pem('PRIVATE KEY', tsa.privateKey));
  writeFileSync(path('serial'), '0A1B\n');
  writeFileSync(
    path('ts.cnf'),
    `[tsa]\ndefault_tsa=t\n[t]\nserial=${path('serial')}\nsigner_cert=${path('tsa.pem')}\nsigner_key=${path('tsa.key')}\n` +
      'signer_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n',
  );
  const run = (tool: string, ...args: string[]): void => void execFileSync(tool, args, { stdio: 'pipe' });
  run(
    'openssl',
    'ts',
    '-query',
    '-digest',
    imprint.toString('hex'),
    '-sha512',
    '-cert',
    '-out',
    path('query'),
  );
  run(
    'openssl',
    'ts',
    '-reply',
    '-config',
    path('ts.cnf'),
    '-queryfile',
    path('query'),
    '-token_out',
    '-out',
    path('token'),
  );
  token = readFileSync(path('token'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads imprint, policy, serial and time', () => {
  const parsed = parseTimestampToken(token);
  expect(parsed).toMatchObject({ imprintHash: 'sha512', policy: '1.2.3.4.1', serial: '0A1C' });
  expect(Buffer.from(parsed.imprint)).toEqual(imprint);
  expect(Math.abs(parsed.time.getTime() - Date.now())).toBeLessThan(120_000);
});

it('its signature is judged like any other', () => {
  const { signedData, content } = parseTimestampToken(token);
  const [info] = signedData.signerInfos;
  const signer = info && findSigner(info, signedData.certificates.map(parseCertificate));
  if (!info || !signer) throw new Error('no signer');
  const good = verifySignerInfo(info, signer, signedData.contentType, [content]);
  expect(good).toMatchObject({
    digestMatches: true,
    signature: 'valid',
    contradictions: [],
    signingCertificate: 'match',
  });
  const other = Buffer.from(content);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  expect(verifySignerInfo(info, signer, signedData.contentType, [other]).digestMatches).toBe(false);
});

it('what is no token is refused', () => {
  expect(() => parseTimestampToken(token.subarray(0, 50))).toThrow(DerError);
  expect(() => parseTimestampToken(Buffer.from('30030201ff', 'hex'))).toThrow(DerError);
  expect(parseSignedData(token).contentType).toBe('1.2.840.113549.1.9.16.1.4');
});
