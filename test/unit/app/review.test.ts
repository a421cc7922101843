import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LetterContent, LetterDetail } from '../../../src/main/core/contract/letters.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

/** The way to the signature: who is asked, in which order, and what takes it back. */
let app: TestApp;
let clock: TestClock;
let head: TestPerson;
const people: Record<string, TestPerson> = {};
const person = (name: string): TestPerson => people[name] ?? head;

beforeAll(async () => {
  clock = { now: new Date('2026-11-23T03:00:00Z') };
  app = testApp({ clock });
  const { session } = await app.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
  people['writer'] = await invite(app, 'penulis', ['drafter']);
  people['first'] = await invite(app, 'kasi', ['reviewer']);
  people['second'] = await invite(app, 'kabag', ['reviewer']);
  people['beside'] = await invite(app, 'hukum', ['reviewer'], { unit: 'HUKUM' });
  people['signer'] = await invite(app, 'kadis', ['signer']);
  people['deputy'] = await invite(app, 'wakil', ['signer']);
  for (const one of Object.values(people)) await activate(app, one);
  for (const one of [person('signer'), person('deputy'), head]) {
    await be(app, one);
    await app.ask('identity.createTest', { signingPassphrase: one.signingPassphrase });
  }
}, 120_000);

afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

/** What the person at work is told of one letter. */
const told = async (letter: LetterDetail): Promise<string[]> =>
  (await app.ask('notices.list', {})).filter((one) => one.letterId === letter.id).map((one) => one.kind);

const id = (name: string): string => person(name).accountId;
const chain = (subject: string): LetterContent => ({
  ...letterContent(subject, id('beside')),
  review: { hierarchy: [id('first'), id('second')], coordination: [id('beside')] },
  signers: [{ accountId: id('signer'), postId: null, behalf: null }],
});

async function written(content: LetterContent): Promise<LetterDetail> {
  await be(app, person('writer'));
  const draft = await app.draft(content);
  return app.ask('letters.submit', { id: draft.id, revision: draft.revision });
}
async function as<T>(name: string, work: () => Promise<T>): Promise<T> {
  await be(app, person(name));
  return work();
}
const approve = (name: string, letter: LetterDetail): Promise<null> =>
  as(name, () => app.ask('letters.approve', { id: letter.id, revision: letter.revision }));
const get = (letter: LetterDetail): Promise<LetterDetail> => app.ask('letters.get', { id: letter.id });
const sign = (name: string, letter: LetterDetail) =>
  as(name, () =>
    app.ask('letters.sign', {
      id: letter.id,
      revision: letter.revision,
      signingPassphrase: person(name).signingPassphrase,
    }),
  );

