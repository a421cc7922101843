import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FollowUp } from '../../../src/main/core/contract/incoming.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { detail, fromOutside, register } from '../../fixtures/incoming.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

/** The head of the office, the head's deputy, a registrar of the same unit, and two of another office. */
let app: TestApp;
let head: TestPerson;
let deputy: TestPerson;
let registrar: TestPerson;
let chief: TestPerson;
let second: TestPerson;

let prepared: string;
beforeAll(async () => {
  const first = testApp();
  prepared = first.dataDir;
  const { session } = await first.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
  deputy = await invite(first, 'asisten', ['drafter', 'signer'], { unit: 'SETDA' });
  registrar = await invite(first, 'agendaris', ['registrar'], { unit: 'SETDA' });
  chief = await invite(first, 'kadis', ['signer'], { unit: 'DINKES', post: 'Kepala Dinas Kesehatan' });
  second = await invite(first, 'sekdis', ['signer'], { unit: 'DINKES', post: 'Sekretaris Dinas Kesehatan' });
  for (const one of [deputy, registrar, chief, second]) {
    await activate(first, one);
    if (one !== deputy && one !== registrar) await first.ask('identity.createTest', one);
    await be(first, head);
  }
  await first.ask('identity.createTest', { signingPassphrase });
  await first.ask('deputies.add', {
    principalId: head.accountId,
    deputyId: deputy.accountId,
    from: '2020-01-01',
    until: '2099-12-31',
  });
  await first.close();
}, 90_000);
afterAll(() => removeFolder(prepared));

beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'eletter-test-'));
  cpSync(prepared, dataDir, { recursive: true });
  app = testApp({ dataDir });
  await be(app, registrar);
}, 30_000);
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function arrived(changes = {}): Promise<string> {
  const received = { date: '2026-01-05', receivedOn: '2026-01-06' };
  const { id } = await register(app, fromOutside([head.accountId], { ...received, ...changes }));
  return id;
}
const ofHead = () => ({ accountId: head.accountId });
async function followUp(id: string): Promise<FollowUp | undefined> {
  return (await app.ask('incoming.read', { id })).followUps.find((one) => one.accountId === head.accountId);
}
async function waiting(): Promise<number> {
  return (await app.ask('home.counters', {})).notFollowedUp;
}
async function fill(id: string): Promise<number> {
  const letter = await detail(app, id);
  const { body } = letterContent('');
  const content = { ...letter.content, body };
  return (await app.ask('letters.saveDraft', { id, revision: letter.revision, content })).revision;
}

describe('who handles a letter', () => {
  it('is seen by all on the receiving side, and taken over only on purpose', async () => {
    const id = await arrived();
    const claimed = await app.ask('incoming.claim', { id, ...ofHead(), takeOver: false });
    expect(claimed.followUps).toMatchObject([
      { claimedBy: 'Pegawai agendaris', claimedByMe: true, may: ['unclaim'] },
    ]);
    await be(app, deputy);
    expect(await followUp(id)).toMatchObject({
      claimedBy: 'Pegawai agendaris',
      may: ['takeOver', 'settle'],
      mine: true,
    });
    expect(await app.refused('incoming.claim', { id, ...ofHead(), takeOver: false })).toBe(
      'INCOMING_CLAIMED',
    );
    await app.ask('incoming.claim', { id, ...ofHead(), takeOver: true });
    await be(app, head);
    expect(await followUp(id)).toMatchObject({
      claimedBy: 'Pegawai asisten',
      claimedFrom: 'Pegawai agendaris',
    });
    expect(await app.refused('incoming.unclaim', { id, ...ofHead() })).toBe('LETTER_NOT_EDITABLE');
    await be(app, deputy);
    await app.ask('incoming.unclaim', { id, ...ofHead() });
    expect(await followUp(id)).toMatchObject({ claimedBy: '', claimedFrom: '', claimedAt: null });
    await be(app, head);
    const log = (await app.ask('audit.list', { before: null })).lines;
    expect(log.filter((one) => one.action === 'letter.claimed').map((one) => one.onBehalfOf)).toEqual([
      'Siti Rahmawati',
      'Siti Rahmawati',
    ]);
  });

  it('is nobody else’s to say', async () => {
    const id = await arrived();
    await be(app, chief);
    for (const call of ['incoming.unclaim', 'incoming.reopen'] as const)
      expect(await app.refused(call, { id, ...ofHead() })).toBe('NOT_FOUND');
    expect(await app.refused('incoming.claim', { id, ...ofHead(), takeOver: true })).toBe('NOT_FOUND');
    expect(await app.refused('incoming.read', { id })).toBe('NOT_FOUND');
    await be(app, registrar);
    const how = 'not-needed' as const;
    expect(await app.refused('incoming.settle', { id, ...ofHead(), how, reason: 'x' })).toBe(
      'LETTER_NOT_EDITABLE',
    );
  });
});

