import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  accountPassphrase,
  colleague,
  letterContent,
  signingPassphrase,
  type TestApp,
} from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';

const initial = 'sandi awal sekali';
const own = { accountPassphrase: 'sandi akun lain lagi', signingPassphrase: 'sandi tanda lain' };
let app: TestApp;
let boss: string;
let staff: string;
let folder: string;
officeForEachTest('2026-11-22T03:00:00Z', async (office) => {
  ({ app, folder } = office);
  boss = office.head.accountId;
  const roles = ['drafter', 'signer'] as const;
  staff = (await app.ask('people.add', { person: colleague, roles, initialPassphrase: initial })).accountId;
  const { policyVersion } = await app.ask('app.status', {});
  await enter(staff, initial);
  await app.ask('people.activate', { policyVersion, language: 'id', ...own });
  await enter(boss, accountPassphrase);
});

async function enter(accountId: string, passphrase: string): Promise<void> {
  await app.ask('vault.unlock', { accountId, passphrase });
  await app.engine.app.settled();
}
const asBoss = (): Promise<void> => enter(boss, accountPassphrase);
const asStaff = (): Promise<void> => enter(staff, own.accountPassphrase);

async function signFor(subject: string, security: 'biasa' | 'rahasia', to: string | null): Promise<string> {
  const draft = await app.draft({ ...letterContent(subject, to), security });
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

/** The ZIP, unpacked by somebody else's program. */
async function unpack(): Promise<{ file: (name: string) => string; names: string[]; fileName: string }> {
  const { zip, fileName } = await app.ask('mydata.export', {});
  const path = join(folder, 'data.zip');
  writeFileSync(path, zip);
  expect(execFileSync('unzip', ['-t', path], { encoding: 'utf8' })).toContain('No errors');
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  execFileSync('unzip', ['-q', path, '-d', join(folder, 'out')]);
  const names = readdirSync(join(folder, 'out'), { recursive: true }).map(String).toSorted();
  return { file: (name) => readFileSync(join(folder, 'out', name), 'utf8'), names, fileName };
}
interface ListedLetter {
  readonly subject?: string;
  readonly mine?: boolean;
  readonly file?: string | null;
  readonly leftOut: string | null;
  readonly content?: unknown;
}
const listed = (text: string): ListedLetter[] => JSON.parse(text) as ListedLetter[];

describe('my data', () => {
  it('shows everything that the vault holds on the person', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    await signFor('Satu', 'biasa', staff);
    await app.draft(letterContent('Dua'));
    const deputy = { principalId: boss, deputyId: staff, from: '2026-11-22', until: '2026-11-30' };
    await app.ask('deputies.add', deputy);
    expect(await app.ask('mydata.read', {})).toMatchObject({
      person: { accountId: boss, name: 'Siti Rahmawati', posts: [{ title: 'Sekretaris Daerah' }] },
      deputies: [{ principalId: boss, deputyId: staff }],
      identities: [{ origin: 'test' }],
      acknowledgements: [{ language: 'id' }],
      letters: { written: 2, received: 0 },
      requests: [],
    });
    const mine = await app.ask('mydata.read', {});
    await asStaff();
    const theirs = await app.ask('mydata.read', {});
    expect(theirs).toMatchObject({
      person: { accountId: staff },
      letters: { written: 0, received: 1 },
      notices: 1,
      identities: [],
    });
    expect(mine.trail).toBeGreaterThan(theirs.trail);
    expect(theirs.trail).toBeGreaterThan(2);
  });

  it('can be taken along: PDFs and JSON, nothing of others, no key, no passphrase', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    await signFor('Untuk dia', 'biasa', staff);
    await signFor('Untuk dia', 'rahasia', staff);
    await signFor('Bukan untuk dia', 'biasa', null);
    await app.draft(letterContent('Konsep'));
    const boxed = await unpack();
    expect(boxed.fileName).toBe('data-sekda-2026-11-22.zip');
    expect(
      listed(boxed.file('letters.json')).map(({ subject, mine, leftOut }) => [subject, mine, leftOut]),
    ).toEqual([
      ['Untuk dia', true, null],
      ['Untuk dia', true, null],
      ['Bukan untuk dia', true, null],
      ['Konsep', true, null],
    ]);
    expect(boxed.names.filter((name) => name.endsWith('.pdf'))).toHaveLength(3);
    expect(boxed.names.filter((name) => name.endsWith('.cer'))).toHaveLength(1);
    await asStaff();
    const theirs = await unpack();
    expect(theirs.fileName).toBe('data-kominfo-2026-11-22.zip');
    const letters = listed(theirs.file('letters.json'));
    expect(letters).toHaveLength(2);
    for (const letter of letters) {
      expect(letter).toMatchObject({ mine: false, leftOut: null });
      expect(letter.content).toBeUndefined();
      expect(theirs.file(letter.file ?? '')).toMatch(/^%PDF-/);
    }
    for (const name of ['data.json', 'letters.json', 'notices.json', 'trail.json']) {
      const text = theirs.file(name);
      expect(text).not.toContain('Bukan untuk dia');
      for (const secret of [own.accountPassphrase, own.signingPassphrase, 'sealed', 'PRIVATE'])
        expect(text).not.toContain(secret);
    }
    expect(JSON.parse(theirs.file('data.json'))).toMatchObject({ person: { username: 'kominfo' } });
    const trail = JSON.parse(theirs.file('trail.json')) as { action: string }[];
    expect(trail.map((line) => line.action)).toContain('account.activated');
  });

  it('leaves out what is sealed to a key that the person has not got', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    await signFor('Terbuka', 'biasa', staff);
    await signFor('Tertutup', 'rahasia', staff);
    await app.ask('people.resetPassphrase', { accountId: staff, initialPassphrase: initial });
    await enter(staff, initial);
    const boxed = await unpack();
    const [open, sealed] = listed(boxed.file('letters.json'));
    expect(open).toMatchObject({ subject: 'Terbuka', leftOut: null });
    expect(sealed).toEqual({ id: expect.any(String), leftOut: 'LETTER_SEALED' });
    for (const name of ['letters.json', 'notices.json', 'trail.json', 'data.json'])
      expect(boxed.file(name)).not.toContain('Tertutup');
    expect(boxed.names.filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
  });

  it('taken along is audited, with the number of letters only', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    await signFor('Perihal', 'biasa', staff);
    await app.ask('mydata.export', {});
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines[0]).toMatchObject({ action: 'mydata.exported', entityId: boss, facts: { letters: 1 } });
    expect(JSON.stringify(lines)).not.toContain('Perihal');
  });
});