describe('a letter with reviewers', () => {
  let letter: LetterDetail;
  beforeEach(async () => {
    letter = await written(chain('Rencana kerja'));
  });

  it('goes up the line, beside it all at once, and then to the signer', async () => {
    expect(letter.state).toBe('review');
    await be(app, head);
    const awaited = await app.ask('people.beforeRevoking', { accountId: id('second') });
    expect(awaited.awaited).toBeGreaterThan(0);
    expect(letter.steps.map(({ role, turn }) => [role, turn])).toEqual([
      ['paraf', true],
      ['paraf', false],
      ['coordination', true],
      ['sign', false],
    ]);
    expect(
      await as('second', () => app.refused('letters.approve', { id: letter.id, revision: letter.revision })),
    ).toBe('NOT_YOUR_TURN');
    await approve('beside', letter);
    await approve('first', letter);
    const waiting = await as('second', () => app.ask('letters.list', { folder: 'toReview' }));
    expect((await app.ask('home.counters', {})).toReview).toBe(waiting.length);
    expect(waiting.map((row) => row.id)).toContain(letter.id);
    expect(await told(letter)).toEqual(['review-asked']);
    await approve('second', letter);
    expect((await as('writer', () => get(letter))).state).toBe('ready');
    const { number, delivered } = await sign('signer', letter);
    expect(number).toMatch(/\/\d+\/DISKOMINFO/);
    expect(delivered).toBe(1);
    const done = await as('writer', () => get(letter));
    expect([done.state, done.signer.name]).toEqual(['signed', 'Pegawai kadis']);
    expect(done.may).toContain('withdraw');
    expect(await told(letter)).toContain('letter-signed');
    await be(app, person('signer'));
    const report = await app.ask('letters.verify', { id: letter.id });
    expect(report.signatures).toHaveLength(1);
    expect((await app.ask('letters.list', { folder: 'outgoing' })).map((row) => row.id)).toContain(letter.id);
  });

  it('is nobody else’s to see, and its author’s no more to change', async () => {
    const content = { ...letter.content, subject: 'Lain' };
    const save = { id: letter.id, revision: letter.revision, content };
    expect(await app.refused('letters.saveDraft', save)).toBe('NOT_YOUR_TURN');
    expect(
      await app.refused('letters.sign', { id: letter.id, revision: letter.revision, signingPassphrase: 'x' }),
    ).toBe('NOT_ALLOWED');
    await be(app, head);
    expect(await app.refused('letters.get', { id: letter.id })).toBe('NOT_FOUND');
    expect(await app.refused('letters.preview', { id: letter.id })).toBe('NOT_FOUND');
    await be(app, person('second'));
    expect((await app.ask('letters.preview', { id: letter.id })).pdf).not.toBeNull();
  });

  it('comes back with a remark on a marked place, and parafs given to the same words stay', async () => {
    await approve('first', letter);
    const mark = { field: 'body', block: 0, quote: 'laporan' } as const;
    await as('second', () => app.ask('letters.return', { id: letter.id, remark: 'Sebut dasarnya.', mark }));
    const back = await as('writer', () => get(letter));
    expect([back.state, back.remarks[0]?.text, back.remarks[0]?.mark]).toEqual([
      'returned',
      'Sebut dasarnya.',
      mark,
    ]);
    const again = await app.ask('letters.submit', { id: letter.id, revision: back.revision });
    expect(again.steps.filter((one) => one.doneAt !== null).map((one) => one.role)).toEqual(['paraf']);
    await app.ask('letters.recall', { id: letter.id });
    const content = { ...back.content, subject: 'Rencana kerja dengan dasar' };
    const saved = await app.ask('letters.saveDraft', { id: letter.id, revision: again.revision, content });
    const third = await app.ask('letters.submit', { id: letter.id, revision: saved.revision });
    expect(third.steps.every((one) => one.doneAt === null)).toBe(true);
  });

  it('mended by a reviewer keeps the parafs below and loses those above and beside', async () => {
    await approve('beside', letter);
    await approve('first', letter);
    await be(app, person('second'));
    const content = { ...letter.content, subject: 'Rencana kerja, diperbaiki' };
    const { revision } = await app.ask('letters.saveDraft', {
      id: letter.id,
      revision: letter.revision,
      content,
    });
    const now = await get(letter);
    expect(now.steps.map((one) => one.doneAt !== null)).toEqual([true, false, false, false]);
    const other = { ...content, signers: [{ accountId: id('deputy'), postId: null, behalf: null }] };
    expect(await app.refused('letters.saveDraft', { id: letter.id, revision, content: other })).toBe(
      'LETTER_NOT_EDITABLE',
    );
    // What was read is what is approved.
    expect(await app.refused('letters.approve', { id: letter.id, revision: letter.revision })).toBe(
      'LETTER_CHANGED_ELSEWHERE',
    );
    await app.ask('letters.approve', { id: letter.id, revision });
    await approve('beside', { ...letter, revision });
    expect((await get(letter)).state).toBe('ready');
  });

  it('is stood in for while the deputy’s days last, and both are named', async () => {
    await be(app, head);
    await app.ask('deputies.add', {
      principalId: id('first'),
      deputyId: id('deputy'),
      from: '2026-11-24',
      until: '2026-11-25',
    });
    expect(
      await as('deputy', () => app.refused('letters.approve', { id: letter.id, revision: letter.revision })),
    ).toBe('DEPUTY_NOT_NOW');
    clock.now = new Date('2026-11-24T03:00:00Z');
    await be(app, person('deputy'));
    const rows = await app.ask('letters.list', { folder: 'toReview' });
    expect(rows.find((row) => row.id === letter.id)?.onBehalfOf).toBe('Pegawai kasi');
    await app.ask('letters.approve', { id: letter.id, revision: letter.revision });
    expect((await get(letter)).steps[0]?.deputyName).toBe('Pegawai wakil');
    await be(app, head);
    const { lines } = await app.ask('audit.list', { before: null });
    const line = lines.find((one) => one.action === 'letter.approved');
    expect([line?.actor, line?.onBehalfOf]).toEqual(['Pegawai wakil', 'Pegawai kasi']);
  });

  it('refused by its signer can be written anew', async () => {
    for (const name of ['beside', 'first', 'second']) await approve(name, letter);
    await as('signer', () => app.ask('letters.reject', { id: letter.id, reason: 'Bukan wewenang kami.' }));
    const back = await as('writer', () => get(letter));
    expect([back.state, back.remarks[0]?.kind, back.may]).toEqual([
      'rejected',
      'reject',
      ['discard', 'reopen'],
    ]);
    expect((await app.ask('letters.reopen', { id: letter.id })).state).toBe('draft');
  });
});