describe('nothing to be done', () => {
  it('settles it with a reason, and can be opened again', async () => {
    const id = await arrived();
    await be(app, deputy);
    const how = 'not-needed' as const;
    await app.ask('incoming.settle', { id, ...ofHead(), how, reason: 'Hanya pemberitahuan' });
    await be(app, head);
    expect(await waiting()).toBe(0);
    expect(await followUp(id)).toMatchObject({
      settledHow: 'not-needed',
      settledBy: 'Pegawai asisten',
      reason: 'Hanya pemberitahuan',
      may: ['reopen'],
    });
    await app.ask('incoming.reopen', { id, ...ofHead() });
    expect(await waiting()).toBe(1);
    expect(await followUp(id)).toMatchObject({ settledHow: null, reason: '', settledBy: '' });
  });
});

describe('an answer', () => {
  it('goes to the sender as written, is seen while it is prepared, and settles the letter once it is signed', async () => {
    const id = await arrived();
    await be(app, head);
    const draft = await app.ask('incoming.reply', { id, evenThough: false });
    expect(draft).toMatchObject({ state: 'draft', subject: 'Tanggapan: Undangan rapat koordinasi' });
    expect(draft.content.recipients).toEqual([
      { accountId: null, name: 'Dinas Pendidikan Provinsi Lampung', place: 'Bandar Lampung' },
    ]);
    expect(await followUp(id)).toMatchObject({ claimedByMe: true, settledHow: null });
    await be(app, deputy);
    const { replies } = await app.ask('incoming.read', { id });
    expect(replies).toEqual([
      { letterId: null, name: 'Siti Rahmawati', mine: false, state: 'draft', number: null },
    ]);
    expect(await app.refused('incoming.reply', { id, evenThough: false })).toBe('INCOMING_REPLY_BEGUN');
    await be(app, head);
    const revision = await fill(draft.id);
    await app.ask('letters.sign', { id: draft.id, revision, signingPassphrase });
    expect(await waiting()).toBe(0);
    expect(await followUp(id)).toMatchObject({ settledHow: 'replied', settledBy: 'Siti Rahmawati' });
    expect((await detail(app, id)).links).toMatchObject([
      { kind: 'replies', later: false, letterId: draft.id },
    ]);
    expect((await detail(app, draft.id)).links).toMatchObject([
      { kind: 'replies', later: true, letterId: id },
    ]);
  });

  it('that is discarded, or taken back, or revoked leaves the letter to be followed up', async () => {
    await be(app, chief);
    const asked = await app.draft(letterContent('Permintaan data', head.accountId));
    await app.ask('letters.sign', {
      id: asked.id,
      revision: asked.revision,
      signingPassphrase: chief.signingPassphrase,
    });
    await be(app, head);
    const first = await app.ask('incoming.reply', { id: asked.id, evenThough: false });
    expect(first.content.recipients).toMatchObject([{ accountId: chief.accountId }]);
    await app.ask('letters.discard', { id: first.id });
    expect((await app.ask('incoming.read', { id: asked.id })).replies).toEqual([]);
    const draft = await app.ask('incoming.reply', { id: asked.id, evenThough: false });
    await app.ask('letters.sign', { id: draft.id, revision: await fill(draft.id), signingPassphrase });
    expect(await followUp(asked.id)).toMatchObject({ settledHow: 'replied' });
    await app.ask('letters.withdrawSent', { id: draft.id, reason: 'Keliru' });
    expect(await followUp(asked.id)).toMatchObject({ settledHow: null });
    await be(app, deputy);
    expect((await detail(app, asked.id)).links).toEqual([]);
    await be(app, head);
    const again = await app.ask('incoming.reply', { id: asked.id, evenThough: false });
    await app.ask('letters.sign', { id: again.id, revision: await fill(again.id), signingPassphrase });
    expect(await followUp(asked.id)).toMatchObject({ settledHow: 'replied' });
    const revoking = await app.ask('letters.succeed', { id: again.id, kind: 'revokes' });
    await app.ask('letters.sign', { id: revoking.id, revision: revoking.revision, signingPassphrase });
    expect(await followUp(asked.id)).toMatchObject({ settledHow: null });
  });
});

