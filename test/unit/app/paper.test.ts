import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeCard, StatementFacts } from '../../../src/main/core/contract/statement.ts';
import {
  cardBody,
  keyFingerprint,
  makeCard,
  makeStatement,
  newStatementKey,
  writeCard,
} from '../../../src/main/core/statement/index.ts';
import {
  buildSignedData,
  createTestIdentity,
  digest,
  signerFromPkcs8,
} from '../../../src/main/core/pki/index.ts';
import {
  accountPassphrase,
  letterContent,
  letterhead,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, invite } from '../../fixtures/people.ts';
import { sampleLetter } from '../../fixtures/letters.ts';

/** Paper from the desk's side: who may ask, which offices count, and what a code leads to. */
let app: TestApp;
let me: string;
beforeEach(async () => {
  app = testApp();
  me = (await app.firstRun()).session.accountId;
  await app.ask('identity.createTest', { signingPassphrase });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function sign(subject: string, security: 'biasa' | 'rahasia' = 'biasa'): Promise<string> {
  const draft = await app.draft({ ...letterContent(subject), security });
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

/** What the paper of a letter says, read from its signed PDF. */
async function printed(id: string): Promise<{ readonly text: string; readonly facts: StatementFacts }> {
  const signed = await app.engine.app.signedPdf(id, 'saved');
  if (!signed.ok) throw new Error(signed.error.code);
  const { pages } = await app.ask('statement.scan', { name: 'surat.pdf', bytes: signed.value.pdf });
  const [code] = pages.flatMap(({ codes }) => codes);
  if (code?.check?.outcome !== 'genuine') throw new Error(code?.check?.outcome ?? 'no code');
  return { text: code.text, facts: code.check.facts };
}

const outcomeOf = async (text: string): Promise<string> =>
  (await app.ask('statement.check', { text })).outcome;

const foreignKey = newStatementKey();
const foreign = makeCard('Dinas Pendidikan', foreignKey, []);
const foreignText = makeStatement(sampleLetter(2), foreignKey) ?? '';

describe('before unlock', () => {
  it('the offices last known count, and after it the vault alone does', async () => {
    const { text } = await printed(await sign('Undangan rapat'));
    await app.ask('vault.seal', {});
    expect(await outcomeOf(text)).toBe('genuine');
    expect(await outcomeOf(foreignText)).toBe('unknown-office');
    // Somebody adds an office to the file beside the vault: that reaches no further than the next unlock.
    const path = join(app.dataDir, 'offices.json');
    const list = JSON.parse(readFileSync(path, 'utf8')) as unknown[];
    const added = { card: writeCard(foreign).toString(), own: false, addedAt: null, byCertificate: false };
    writeFileSync(path, JSON.stringify([...list, added]));
    await app.ask('vault.unlock', { accountId: me, passphrase: accountPassphrase });
    expect(await outcomeOf(foreignText)).toBe('unknown-office');
    expect(readFileSync(path, 'utf8')).not.toContain('Dinas Pendidikan');
  });

  it('a file that says anything else names no office and stops nothing', async () => {
    await app.ask('statement.card', {});
    await app.ask('vault.seal', {});
    for (const said of ['', '{', '7', '[7, null, {}, {"card": "x", "addedAt": null}]']) {
      writeFileSync(join(app.dataDir, 'offices.json'), said);
      expect(await outcomeOf(foreignText), said).toBe('unknown-office');
    }
  });

  it('finds no letter', async () => {
    await app.ask('vault.seal', {});
    const asked = { number: '1', date: '2026-01-01', digest: '0'.repeat(40) };
    expect(await app.refused('statement.findLetter', asked)).toBe('VAULT_LOCKED');
  });
});

describe('a code copied to another paper', () => {
  it('is genuine with the data of its own letter, for the person to compare', async () => {
    const { text, facts } = await printed(await sign('Undangan rapat'));
    const paper = createCanvas(700, 700);
    const context = paper.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 700, 700);
    context.fillStyle = '#000';
    context.font = '20px sans-serif';
    context.fillText('Nomor: 900.1/77/SETDA/2026   Hal: Pencairan dana', 20, 40);
    for (const [y, row] of encode(text, { ecc: 'M', border: 0 }).data.entries())
      for (const [x, dark] of row.entries()) if (dark) context.fillRect(150 + 6 * x, 150 + 6 * y, 6, 6);
    const bytes = await paper.encode('png');
    const { pages } = await app.ask('statement.scan', { name: 'tempelan.png', bytes });
    const check = pages[0]?.codes[0]?.check;
    expect(check).toMatchObject({ outcome: 'genuine', facts });
    expect(facts.subject).toBe('Undangan rapat');
    expect(facts.number).not.toContain('900.1/77');
  });
});

describe('the letter of this vault', () => {
  it('is found by who may read it, and told apart from another of its number', async () => {
    const id = await sign('Undangan rapat');
    const { facts } = await printed(id);
    const { number, date, digest } = facts;
    const letter = { id, mine: true, sameContent: true, state: 'signed' };
    expect(await app.ask('statement.findLetter', { number, date, digest })).toEqual({ letter });
    const other = { number, date, digest: '0'.repeat(40) };
    expect(await app.ask('statement.findLetter', other)).toEqual({
      letter: { ...letter, sameContent: false },
    });
    const elsewhere = { number, date: '2020-01-01', digest };
    expect(await app.ask('statement.findLetter', elsewhere)).toEqual({ letter: null });
    const stranger = await invite(app, 'orang', ['drafter'], { unit: 'DINKES' });
    await activate(app, stranger);
    await be(app, stranger);
    expect(await app.ask('statement.findLetter', { number, date, digest })).toEqual({ letter: null });
  });
});

describe('the office key', () => {
  it('can be replaced: what it signed stays genuine, and nobody else has the old one', async () => {
    const { text } = await printed(await sign('Undangan rapat'));
    const before = await app.ask('statement.card', {});
    const [own] = await app.ask('statement.newKey', {});
    expect(own?.fingerprint).not.toBe(before.fingerprint);
    expect(own?.retired).toHaveLength(1);
    expect(await app.ask('statement.check', { text })).toMatchObject({
      outcome: 'genuine',
      office: letterhead.office,
      warnings: ['OLD_KEY'],
    });
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.map((one) => one.action)).toContain('statement.key-replaced');
    // Another office that had the old card: the new one takes its place, and the paper stays good there.
    const { card, fingerprint } = await app.ask('statement.card', {});
    const there = testApp();
    try {
      await there.firstRun();
      await there.ask('statement.addOffice', { card: before.card, fingerprint: before.fingerprint });
      expect(await there.ask('statement.readCard', { card })).toMatchObject({ replaces: letterhead.office });
      const known = await there.ask('statement.addOffice', { card, fingerprint });
      expect(known.map((one) => one.fingerprint)).toEqual([fingerprint]);
      expect((await there.ask('statement.check', { text })).outcome).toBe('genuine');
    } finally {
      await there.close();
      removeFolder(there.dataDir);
    }
  });
});

describe('a certified card', () => {
  it('needs no fingerprint where its issuer is trusted, and only as long as that is so', async () => {
    await app.ask('statement.card', {});
    expect(await app.refused('statement.certify', { signingPassphrase: 'bukan sandinya' })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    await app.ask('statement.certify', { signingPassphrase });
    const { card, fingerprint } = await app.ask('statement.card', {});
    const [identity] = await app.ask('identity.list', {});

    // Not trusted yet: the card is as good as one without.
    expect(await app.ask('statement.readCard', { card })).toMatchObject({ certifiedBy: null });
    expect(await app.refused('statement.addOffice', { card, fingerprint: null })).toBe(
      'OFFICE_CARD_UNCERTIFIED',
    );
    const anchors = await app.ask('trust.addOwn', { identityId: identity?.id ?? '' });
    expect(await app.ask('statement.readCard', { card })).toMatchObject({
      name: letterhead.office,
      certifiedBy: expect.stringContaining('Siti Rahmawati'),
    });
    const known = await app.ask('statement.addOffice', { card, fingerprint: null });
    expect(known.find((one) => !one.own)).toMatchObject({ fingerprint, trusted: true, certified: true });

    for (const { fingerprint: anchor } of anchors) await app.ask('trust.remove', { fingerprint: anchor });
    const left = (await app.ask('statement.offices', {})).find((one) => !one.own);
    expect(left).toMatchObject({ trusted: false, certifiedBy: null });
  });

  it('counts for its statements exactly while its issuer is trusted, and vouches for nothing else', async () => {
    const identity = await createTestIdentity(
      { commonName: 'Dinas Pendidikan', organisation: 'Uji', unit: 'Uji' },
      new Date(),
    );
    const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
    const over = (body: Buffer): Promise<Buffer> =>
      buildSignedData({ messageDigest: digest(signer.algorithm.digest, [body]), signer });
    const withCertification = (card: OfficeCard, certification: Uint8Array): Buffer =>
      writeCard({ ...card, certification });
    const anchors = await app.ask('trust.add', {
      bytes: identity.chain.at(-1) ?? new Uint8Array(),
      psre: false,
    });
    const good = withCertification(foreign, await over(cardBody(foreign)));
    await app.ask('statement.addOffice', { card: good, fingerprint: null });
    expect(await outcomeOf(foreignText)).toBe('genuine');

    const other = makeCard('Kantor Bupati', newStatementKey(), []);
    const attacks = {
      'the certification of another card': withCertification(other, await over(cardBody(foreign))),
      'over the same words without their domain': withCertification(
        other,
        await over(cardBody(other).subarray(22)),
      ),
      'no CMS': withCertification(other, Buffer.from('3000', 'hex')),
      nothing: writeCard(other),
    };
    for (const [name, card] of Object.entries(attacks))
      expect(await app.refused('statement.addOffice', { card, fingerprint: null }), name).toBe(
        'OFFICE_CARD_UNCERTIFIED',
      );

    for (const { fingerprint } of anchors) await app.ask('trust.remove', { fingerprint });
    expect(await outcomeOf(foreignText)).toBe('unknown-office');
    // The same card by its fingerprint: a person's word needs no issuer.
    const fingerprint = keyFingerprint(foreign.publicKey);
    await app.ask('statement.addOffice', { card: good, fingerprint });
    expect(await outcomeOf(foreignText)).toBe('genuine');
  });

  it('takes the place of no other office, whatever earlier keys it claims', async () => {
    const identity = await createTestIdentity(
      { commonName: 'Badan Lain', organisation: 'Uji', unit: 'Uji' },
      new Date(),
    );
    const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
    await app.ask('trust.add', { bytes: identity.chain.at(-1) ?? new Uint8Array(), psre: false });
    const compared = keyFingerprint(foreign.publicKey);
    await app.ask('statement.addOffice', { card: writeCard(foreign), fingerprint: compared });
    const claimed = [{ publicKey: foreign.publicKey, until: '2020-01-01' }];
    for (const name of ['Badan Lain', foreign.name]) {
      const made = makeCard(name, newStatementKey(), claimed);
      const over = { messageDigest: digest(signer.algorithm.digest, [cardBody(made)]), signer };
      const card = writeCard({ ...made, certification: await buildSignedData(over) });
      expect(await app.refused('statement.addOffice', { card, fingerprint: null }), name).toBe(
        'OFFICE_TAKES_ANOTHER',
      );
    }
    const stranger = makeCard('Badan Lain', newStatementKey(), claimed);
    const typed = { card: writeCard(stranger), fingerprint: keyFingerprint(stranger.publicKey) };
    expect(await app.refused('statement.addOffice', typed)).toBe('OFFICE_TAKES_ANOTHER');
    expect(await outcomeOf(foreignText)).toBe('genuine');
    // Its own next key, compared by its fingerprint, does take the old one's place.
    const next = makeCard(foreign.name, newStatementKey(), [
      { publicKey: foreign.publicKey, until: '2099-01-01' },
    ]);
    const known = await app.ask('statement.addOffice', {
      card: writeCard(next),
      fingerprint: keyFingerprint(next.publicKey),
    });
    expect(known.filter((one) => !one.own)).toHaveLength(1);
    expect(await outcomeOf(foreignText)).toBe('genuine');
  });
});