describe('submitting', () => {
  it('refuses people who cannot do their part, by name', async () => {
    await be(app, person('writer'));
    const refused = async (content: LetterContent): Promise<string> => {
      const draft = await app.draft(content);
      return app.refused('letters.submit', { id: draft.id, revision: draft.revision });
    };
    const own = { ...chain('Sendiri'), review: { hierarchy: [id('writer')], coordination: [] } };
    expect(await refused(own)).toBe('REVIEWER_INVALID');
    const twice = { ...chain('Dua kali'), review: { hierarchy: [id('first')], coordination: [id('first')] } };
    expect(await refused(twice)).toBe('REVIEWER_INVALID');
    const unable = { ...chain('Bukan'), signers: [{ accountId: id('first'), postId: null, behalf: null }] };
    expect(await refused(unable)).toBe('SIGNER_INVALID');
    expect(await refused({ ...chain('Kosong'), body: [] })).toBe('LETTER_INCOMPLETE');
  });

  it('of a sealed letter gives a key to those who are asked, and to nobody else', async () => {
    const letter = await written({ ...chain('Rahasia'), security: 'rahasia' });
    await approve('first', letter);
    await approve('beside', letter);
    await as('second', () =>
      app.ask('letters.return', { id: letter.id, remark: 'Jangan sebut nama.', mark: null }),
    );
    await be(app, person('writer'));
    const back = await get(letter);
    expect(back.remarks[0]?.text).toBe('Jangan sebut nama.');
    // Another signer: the one before loses the key.
    const content = { ...back.content, signers: [{ accountId: id('deputy'), postId: null, behalf: null }] };
    const { revision } = await app.ask('letters.saveDraft', {
      id: letter.id,
      revision: back.revision,
      content,
    });
    await app.ask('letters.submit', { id: letter.id, revision });
    for (const name of ['beside', 'first', 'second']) await approve(name, { ...letter, revision });
    await be(app, person('signer'));
    expect(await app.refused('letters.get', { id: letter.id })).toBe('NOT_FOUND');
    const signed = await sign('deputy', { ...letter, revision });
    expect(signed.delivered).toBe(1);
    expect((await as('beside', () => get(letter))).content.subject).toBe('Rahasia');
  });
});

describe('several signers', () => {
  const both = (subject: string): LetterContent => ({
    ...letterContent(subject, id('beside')),
    signers: [
      { accountId: id('signer'), postId: null, behalf: null },
      { accountId: head.accountId, postId: null, behalf: null },
    ],
  });

  it('sign one file in turn; it is sent when the last has signed', async () => {
    const letter = await written(both('Berita acara'));
    expect(letter.state).toBe('ready');
    const first = await sign('signer', letter);
    expect([first.delivered, first.next]).toEqual([0, 'Dra. Siti Rahmawati, M.Si.']);
    expect(await as('beside', () => app.refused('letters.get', { id: letter.id }))).toBe('NOT_FOUND');
    await be(app, head);
    expect((await app.ask('letters.list', { folder: 'toSign' })).map((row) => row.id)).toEqual([letter.id]);
    const last = await app.ask('letters.sign', {
      id: letter.id,
      revision: letter.revision,
      signingPassphrase: head.signingPassphrase,
    });
    expect([last.number, last.next, last.delivered]).toEqual([first.number, null, 1]);
    const report = await app.ask('letters.verify', { id: letter.id });
    expect(report.signatures.map((one) => [one.integrity, one.changesAfter])).toEqual([
      [true, 'permitted'],
      [true, 'none'],
    ]);
  });

  it('refused by a later one the number stays in the book as batal', async () => {
    const letter = await written(both('Perjanjian'));
    const { number } = await sign('signer', letter);
    await be(app, head);
    await app.ask('letters.reject', { id: letter.id, reason: 'Pasal 3 berubah.' });
    await be(app, person('writer'));
    await app.ask('letters.reopen', { id: letter.id });
    const draft = await get(letter);
    expect([draft.number, draft.sha256]).toEqual([null, null]);
    const again = await app.ask('letters.submit', { id: letter.id, revision: draft.revision });
    expect((await sign('signer', again)).number).not.toBe(number);
  });
});

