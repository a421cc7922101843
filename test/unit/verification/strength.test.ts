import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseCertificate } from '../../../src/main/core/pki/index.ts';
import { Findings } from '../../../src/main/core/verification/problems.ts';
import { judgeStrength } from '../../../src/main/core/verification/strength.ts';
import { issue, testPki } from '../../fixtures/pki.ts';

const weak = (namedCurve: string, paramEncoding: 'named' | 'explicit'): boolean => {
  const keys = generateKeyPairSync('ec', { namedCurve, paramEncoding });
  const { certificate } = issue({ name: 'Lengkung', issuer: testPki().root, keys });
  const findings = new Findings('en');
  judgeStrength(null, 'sha256', parseCertificate(certificate), null, findings);
  return findings.has('KEY_WEAK');
};

test.each([
  ['prime192v1', 'named', true],
  ['secp160r1', 'named', true],
  ['sect163k1', 'named', true],
  ['secp112r1', 'named', true],
  // the same numbers as P-256, but any others could stand there
  ['prime256v1', 'explicit', true],
  ['prime256v1', 'named', false],
  ['secp384r1', 'named', false],
  ['brainpoolP256r1', 'named', false],
] as const)('%s, %s: weak %s', (curve, encoding, expected) => {
  expect(weak(curve, encoding)).toBe(expected);
});