describe('a request to delete', () => {
  it('reaches the administrators, is answered with reason and basis, and comes back as a notice', async () => {
    await asStaff();
    const reason = 'Saya pindah tugas';
    const made = await app.ask('mydata.requestDeletion', { reason });
    expect(made.requests).toMatchObject([{ reason, state: 'open', name: 'Budi Santoso' }]);
    expect(await app.refused('mydata.requestDeletion', { reason })).toBe('REQUEST_OPEN');
    expect(await app.refused('requests.list', {})).toBe('NOT_ALLOWED');
    const id = made.requests[0]?.id ?? '';
    const refusal = {
      id,
      decision: 'refused',
      answer: 'Arsip negara',
      legalBasis: 'UU 43/2009 Ps. 59',
    } as const;
    expect(await app.refused('requests.answer', refusal)).toBe('NOT_ALLOWED');

    await asBoss();
    expect(await app.ask('notices.list', {})).toMatchObject([
      { kind: 'request-made', senderName: 'Budi Santoso', letterId: null },
    ]);
    expect(await app.refused('requests.answer', { ...refusal, legalBasis: '  ' })).toBe('ANSWER_INCOMPLETE');
    expect(await app.ask('requests.answer', refusal)).toMatchObject([{ id, state: 'refused' }]);
    expect(await app.refused('requests.answer', refusal)).toBe('REQUEST_CLOSED');
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines[0]).toMatchObject({
      action: 'request.answered',
      entityId: id,
      facts: { decision: 'refused' },
    });
    expect(JSON.stringify(lines)).not.toContain(reason);
    expect(JSON.stringify(lines)).not.toContain('Arsip negara');

    await asStaff();
    expect(await app.ask('notices.list', {})).toMatchObject([
      { kind: 'request-answered', senderName: 'Siti Rahmawati' },
    ]);
    expect((await app.ask('mydata.read', {})).requests).toMatchObject([
      { state: 'refused', answer: 'Arsip negara', legalBasis: 'UU 43/2009 Ps. 59' },
    ]);
  });

  it('can be withdrawn by the one who made it, and by nobody else', async () => {
    await asStaff();
    const { requests } = await app.ask('mydata.requestDeletion', { reason: 'Salah tekan' });
    const id = requests[0]?.id ?? '';
    await asBoss();
    expect(await app.refused('mydata.withdrawRequest', { id })).toBe('NOT_FOUND');
    await asStaff();
    expect((await app.ask('mydata.withdrawRequest', { id })).requests).toMatchObject([
      { state: 'withdrawn' },
    ]);
    expect(await app.refused('mydata.withdrawRequest', { id })).toBe('REQUEST_CLOSED');
  });
});