describe('after signing', () => {
  async function sent(content: LetterContent): Promise<LetterDetail> {
    await be(app, head);
    const { id: letterId, revision } = await app.draft(content);
    await app.ask('letters.sign', { id: letterId, revision, signingPassphrase: head.signingPassphrase });
    return app.ask('letters.get', { id: letterId });
  }
  const toBeside = (subject: string): LetterContent => letterContent(subject, id('beside'));

  it.each(['biasa', 'terbatas'] as const)(
    'an unread letter of class %s is taken back, a read one is not',
    async (security) => {
      const letter = await sent({ ...toBeside('Salah lampiran'), security });
      const taken = await app.ask('letters.withdrawSent', { id: letter.id, reason: 'Salah lampiran' });
      expect([taken.state, taken.remarks[0]?.text]).toEqual(['withdrawn', 'Salah lampiran']);
      await be(app, person('beside'));
      expect(await app.refused('letters.get', { id: letter.id })).toBe('NOT_FOUND');
      expect(await told(letter)).toEqual([]);
      const second = await sent({ ...toBeside('Terbaca'), security });
      await as('beside', () => app.ask('letters.markRead', { id: second.id }));
      await be(app, head);
      expect(await app.refused('letters.withdrawSent', { id: second.id, reason: 'x' })).toBe(
        'LETTER_ALREADY_READ',
      );
      expect((await get(second)).state).toBe('signed');
    },
  );

  it('a later letter takes its place, both are linked, and whoever had it is told', async () => {
    const old = await sent(toBeside('Jadwal apel'));
    const draft = await app.ask('letters.succeed', { id: old.id, kind: 'replaces' });
    expect([draft.state, draft.content.subject, draft.links[0]?.later]).toEqual([
      'draft',
      'Jadwal apel',
      true,
    ]);
    expect((await get(old)).state).toBe('signed');
    await app.ask('letters.sign', {
      id: draft.id,
      revision: draft.revision,
      signingPassphrase: head.signingPassphrase,
    });
    const later = await get(draft);
    const before = await get(old);
    expect(before.state).toBe('replaced');
    expect(before.links).toEqual([
      { kind: 'replaces', later: false, letterId: draft.id, number: later.number, date: later.date },
    ]);
    await be(app, person('beside'));
    const incoming = await app.ask('letters.list', { folder: 'incoming' });
    expect(incoming.slice(0, 2).map((row) => row.state)).toEqual(['signed', 'replaced']);
    expect(await told(old)).toContain('letter-superseded');
    // Whoever received it takes nothing's place.
    expect(await as('signer', () => app.refused('letters.succeed', { id: old.id, kind: 'revokes' }))).toBe(
      'NOT_FOUND',
    );
    await be(app, head);
    // Nothing takes the place of what is not in force any more.
    expect(await app.refused('letters.succeed', { id: old.id, kind: 'revokes' })).toBe('LETTER_NOT_EDITABLE');
  });

  it('of two successors the first signed counts', async () => {
    const old = await sent(toBeside('Edaran'));
    const one = await app.ask('letters.succeed', { id: old.id, kind: 'revokes' });
    const two = await app.ask('letters.succeed', { id: old.id, kind: 'replaces' });
    const signing = { signingPassphrase: head.signingPassphrase };
    await app.ask('letters.sign', { id: one.id, revision: one.revision, ...signing });
    expect(await app.refused('letters.sign', { id: two.id, revision: two.revision, ...signing })).toBe(
      'LETTER_NOT_EDITABLE',
    );
    expect((await get(two)).state).toBe('draft');
    expect((await get(old)).state).toBe('revoked');
  });
});