describe('a corrected answer', () => {
  const sign = async (id: string): Promise<void> => {
    const { revision } = await detail(app, id);
    await app.ask('letters.sign', { id, revision, signingPassphrase });
  };
  async function answered(): Promise<{ id: string; reply: string }> {
    await be(app, chief);
    const asked = await app.draft(letterContent('Permintaan data', head.accountId));
    const { signingPassphrase: own } = chief;
    await app.ask('letters.sign', { id: asked.id, revision: asked.revision, signingPassphrase: own });
    await be(app, head);
    const { id: reply } = await app.ask('incoming.reply', { id: asked.id, evenThough: false });
    await fill(reply);
    await sign(reply);
    return { id: asked.id, reply };
  }
  const replace = async (id: string): Promise<string> =>
    (await app.ask('letters.succeed', { id, kind: 'replaces' })).id;

  it('settles the letter again after the first was taken back', async () => {
    const { id, reply } = await answered();
    await app.ask('letters.withdrawSent', { id: reply, reason: 'Keliru' });
    expect(await followUp(id)).toMatchObject({ settledHow: null });
    await sign(await replace(reply));
    expect(await followUp(id)).toMatchObject({ settledHow: 'replied' });
  });

  it('answers until it is revoked itself, and also where it was said to replace nothing', async () => {
    const { id, reply } = await answered();
    const later = await replace(reply);
    expect((await detail(app, later)).links.map((one) => one.kind).toSorted()).toEqual([
      'replaces',
      'replies',
    ]);
    await sign(later);
    expect(await followUp(id)).toMatchObject({ settledHow: 'replied' });
    const freed = await replace(later);
    await app.ask('letters.unlink', { id: freed });
    expect((await detail(app, freed)).links.map((one) => one.kind)).toEqual(['replies']);
    const { id: revoking } = await app.ask('letters.succeed', { id: later, kind: 'revokes' });
    expect((await detail(app, revoking)).links.map((one) => one.kind)).toEqual(['revokes']);
    await sign(revoking);
    expect(await followUp(id)).toMatchObject({ settledHow: null });
    await sign(freed);
    expect(await followUp(id)).toMatchObject({ settledHow: 'replied' });
  });
});

describe('a letter of this vault', () => {
  it('is not taken back any more once its receiver has taken it up, read or not', async () => {
    const how = 'not-needed' as const;
    for (const takeUp of [
      (id: string) => app.ask('incoming.settle', { id, accountId: chief.accountId, how, reason: 'Cukup' }),
      (id: string) => app.ask('incoming.claim', { id, accountId: chief.accountId, takeOver: false }),
    ]) {
      await be(app, head);
      const { id, revision } = await app.draft(letterContent('Edaran', chief.accountId));
      await app.ask('letters.sign', { id, revision, signingPassphrase });
      await be(app, chief);
      await takeUp(id);
      await be(app, head);
      expect(await app.refused('letters.withdrawSent', { id, reason: 'Keliru' })).toBe('LETTER_ALREADY_READ');
    }
    await be(app, chief);
    // What is settled is not unread; what is only taken care of is.
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(1);
  });

  it('enters the agenda of each unit that receives it once, is voided there when it is taken back', async () => {
    await be(app, head);
    const content = letterContent('Edaran', chief.accountId);
    const [one] = content.recipients;
    if (!one) throw new Error('no recipient');
    const draft = await app.draft({ ...content, copies: [{ ...one, accountId: second.accountId }] });
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
    expect((await app.ask('incoming.read', { id: draft.id })).agenda).toEqual([]);
    expect((await app.ask('incoming.read', { id: draft.id })).followUps).toEqual([]);
    await be(app, chief);
    const { agenda, registration, followUps } = await app.ask('incoming.read', { id: draft.id });
    expect(agenda).toMatchObject([{ unit: 'DINKES', sequence: 1, state: 'open' }]);
    expect(registration).toBeNull();
    expect(followUps).toMatchObject([{ accountId: chief.accountId, may: ['claim', 'settle'] }]);
    await be(app, second);
    expect((await app.ask('incoming.read', { id: draft.id })).followUps).toMatchObject([{ may: [] }]);
    await be(app, head);
    await app.ask('letters.withdrawSent', { id: draft.id, reason: 'Keliru' });
    const next = await app.draft(content);
    await app.ask('letters.sign', { id: next.id, revision: next.revision, signingPassphrase });
    await be(app, chief);
    expect((await app.ask('incoming.read', { id: next.id })).agenda).toMatchObject([{ sequence: 2 }]);
  });
});
