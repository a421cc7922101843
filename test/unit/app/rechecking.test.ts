import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepVerification } from '../../../src/main/core/app/rechecking.ts';
import type { StoredVerification } from '../../../src/main/core/contract/letters.ts';
import type { VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { isVerifiedOn, verifiedOtherwise } from '../../../src/main/core/letters/index.ts';
import { recordObject, sql } from '../../../src/main/core/vault/index.ts';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { openDesk } from './desk.ts';

/** A letter's verification is kept with it, and made again when what it rests on changes. */

let app: TestApp;
let id: string;

beforeEach(async () => {
  app = testApp();
  await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  const draft = await app.draft(letterContent('Undangan rapat'));
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  id = draft.id;
  await app.engine.app.settled();
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function kept(): Promise<StoredVerification | null> {
  await app.engine.app.settled();
  return (await app.ask('letters.get', { id })).verification;
}
const logged = async (): Promise<readonly unknown[]> => {
  const { lines } = await app.ask('audit.list', { before: null });
  return lines.filter(({ action }) => action === 'letter.verification-changed');
};

describe('a signed letter', () => {
  it('is verified when it is signed, and again when its issuer becomes trusted or is trusted no more', async () => {
    expect(await kept()).toMatchObject({ conclusion: 'INDETERMINATE', previous: null, changedAt: null });
    expect((await kept())?.reasons).toContain('ISSUER_NOT_TRUSTED');
    expect(await logged()).toEqual([]);

    const [identity] = await app.ask('identity.list', {});
    const [anchor] = await app.ask('trust.addOwn', { identityId: identity?.id ?? '' });
    expect(await kept()).toMatchObject({ conclusion: 'TOTAL-PASSED', previous: 'INDETERMINATE' });
    expect(await logged()).toHaveLength(1);

    await app.ask('trust.remove', { fingerprint: anchor?.fingerprint ?? '' });
    expect(await kept()).toMatchObject({ conclusion: 'INDETERMINATE', previous: 'TOTAL-PASSED' });
    expect(await logged()).toHaveLength(2);
  });

  it('is verified again when somebody opens it after other revocation data came', async () => {
    const before = await kept();
    const folder = join(app.dataDir, 'cache/crl');
    mkdirSync(folder, { recursive: true });
    utimesSync(folder, new Date(), new Date(Date.now() - 1_000));
    await app.ask('letters.get', { id });
    const after = await kept();
    expect(after).toMatchObject({ conclusion: before?.conclusion ?? '' });
    expect(Date.parse(after?.checkedAt ?? '')).toBeGreaterThan(Date.parse(before?.checkedAt ?? ''));
  });

  it('is not verified again for nothing', async () => {
    const before = await kept();
    await app.ask('letters.get', { id });
    expect(await kept()).toEqual(before);
  });

  it('keeps what a person’s own look at it found', async () => {
    const before = await kept();
    await app.ask('letters.verify', { id });
    expect(Date.parse((await kept())?.checkedAt ?? '')).toBeGreaterThan(Date.parse(before?.checkedAt ?? ''));
  });
});

describe('a letter whose file is another one by the time that it was verified', () => {
  it('keeps nothing that was found in the old file, and is due for another look', async () => {
    const desk = await openDesk();
    try {
      desk.enter('boss');
      const { context, vault } = desk;
      const session = context.session();
      const [old, grown] = ['lama', 'lama dan lebih'].map((text) => vault.putObject(Buffer.from(text)));
      if (!old || !grown) throw new Error('no objects');
      vault.write((db) => {
        for (const object of [old, grown]) recordObject(db, object, '2026-11-22T03:00:00Z');
        db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at,
          updated_at, object_id) VALUES ('l', 'surat-dinas', 'signed', 'biasa', 'x', 'boss', 1, '{}', '', '', ${old.id})`);
      });
      const found = (conclusion: VerificationReport['conclusion'], objectId: string) => ({
        report: { conclusion, problems: [], signatures: [] } as unknown as VerificationReport,
        basis: 'dasar',
        objectId,
      });
      const conclusion = (): unknown =>
        vault.read.get<{ conclusion: string }>(sql`SELECT conclusion FROM verification WHERE letter_id = 'l'`)
          ?.conclusion;
      keepVerification(context, session, 'l', found('INDETERMINATE', old.id));
      expect(isVerifiedOn(vault.read, 'l', 'dasar')).toBe(true);
      expect(verifiedOtherwise(vault.read, 'dasar', '')).toEqual([]);

      vault.write((db) => db.run(sql`UPDATE letter SET object_id = ${grown.id} WHERE id = 'l'`));
      expect(isVerifiedOn(vault.read, 'l', 'dasar')).toBe(false);
      expect(verifiedOtherwise(vault.read, 'dasar', '')).toEqual(['l']);
      keepVerification(context, session, 'l', found('TOTAL-FAILED', old.id));
      expect(conclusion()).toBe('INDETERMINATE');
      expect(desk.log('letter.verification-changed')).toEqual([]);

      keepVerification(context, session, 'l', found('TOTAL-PASSED', grown.id));
      expect(conclusion()).toBe('TOTAL-PASSED');
      expect(verifiedOtherwise(vault.read, 'dasar', '')).toEqual([]);
    } finally {
      desk.close();
    }
  });
});