describe('nobody gets round the others', () => {
  it('an older version is not put back under review', async () => {
    await be(app, person('writer'));
    const draft = await app.draft({
      ...chain('Tukar'),
      signers: [{ accountId: id('deputy'), postId: null, behalf: null }],
    });
    const { number } = await app.ask('versions.keep', {
      id: draft.id,
      revision: draft.revision,
      note: 'lain',
    });
    const { revision } = await app.ask('letters.saveDraft', {
      id: draft.id,
      revision: draft.revision,
      content: chain('Tukar'),
    });
    await app.ask('letters.submit', { id: draft.id, revision });
    expect(await app.refused('versions.restore', { id: draft.id, revision, number })).toBe(
      'LETTER_NOT_EDITABLE',
    );
  });

  it('its author gives no paraf in a reviewer’s place', async () => {
    await be(app, head);
    const until = clock.now.toISOString().slice(0, 10);
    await app.ask('deputies.add', { principalId: id('first'), deputyId: head.accountId, from: until, until });
    const own = await app.draft({
      ...letterContent('Sendiri', id('beside')),
      review: { hierarchy: [id('first')], coordination: [] },
    });
    const letter = await app.ask('letters.submit', { id: own.id, revision: own.revision });
    expect(letter.may).not.toContain('approve');
    expect(await app.refused('letters.approve', { id: own.id, revision: own.revision })).toBe(
      'NOT_YOUR_TURN',
    );
    expect((await app.ask('letters.list', { folder: 'toReview' })).map((row) => row.id)).not.toContain(
      own.id,
    );
  });

  it('one person does not sign for two', async () => {
    await be(app, head);
    const twice = { accountId: head.accountId, postId: null, behalf: null };
    const draft = await app.draft({ ...letterContent('Dua kali', id('beside')), signers: [twice, twice] });
    const signing = { signingPassphrase: head.signingPassphrase };
    expect(await app.refused('letters.sign', { id: draft.id, revision: draft.revision, ...signing })).toBe(
      'SIGNER_INVALID',
    );
  });

  it('a signer who is asked is not locked out, and receivers do not learn who was', async () => {
    // After everybody's days as a deputy.
    clock.now = new Date('2026-11-30T03:00:00Z');
    const letter = await written({ ...chain('Tertutup'), security: 'terbatas' });
    expect(await app.refused('letters.withdraw', { id: letter.id, accountId: id('signer') })).toBe(
      'LETTER_NOT_EDITABLE',
    );
    for (const name of ['beside', 'first', 'second']) await approve(name, letter);
    await sign('signer', letter);
    await be(app, person('writer'));
    expect(await app.refused('letters.withdraw', { id: letter.id, accountId: id('first') })).toBe(
      'READER_IS_PARTY',
    );
    await app.ask('letters.grant', { id: letter.id, accountId: id('deputy') });
    const seen = await as('deputy', () => app.ask('letters.readers', { id: letter.id }));
    expect(seen.map((one) => one.how)).not.toContain('reviewer');
  });

  it('a letter that the next signer never signs is given up by its author, and its number is spent', async () => {
    const letter = await written({
      ...letterContent('Tertahan', id('beside')),
      signers: [
        { accountId: id('signer'), postId: null, behalf: null },
        { accountId: id('deputy'), postId: null, behalf: null },
      ],
    });
    const { number } = await sign('signer', letter);
    await be(app, person('writer'));
    const ended = await app.ask('letters.abandon', { id: letter.id, reason: 'Pejabat berhalangan tetap.' });
    expect([ended.state, ended.number]).toEqual(['rejected', null]);
    await be(app, head);
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.find((one) => one.action === 'letter.abandoned')?.facts).toEqual({ number, fate: 'batal' });
  });

  it('a draft goes on without the letter that it was to replace', async () => {
    await be(app, head);
    const draft = await app.draft(letterContent('Lama', id('beside')));
    const signing = { signingPassphrase: head.signingPassphrase };
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, ...signing });
    const next = await app.ask('letters.succeed', { id: draft.id, kind: 'replaces' });
    expect((await app.ask('letters.unlink', { id: next.id })).links).toEqual([]);
    await app.ask('letters.sign', { id: next.id, revision: next.revision, ...signing });
    expect((await app.ask('letters.get', { id: draft.id })).state).toBe('signed');
  });
});
