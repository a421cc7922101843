import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../src/main/core/pki/index.ts';
import { removeFolder, testApp, type TestApp } from '../../fixtures/engine.ts';

/** An in-house CA never becomes a PSrE, whatever an administrator ticks. */
let app: TestApp;
beforeAll(async () => {
  app = testApp();
  await app.firstRun();
});
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

describe('the anchor of an in-house CA', () => {
  it('is trusted, but not as a PSrE', async () => {
    const made = await createAuthority('Pemkab Lampung Timur', new Date());
    for (const bytes of [made.rootCertificate, made.issuingCertificate]) {
      expect(await app.refused('trust.add', { bytes, psre: true })).toBe('ANCHOR_NOT_PSRE');
    }
    expect(await app.ask('trust.list', {})).toEqual([]);
    const anchors = await app.ask('trust.add', { bytes: made.rootCertificate, psre: false });
    expect(anchors.map((one) => one.psre)).toEqual([false]);
  });
});
